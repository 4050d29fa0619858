// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/json/json_budget.h"
#include "core/foundation/json/json_value.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Reading JSON that others wrote: nothing throws, a field that is absent or of another type has its default. Include
/// in .cpp files only.
namespace visgate::json {

using Json = nlohmann::json;

/// None if it is not JSON, or more of it than any message of ours or a provider's.
[[nodiscard]] inline std::optional<Json> parse(std::string_view text)
{
    if (!isWithin(text))
        return std::nullopt;
    // Made in place: JSON converts from and to nearly everything, an optional of itself included.
    std::optional<Json> value(std::in_place, Json::parse(text.begin(), text.end(), nullptr, false));
    if (value->is_discarded())
        value.reset();
    return value;
}

[[nodiscard]] inline std::optional<Json> parseObject(std::string_view text)
{
    std::optional<Json> value = parse(text);
    if (value && !value->is_object())
        value.reset();
    return value;
}

[[nodiscard]] inline const Json* find(const Json& object, const char* name)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

[[nodiscard]] inline std::string text(const Json& object, const char* name)
{
    const Json* const value = find(object, name);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

/// A fraction is cut off; what 64 bits do not hold is absent.
[[nodiscard]] inline std::optional<std::int64_t> integer(const Json& object, const char* name)
{
    const Json* const value = find(object, name);
    if (value == nullptr || !value->is_number())
        return std::nullopt;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        return std::nullopt;
    if (value->is_number_integer())
        return value->get<std::int64_t>();
    constexpr double kLimit = 9.2e18;
    const double number = value->get<double>();
    return std::isfinite(number) && std::abs(number) < kLimit ? std::optional(static_cast<std::int64_t>(number))
                                                              : std::nullopt;
}

[[nodiscard]] inline std::int64_t integerOr(const Json& object, const char* name, std::int64_t fallback)
{
    return integer(object, name).value_or(fallback);
}

/// An int; what it does not hold is the fallback.
[[nodiscard]] inline int intOr(const Json& object, const char* name, int fallback)
{
    const std::int64_t value = integerOr(object, name, fallback);
    return value >= INT32_MIN && value <= INT32_MAX ? static_cast<int>(value) : fallback;
}

[[nodiscard]] inline double numberOr(const Json& object, const char* name, double fallback)
{
    const Json* const value = find(object, name);
    return value != nullptr && value->is_number() ? value->get<double>() : fallback;
}

/// As text; bytes that are not UTF-8 become U+FFFD instead of an exception.
[[nodiscard]] inline std::string dump(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace visgate::json
