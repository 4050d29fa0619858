// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace visgate {

using Sha256Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256Digest sha256(std::string_view bytes);
/// RFC 2104 with SHA-256.
[[nodiscard]] Sha256Digest hmacSha256(std::string_view key, std::string_view message);

/// Lower-case hexadecimal.
[[nodiscard]] std::string toHex(std::string_view bytes);
[[nodiscard]] std::string toHex(const Sha256Digest& digest);
[[nodiscard]] std::string sha256Hex(std::string_view bytes);

/// The sum by which git names a file of these bytes, lower-case hexadecimal (SHA-1: it tells files apart, and is no
/// protection from who wants to deceive).
[[nodiscard]] std::string gitBlobHex(std::string_view bytes);

/// The digest's bytes as text, for chained HMACs.
[[nodiscard]] std::string_view asBytes(const Sha256Digest& digest);

/// Takes as long for equal as for different texts of one length; only the length may leak.
[[nodiscard]] bool constantTimeEquals(std::string_view left, std::string_view right);

/// SHA-256 of data that comes in pieces, e.g. a file being uploaded.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::string_view bytes);
    /// Ends the computation; call once.
    [[nodiscard]] Sha256Digest finish();

private:
    void* m_context; // EVP_MD_CTX, kept out of this header
};

} // namespace visgate
