// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"
#include "core/net/http_message.h"

#include <QString>

namespace visgate::hub {

/// What a reply that is no success means; see HubClient for the codes. The hub tells several situations apart by its
/// words alone, so those are read; words that are not known are kept for the user.
[[nodiscard]] Error refusal(const HttpReply& reply, const QString& modelId);

/// Whether the model is there and described, and only its files are kept back.
[[nodiscard]] bool isOfAccess(ErrorCode code);

} // namespace visgate::hub
