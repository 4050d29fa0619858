// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace visgate {

/// A key, token or password. It cannot be streamed, formatted, compared or copied by accident; its bytes are
/// overwritten when it dies. Reading it takes an explicit reveal(), which is easy to search for in a review.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value);
    ~Secret();
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    [[nodiscard]] bool isEmpty() const { return m_value.empty(); }
    /// The bytes, for the one call that needs them. Do not keep the view.
    [[nodiscard]] std::string_view reveal() const { return m_value; }
    /// A deliberate copy.
    [[nodiscard]] Secret clone() const;
    /// Constant-time comparison.
    [[nodiscard]] bool equals(std::string_view other) const;
    /// Lower-case hex SHA-256: the account's `user_hash`, safe to store.
    [[nodiscard]] std::string sha256Hex() const;

private:
    void scrub();
    std::string m_value;
};

std::ostream& operator<<(std::ostream&, const Secret&) = delete;

/// Overwrites and empties a text that has carried a secret, its whole buffer.
void scrub(std::string& text);

} // namespace visgate
