// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/world/keys.h"

#include "core/foundation/hash.h"
#include "core/foundation/ids.h"

#include <algorithm>
#include <utility>

namespace visgate::practice {

namespace {

constexpr std::size_t tokenBytes = 32;
constexpr std::size_t keyDigits = 40; ///< 160 bits

std::string derived(std::string_view token, std::string_view what)
{
    return toHex(hmacSha256(token, what)).substr(0, keyDigits);
}

} // namespace

Keys Keys::fresh()
{
    return of(randomHex(tokenBytes));
}

Keys Keys::of(std::string token)
{
    Keys keys;
    keys.apiKey = keyPrefix + derived(token, "api key");
    keys.storageSecret = "rps_practice_" + derived(token, "storage secret");
    keys.door = derived(token, "door");
    keys.token = std::move(token);
    return keys;
}

Keys Keys::open()
{
    Keys keys;
    keys.apiKey = std::string(keyPrefix) + "visgate_play_money";
    keys.storageSecret = "rps_practice_play_storage";
    return keys;
}

bool Keys::takesApiKey(std::string_view key) const
{
    if (isOpen())
        return key.starts_with(keyPrefix) && key.size() > std::string_view(keyPrefix).size();
    return constantTimeEquals(key, apiKey);
}

bool Keys::takesControl(std::string_view authorization) const
{
    return isOpen() || constantTimeEquals(authorization, "Bearer " + token);
}

bool Keys::isDoor(std::string_view segment) const
{
    return !isOpen() && constantTimeEquals(segment, door);
}

std::string Keys::behindDoor(std::string_view target) const
{
    const std::size_t end = std::min(target.find('/', 1), target.size());
    return std::string(end > 1 && isDoor(target.substr(1, end - 1)) ? target.substr(end) : target);
}

} // namespace visgate::practice
