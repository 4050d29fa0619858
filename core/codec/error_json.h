// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/codec.h"
#include "core/foundation/error.h"

#include <QJsonObject>
#include <QString>

namespace visgate {

/// What a failure was about, where the API's name of it depends on that.
enum class Subject { Anything, Deployment, Job, Model };

/// The API's name and HTTP status for a failed call.
struct ApiErrorKind {
    QString name;
    int httpStatus = 500;
};
[[nodiscard]] ApiErrorKind apiErrorKind(ErrorCode code, Subject subject = Subject::Anything);

/// The one shape of a failed call: {"error": Name, "message": text, "details": {...}}. The message is in this
/// program's language; `details.code` lets another program say it in its own.
[[nodiscard]] QJsonObject errorReply(const Error& error, Subject subject = Subject::Anything);
/// The Error behind such a reply; `httpStatus` helps where the body is not ours.
[[nodiscard]] Error errorFromReply(const QJsonObject& reply, int httpStatus);

/// The `error` member of a deployment or job: {"code", "message", "remedy", "details"}.
template <> struct Codec<Error> {
    static QJsonValue write(const Error& error);
    static Result<Error> read(const QJsonValue& value);
};

} // namespace visgate
