// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace visgate {

/// Told about every boundary of the engine's work: before and after each step, each commit and each external call.
/// The program passes none; a test passes one that ends the process there, to prove that one restart recovers.
/// Points are stable names such as "create_endpoint.before", "intent.committed". Called on the engine thread.
class StepProbe {
public:
    virtual ~StepProbe() = default;
    virtual void at(std::string_view point) = 0;
};

} // namespace visgate
