// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace visgate::practice {

/// What an account's keys begin with; an open account takes any key of this shape.
inline constexpr const char* keyPrefix = "rpa_practice_";

/// What opens a practice account. Workers are real processes of the user's, so whoever may create an endpoint here runs
/// programs as the user: nobody gets in without a key that only the user's own files hold. All of them follow from one
/// random token. An open account takes the well-known keys that test programs use, and asks nobody at the other doors.
struct Keys {
    std::string token;                          ///< the control routes' bearer token; empty: the account is open
    std::string apiKey;                         ///< REST, queue and GraphQL
    std::string storageKeyId = "user_practice"; ///< of the S3 side
    std::string storageSecret;                  ///< signs the S3 side's calls
    std::string door;                           ///< first segment of the paths of hub and registry, which anybody
                                                ///< reads without a key; empty: none

    [[nodiscard]] static Keys fresh();
    [[nodiscard]] static Keys of(std::string token);
    [[nodiscard]] static Keys open();

    [[nodiscard]] bool isOpen() const { return token.empty(); }
    /// An open account takes any key of practice's shape.
    [[nodiscard]] bool takesApiKey(std::string_view key) const;
    [[nodiscard]] bool takesControl(std::string_view authorization) const;
    [[nodiscard]] bool isDoor(std::string_view segment) const;
    /// The path or target as one sees it who has come in: without the door.
    [[nodiscard]] std::string behindDoor(std::string_view target) const;
};

} // namespace visgate::practice
