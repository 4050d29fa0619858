// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/runpod/runpod_errors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace visgate::runpod {

namespace {

constexpr qsizetype kMaxTextLength = 2000;

QString textOf(const QJsonValue& value)
{
    if (value.isString())
        return value.toString();
    return value[QLatin1String("message")].toString();
}

/// Schema failures, the missing ones first: one missing field makes the validator call valid ones "not allowed" too.
QStringList sortedFailures(const QJsonValue& errors)
{
    QStringList failures;
    const QJsonArray array = errors.toArray();
    for (const QJsonValue& failure : array) {
        const QString text = textOf(failure);
        if (!text.isEmpty())
            failures.append(text);
    }
    std::stable_sort(failures.begin(), failures.end(), [](const QString& a, const QString& b) {
        const QLatin1String missing("missing propert");
        return a.contains(missing) && !b.contains(missing);
    });
    return failures;
}

QString problemText(const QByteArray& body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    if (object.isEmpty()) {
        const QString text = QString::fromUtf8(body.left(kMaxTextLength)).simplified();
        return text.startsWith(QLatin1Char('<')) ? QString() : text; // a proxy's page says nothing to a user
    }
    QStringList parts = sortedFailures(object[QLatin1String("errors")]);
    for (const auto key : {QLatin1String("detail"), QLatin1String("error"), QLatin1String("message")}) {
        const QString text = textOf(object[key]);
        if (!text.isEmpty() && !parts.contains(text))
            parts.append(text);
    }
    if (parts.isEmpty())
        parts.append(object[QLatin1String("title")].toString());
    return parts.join(QLatin1String("; ")).left(kMaxTextLength);
}

bool mentions(const QString& text, std::initializer_list<const char*> patterns)
{
    return std::any_of(patterns.begin(), patterns.end(), [&text](const char* pattern) {
        return text.contains(
            QRegularExpression(QString::fromLatin1(pattern), QRegularExpression::CaseInsensitiveOption));
    });
}

/// The number of "Max workers across all endpoints must not exceed your workers quota (5)", however it is worded.
QString quotaOf(const QString& text)
{
    static const QRegularExpression pattern(
        QStringLiteral("quota\\D{0,40}?(\\d{1,6})"), QRegularExpression::CaseInsensitiveOption);
    return pattern.match(text).captured(1);
}

/// Refusals that only the prose tells apart; Internal when it does not.
ErrorCode codeFromText(const QString& text, int status)
{
    if (mentions(text, {"workers?[ _-]?quota", "max[a-z]* workers across all"}))
        return ErrorCode::WorkerQuotaExceeded;
    if (mentions(text,
            {"no longer any instances available", "no instances? (is |are )?(currently )?available",
                "insufficient capacity", "no capacity"}))
        return ErrorCode::NoCapacity;
    if (status == 402
        || mentions(text,
            {"insufficient (balance|funds|credits?)", "balance is too low", "not enough (credits?|funds|balance)"}))
        return ErrorCode::NoCredit;
    if (status == 422
        && mentions(text,
            {"image.*(not found|does not exist|not exist|unknown|unable to|could not|cannot|no such)",
                "(manifest|repository) (unknown|.*not found)", "(not find|no such|unknown|pull) .*image"}))
        return ErrorCode::WorkerImageUnknown;
    return ErrorCode::Internal;
}

ErrorCode codeFromStatus(int status, const CallContext& context)
{
    switch (status) {
    case 401:
        return ErrorCode::KeyRejected;
    case 403:
        return ErrorCode::KeyLacksPermission;
    case 404:
    case 410:
        return context.notFound;
    case 409:
        return ErrorCode::Conflict;
    case 429:
        return ErrorCode::RateLimited;
    default:
        break;
    }
    if (status >= 500)
        return ErrorCode::ProviderFailed;
    return status >= 400 ? ErrorCode::ProviderRefused : ErrorCode::UnexpectedReply;
}

std::vector<std::string> argumentsFor(
    ErrorCode code, const HttpReply& reply, const QString& text, const CallContext& context)
{
    if (code == ErrorCode::WorkerQuotaExceeded) {
        const QString quota = quotaOf(text);
        return quota.isEmpty() ? std::vector<std::string>() : std::vector{quota.toStdString()};
    }
    if (code == ErrorCode::WorkerImageUnknown && !context.image.isEmpty())
        return {context.image.toStdString()};
    if (code == ErrorCode::RateLimited && reply.retryAfter())
        return {std::to_string(reply.retryAfter()->count())};
    return {};
}

} // namespace

Error errorFromReply(const HttpReply& reply, const CallContext& context)
{
    const QString text = problemText(reply.body);
    Error error;
    error.code = codeFromText(text, reply.status);
    // The firewall in front of the service answers 403 by itself ("error code: 1010"); the key is not at fault.
    if (error.code == ErrorCode::Internal && reply.status == 403 && mentions(text, {"^error code: 1\\d{3}$"}))
        error.code = ErrorCode::ProviderRefused;
    if (error.code == ErrorCode::Internal)
        error.code = codeFromStatus(reply.status, context);
    error.detail = text.toStdString();
    error.providerStatus = reply.status;
    error.requestId = reply.requestId().toStdString();
    error.arguments = argumentsFor(error.code, reply, text, context);
    return error;
}

} // namespace visgate::runpod
