// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/hash.h"

#include <algorithm>
#include <new>
#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace visgate {
namespace {

EVP_MD_CTX* contextOf(void* context)
{
    return static_cast<EVP_MD_CTX*>(context);
}

constexpr std::size_t kHmacBlockBytes = 64; // SHA-256's block, the unit HMAC pads its key to

} // namespace

Sha256::Sha256() : m_context(EVP_MD_CTX_new())
{
    // Failing here means that memory is gone or that OpenSSL has no SHA-256: nothing can go on without it.
    if (m_context == nullptr || EVP_DigestInit_ex(contextOf(m_context), EVP_sha256(), nullptr) != 1)
        throw std::bad_alloc();
}

Sha256::~Sha256()
{
    EVP_MD_CTX_free(contextOf(m_context));
}

void Sha256::add(std::string_view bytes)
{
    EVP_DigestUpdate(contextOf(m_context), bytes.data(), bytes.size());
}

Sha256Digest Sha256::finish()
{
    Sha256Digest digest{};
    EVP_DigestFinal_ex(contextOf(m_context), digest.data(), nullptr);
    return digest;
}

Sha256Digest sha256(std::string_view bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

Sha256Digest hmacSha256(std::string_view key, std::string_view message)
{
    std::string block(kHmacBlockBytes, '\0');
    if (key.size() > kHmacBlockBytes) {
        const Sha256Digest shortened = sha256(key);
        std::copy(shortened.begin(), shortened.end(), block.begin());
    } else {
        std::copy(key.begin(), key.end(), block.begin());
    }
    const auto hashPadded = [&block](char pad, std::string_view rest) {
        std::string padded = block;
        for (char& c : padded)
            c = static_cast<char>(c ^ pad);
        Sha256 hash;
        hash.add(padded);
        hash.add(rest);
        OPENSSL_cleanse(padded.data(), padded.size());
        return hash.finish();
    };
    const Sha256Digest inner = hashPadded(0x36, message);
    const Sha256Digest outer = hashPadded(0x5c, asBytes(inner));
    OPENSSL_cleanse(block.data(), block.size());
    return outer;
}

std::string toHex(std::string_view bytes)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto value = static_cast<unsigned char>(c);
        hex += kDigits[value >> 4U];
        hex += kDigits[value & 0x0fU];
    }
    return hex;
}

std::string toHex(const Sha256Digest& digest)
{
    return toHex(asBytes(digest));
}

std::string sha256Hex(std::string_view bytes)
{
    return toHex(sha256(bytes));
}

std::string gitBlobHex(std::string_view bytes)
{
    std::string named = "blob " + std::to_string(bytes.size());
    named += '\0';
    named += bytes;
    std::array<char, 20> digest{};
    if (EVP_Digest(
            named.data(), named.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, EVP_sha1(), nullptr)
        != 1)
        throw std::bad_alloc();
    return toHex(std::string_view(digest.data(), digest.size()));
}

std::string_view asBytes(const Sha256Digest& digest)
{
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

bool constantTimeEquals(std::string_view left, std::string_view right)
{
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace visgate
