// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/error_json.h"

#include "core/domain/errors/error_catalog.h"

#include <QJsonArray>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject facts(const Error& error)
{
    QJsonArray arguments;
    for (const std::string& argument : error.arguments)
        arguments.append(QString::fromStdString(argument));
    return {
        {u"code"_s, QString::fromStdString(std::string(toString(error.code)))},
        {u"detail"_s, error.detail.empty() ? QJsonValue() : QString::fromStdString(error.detail)},
        {u"status"_s, error.providerStatus == 0 ? QJsonValue() : error.providerStatus},
        {u"request_id"_s, error.requestId.empty() ? QJsonValue() : QString::fromStdString(error.requestId)},
        {u"arguments"_s, arguments},
    };
}

Error fromFacts(const QJsonObject& details)
{
    Error error;
    error.code = errorCodeFromString(details.value("code"_L1).toString().toStdString());
    error.detail = details.value("detail"_L1).toString().toStdString();
    error.providerStatus = details.value("status"_L1).toInt();
    error.requestId = details.value("request_id"_L1).toString().toStdString();
    const QJsonArray arguments = details.value("arguments"_L1).toArray();
    for (const QJsonValue& argument : arguments)
        error.arguments.push_back(argument.toString().toStdString());
    return error;
}

QString notFoundName(Subject subject)
{
    switch (subject) {
    case Subject::Deployment:
        return u"DeploymentNotFoundError"_s;
    case Subject::Job:
        return u"JobNotFoundError"_s;
    case Subject::Model:
        return u"ModelNotFoundError"_s;
    case Subject::Anything:
        break;
    }
    return u"NotFoundError"_s;
}

/// The names that also stand in a deployment's `error.code`; every other code stands there as it is spelt.
QString deploymentCode(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ModelNotFound:
    case ErrorCode::NoCapacity:
    case ErrorCode::ProviderRefused:
    case ErrorCode::ProviderFailed:
        return apiErrorKind(code).name;
    default:
        return QString::fromStdString(std::string(toString(code)));
    }
}

bool isAboutInput(ErrorCode code)
{
    return code == ErrorCode::PromptMissing || code == ErrorCode::PromptTooLong || code == ErrorCode::PromptUnusable
        || code == ErrorCode::InputOutOfRange;
}

} // namespace

