// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/windows/owner_only.h"

#include <aclapi.h>
#include <sddl.h>
#include <vector>

namespace visgate::platform {
namespace {

/// The token's TOKEN_USER; empty if there is none.
std::vector<unsigned char> currentUser()
{
    HANDLE token = nullptr;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return {};
    DWORD size = 0;
    GetTokenInformation(token, TokenUser, nullptr, 0, &size);
    std::vector<unsigned char> user(size);
    if (!GetTokenInformation(token, TokenUser, user.data(), size, &size))
        user.clear();
    CloseHandle(token);
    return user;
}

PSID sidOf(std::vector<unsigned char>& user)
{
    return reinterpret_cast<TOKEN_USER*>(user.data())->User.Sid;
}

} // namespace

std::wstring currentUserSid()
{
    auto user = currentUser();
    LPWSTR text = nullptr;
    if (user.empty() || !ConvertSidToStringSidW(sidOf(user), &text))
        return {};
    std::wstring sid = text;
    LocalFree(text);
    return sid;
}

bool isOwnedByUs(HANDLE object)
{
    auto user = currentUser();
    PSID owner = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (user.empty()
        || GetSecurityInfo(
               object, SE_KERNEL_OBJECT, OWNER_SECURITY_INFORMATION, &owner, nullptr, nullptr, nullptr, &descriptor)
            != ERROR_SUCCESS)
        return false;
    const bool isOurs = owner != nullptr && EqualSid(owner, sidOf(user));
    LocalFree(descriptor);
    return isOurs;
}

OwnerOnly::OwnerOnly()
{
    const std::wstring sid = currentUserSid();
    if (sid.empty())
        return;
    // Owner: we. The list is protected and has one entry: all rights for us, in what is made inside as well.
    const std::wstring text = L"O:" + sid + L"D:P(A;OICI;GA;;;" + sid + L")";
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(text.c_str(), SDDL_REVISION_1, &m_descriptor, nullptr))
        m_descriptor = nullptr;
    m_attributes = {sizeof m_attributes, m_descriptor, FALSE};
}

OwnerOnly::~OwnerOnly()
{
    LocalFree(m_descriptor);
}

} // namespace visgate::platform
