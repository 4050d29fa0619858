// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <cstdint>
#include <memory>

namespace visgate::practice {

/// A TLS listener on the loopback address with a certificate that nobody has reason to trust: what a client meets where
/// a proxy reads along. It offers its handshake and nothing else.
class TlsInterceptor {
public:
    [[nodiscard]] static Result<std::unique_ptr<TlsInterceptor>> start();
    ~TlsInterceptor();
    TlsInterceptor(const TlsInterceptor&) = delete;
    TlsInterceptor& operator=(const TlsInterceptor&) = delete;

    [[nodiscard]] std::uint16_t port() const;

private:
    class Impl;
    explicit TlsInterceptor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace visgate::practice
