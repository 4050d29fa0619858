// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/replies.h"

#include "core/base/json.h"

namespace visgate::replies {

using namespace Qt::Literals::StringLiterals;

namespace {

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), qsizetype(value.size()));
}

} // namespace

http::Response object(int status, const QJsonObject& body)
{
    return http::jsonResponse(status, json::compact(body).toStdString());
}

http::Response empty(int status)
{
    return {status, {}, {}};
}

http::Response error(const Error& error, Subject subject)
{
    return object(apiErrorKind(error.code, subject).httpStatus, errorReply(error, subject));
}

http::Response plainError(int status, std::string_view name, const QString& message)
{
    return object(status, {{u"error"_s, text(name)}, {u"message"_s, message}, {u"details"_s, QJsonObject()}});
}

http::Response noSuchRoute(std::string_view path)
{
    return plainError(404, "NotFoundError", u"Not found: %1"_s.arg(text(path)));
}

http::Response wrongMethod(const std::vector<std::string_view>& allowed)
{
    std::string methods;
    for (const std::string_view method : allowed)
        methods += (methods.empty() ? "" : ", ") + std::string(method);
    auto response = plainError(405, "MethodNotAllowedError", u"This path takes %1"_s.arg(text(methods)));
    response.headers.set("Allow", methods);
    return response;
}

} // namespace visgate::replies
