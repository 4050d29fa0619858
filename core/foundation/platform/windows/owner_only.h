// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <windows.h>

namespace visgate::platform {

/// For what is made anew: only our own user may do anything with it, and it inherits nothing from its folder.
class OwnerOnly {
public:
    OwnerOnly();
    ~OwnerOnly();
    OwnerOnly(const OwnerOnly&) = delete;
    OwnerOnly& operator=(const OwnerOnly&) = delete;

    /// Null if the system would not tell who we are: then nothing may be made.
    [[nodiscard]] SECURITY_ATTRIBUTES* attributes() { return m_descriptor != nullptr ? &m_attributes : nullptr; }

private:
    void* m_descriptor = nullptr;
    SECURITY_ATTRIBUTES m_attributes{};
};

/// Our user's identifier as text (S-1-5-...); empty if the system does not tell.
[[nodiscard]] std::wstring currentUserSid();
/// Whether a kernel object's owner is our own user.
[[nodiscard]] bool isOwnedByUs(HANDLE object);

} // namespace visgate::platform
