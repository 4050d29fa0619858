// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/error_json.h"
#include "core/foundation/error.h"
#include "core/foundation/http/message.h"

#include <QJsonObject>

#include <string_view>
#include <vector>

/// The API's answers that are the same everywhere.
namespace visgate::replies {

[[nodiscard]] http::Response object(int status, const QJsonObject& body);
[[nodiscard]] http::Response empty(int status);
[[nodiscard]] http::Response error(const Error& error, Subject subject = Subject::Anything);
/// {"error": name, "message", "details": {}} for what never reaches the service.
[[nodiscard]] http::Response plainError(int status, std::string_view name, const QString& message);
[[nodiscard]] http::Response noSuchRoute(std::string_view path);
[[nodiscard]] http::Response wrongMethod(const std::vector<std::string_view>& allowed);

} // namespace visgate::replies
