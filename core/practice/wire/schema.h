// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace visgate::practice {

/// The small part of JSON Schema that REST v2 bodies use, with its error wording (facts 1.1).
struct Shape {
    enum class Kind { Any, String, Integer, Number, Boolean, Array, Object, StringMap };

    struct Field {
        std::string_view name;
        const Shape* shape;
        bool required = false;
    };

    Kind kind = Kind::Any;
    bool nullable = false;
    std::optional<double> minimum = {}; ///< numbers
    std::optional<double> maximum = {};
    std::size_t minLength = 0;                  ///< strings
    bool (*format)(std::string_view) = nullptr; ///< strings; `formatText` names it
    std::string_view formatText = {};
    std::vector<std::string_view> oneOf = {}; ///< strings
    const Shape* items = nullptr;             ///< arrays
    std::size_t minItems = 0;
    bool uniqueItems = false;
    std::vector<Field> fields = {};              ///< objects: all others are refused
    std::vector<std::string_view> composed = {}; ///< see check()
};

/// The failures of `value`, worded as the provider words them; empty when it fits. `path` begins with "$".
/// A missing property of a composed object (allOf) makes the validator also report the properties named in
/// `composed` as additional ones: the live service does so, and clients must cope (facts 1.1, "422 cascade").
[[nodiscard]] std::vector<std::string> check(
    const nlohmann::json& value, const Shape& shape, const std::string& path = "$");

/// Digits, dot, digits.
[[nodiscard]] bool isVersion(std::string_view text);

} // namespace visgate::practice
