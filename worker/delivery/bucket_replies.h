// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "worker/queue/transport.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a service that speaks S3 answers: small XML documents without attributes that matter.
namespace visgate::worker {

/// The text of the first element of that name, its entities resolved; empty if there is none.
[[nodiscard]] std::string elementOf(std::string_view xml, std::string_view name);
/// What stands inside each element of that name, as it is.
[[nodiscard]] std::vector<std::string> elementsOf(std::string_view xml, std::string_view name);
[[nodiscard]] std::string escapedXml(std::string_view text);

/// "SignatureDoesNotMatch"; empty if the reply is no error document. A plain word, whatever was sent.
[[nodiscard]] std::string errorCodeIn(std::string_view xml);
/// S3 may say 200 before it knows, and tell in the body that it did not work.
[[nodiscard]] bool isErrorInDisguise(const WebReply& reply);
/// What the service's clock says.
[[nodiscard]] std::optional<TimePoint> timeIn(const WebReply& reply);

} // namespace visgate::worker
