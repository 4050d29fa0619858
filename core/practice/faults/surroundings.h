// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/faults/tls_interceptor.h"

#include <chrono>
#include <memory>
#include <set>
#include <string>

namespace visgate::practice {

/// What may be wrong around an account, through no fault of its own: clocks that disagree, a proxy that reads along, an
/// image that was deleted from its registry. All is well until the control routes say otherwise.
struct Surroundings {
    std::chrono::seconds dateSkew{0};            ///< of the Date header, against this computer's clock
    std::set<std::string> goneImages;            ///< known images that no registry has any more
    std::unique_ptr<TlsInterceptor> interceptor; ///< null: nobody reads along

    /// The Date header with the skew; empty while the clocks agree.
    [[nodiscard]] std::string dateHeader() const;
};

} // namespace visgate::practice
