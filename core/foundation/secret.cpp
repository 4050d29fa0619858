// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/secret.h"

#include "core/foundation/hash.h"

#include <openssl/crypto.h>
#include <utility>

namespace visgate {

Secret::Secret(std::string value) : m_value(value)
{
    OPENSSL_cleanse(value.data(), value.size()); // moving would leave a short value's bytes behind
}

Secret::~Secret()
{
    scrub();
}

Secret::Secret(Secret&& other) noexcept : m_value(other.m_value.size(), '\0')
{
    m_value.swap(other.m_value);
    other.scrub();
}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        scrub();
        m_value.swap(other.m_value);
        other.scrub();
    }
    return *this;
}

Secret Secret::clone() const
{
    return Secret(m_value);
}

bool Secret::equals(std::string_view other) const
{
    return constantTimeEquals(m_value, other);
}

std::string Secret::sha256Hex() const
{
    return visgate::sha256Hex(m_value);
}

void Secret::scrub()
{
    visgate::scrub(m_value);
}

void scrub(std::string& text)
{
    text.resize(text.capacity()); // the whole buffer, not only what is in use; never reallocates
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

} // namespace visgate
