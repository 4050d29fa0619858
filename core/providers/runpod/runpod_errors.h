// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"
#include "core/net/http_message.h"

#include <QString>

namespace visgate::runpod {

/// What the caller asked for, where it changes how a refusal reads.
struct CallContext {
    ErrorCode notFound = ErrorCode::NotFound; ///< what a 404 means for this call
    QString image;                            ///< the worker image that was sent, if any
};

/// The typed form of a reply that is not a success: problem documents of REST v2, `{error}` and `{message}` of the
/// queue and older planes, or plain text. Keeps status and request id. The text is the provider's own and may repeat
/// what was sent: mask it before it is shown.
[[nodiscard]] Error errorFromReply(const HttpReply& reply, const CallContext& context);

} // namespace visgate::runpod
