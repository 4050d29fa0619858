// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/codec.h"

#include <concepts>
#include <string_view>

namespace visgate {

/// What becomes of an operation that is sent twice because its answer was lost.
enum class Effect {
    Reads,      ///< changes nothing
    Repeatable, ///< twice is as good as once
    Once,       ///< must not be sent again
};

/// Whom an operation is for.
enum class Audience {
    Everyone, ///< has a route of the local API as well
    User,     ///< the window and the command line of this user only: keys, clean-up, what a licence is watched for
};

/// What is known of an operation besides its types.
struct OperationInfo {
    std::string_view name; ///< on the private socket
    Effect effect = Effect::Once;
    Audience audience = Audience::Everyone;
};

/// An operation is a value: the request. Declared once, in one of this folder's headers, as a struct with the type of
/// its answer and its facts; its members are what is asked, and its JSON is a table (core/codec/table.h) in the file
/// beside. Whoever owns the subject in the engine handles it (Handlers); anybody asks with DeploymentService::call().
template <typename Op>
concept Operation = std::movable<Op> && requires
{
    typename Op::Reply;
    {
        Op::kInfo
        } -> std::convertible_to<OperationInfo>;
};

} // namespace visgate
