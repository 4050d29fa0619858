// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

namespace visgate::cli::platform {

/// Who pipes us into `head` has seen enough: writing then fails, and that is all.
void ignoreClosedPipes();

/// While it lives, Ctrl+C and a request to end call `wish` instead of ending the program. One object at a time.
/// Children started meanwhile have the system's own behaviour.
class SignalWatch {
public:
    explicit SignalWatch(std::function<void()> wish);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace visgate::cli::platform