ApiErrorKind apiErrorKind(ErrorCode code, Subject subject)
{
    switch (code) {
    case ErrorCode::InvalidRequest:
    case ErrorCode::RecipeUnreadable:
    case ErrorCode::RecipeTooNew:
    case ErrorCode::PromptMissing:
    case ErrorCode::PromptTooLong:
    case ErrorCode::PromptUnusable:
    case ErrorCode::InputOutOfRange:
    case ErrorCode::AccountUnknown:
    case ErrorCode::ProviderLacks:
        return {u"InvalidRequestError"_s, 400};
    case ErrorCode::NotFound:
        return {notFoundName(subject), 404};
    case ErrorCode::Conflict:
    case ErrorCode::ConfirmationNeeded:
    case ErrorCode::AccountInUse:
    case ErrorCode::KeyOfOtherAccount:
    case ErrorCode::PortBusy:
    case ErrorCode::AlreadyServed:
        return {u"ConflictError"_s, 409};
    case ErrorCode::ModelNameUnknown:
        return {u"UnknownModelError"_s, 400};
    case ErrorCode::UnsupportedTask:
    case ErrorCode::LanguageModel:
    case ErrorCode::PracticeOnlyDraws:
    case ErrorCode::ModelStaysHere:
    case ErrorCode::ModelTakesNoWords:
    case ErrorCode::ModelMakesSound:
    case ErrorCode::ModelMakesShapes:
    case ErrorCode::ModelMakesMaps:
    case ErrorCode::ModelNeedsPicture:
    case ErrorCode::ModelNeedsMask:
    case ErrorCode::ModelNeedsGuide:
    case ErrorCode::ModelIsPart:
    case ErrorCode::PipelineUnknown:
        return {u"UnsupportedTaskError"_s, 400};
    case ErrorCode::ModelNotFound:
        return {subject == Subject::Model ? u"ModelNotFoundError"_s : u"HuggingFaceModelNotFoundError"_s, 404};
    case ErrorCode::WorkerImageMissing:
        return {u"RunpodTemplateNotSetError"_s, 409};
    case ErrorCode::NoCapacity:
        return {u"RunpodInsufficientGPUError"_s, 503};
    case ErrorCode::DeploymentLimitReached:
    case ErrorCode::DayLimitReached:
    case ErrorCode::MonthLimitReached:
    case ErrorCode::StopUnderWay:
    case ErrorCode::KeyMissing:
    case ErrorCode::KeyNeeded:
    case ErrorCode::TokenMissing:
    case ErrorCode::PictureEngineMissing:
    case ErrorCode::KeychainUnavailable:
    case ErrorCode::KeychainLocked:
    case ErrorCode::LicenceNotAccepted:
    case ErrorCode::ModelNotDiffusers:
    case ErrorCode::ModelOwnCode:
    case ErrorCode::ModelWeightsMissing:
    case ErrorCode::ModelIsLora:
    case ErrorCode::ModelIsGguf:
    case ErrorCode::ModelDisabled:
    case ErrorCode::LicencePending:
    case ErrorCode::LicenceRefused:
    case ErrorCode::TokenTooNarrow:
    case ErrorCode::HubRefused:
        return {u"PreflightFailedError"_s, 409};
    case ErrorCode::KeyRejected:
    case ErrorCode::KeyLacksPermission:
    case ErrorCode::NoCredit:
    case ErrorCode::WorkerQuotaExceeded:
    case ErrorCode::TokenRejected:
    case ErrorCode::NetworkUnreachable:
    case ErrorCode::NetworkTimeout:
    case ErrorCode::TlsFailed:
    case ErrorCode::RateLimited:
    case ErrorCode::ProviderRefused:
    case ErrorCode::ProviderFailed:
    case ErrorCode::UnexpectedReply:
    case ErrorCode::ReplyTooLarge:
        return {u"ProviderError"_s, 502};
    case ErrorCode::Cancelled:
    case ErrorCode::PracticeUnavailable:
    case ErrorCode::OwnerUnavailable:
    case ErrorCode::StoreBusy:
        return {u"UnavailableError"_s, 503};
    default:
        return {u"InternalError"_s, 500};
    }
}

QJsonObject errorReply(const Error& error, Subject subject)
{
    const ApiErrorKind kind = apiErrorKind(error.code, subject);
    const ErrorText text = describe(error);
    QJsonObject details = facts(error);
    details.insert(u"remedy"_s, text.remedy);
    if (error.code == ErrorCode::InvalidRequest)
        details.insert(u"fields"_s, details.value("arguments"_L1));
    else if (isAboutInput(error.code)) // its detail begins with the field's name
        details.insert(u"fields"_s, QJsonArray{QString::fromStdString(error.detail.substr(0, error.detail.find(':')))});
    QString message = text.message;
    // The API's documentation fixes this sentence.
    if (error.code == ErrorCode::NotFound && subject == Subject::Deployment)
        message = u"Deployment not found: %1"_s.arg(QString::fromStdString(error.detail));
    else if (error.code == ErrorCode::NotFound && subject == Subject::Job)
        message = u"Job not found: %1"_s.arg(QString::fromStdString(error.detail));
    return {{u"error"_s, kind.name}, {u"message"_s, message}, {u"details"_s, details}};
}

Error errorFromReply(const QJsonObject& reply, int httpStatus)
{
    const QJsonObject details = reply.value("details"_L1).toObject();
    if (details.contains("code"_L1))
        return fromFacts(details);
    Error error;
    error.code = ErrorCode::UnexpectedReply;
    error.detail = "status " + std::to_string(httpStatus);
    if (const QString message = reply.value("message"_L1).toString(); !message.isEmpty())
        error.detail += ": " + message.toStdString();
    return error;
}

QJsonValue Codec<Error>::write(const Error& error)
{
    const ErrorText text = describe(error);
    return QJsonObject{{u"code"_s, deploymentCode(error.code)}, {u"message"_s, text.message},
        {u"remedy"_s, text.remedy}, {u"details"_s, facts(error)}};
}

Result<Error> Codec<Error>::read(const QJsonValue& value)
{
    if (!value["details"_L1].isObject())
        return codec::unexpected("an error");
    return fromFacts(value["details"_L1].toObject());
}

} // namespace visgate
