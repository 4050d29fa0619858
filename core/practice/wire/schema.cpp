// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/schema.h"

#include "core/foundation/decimal.h"
#include "core/foundation/json/json_value.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace visgate::practice {

using nlohmann::json;

namespace {

std::string quoted(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text.append(text.empty() ? "'" : ", '").append(name).append("'");
    return text;
}

std::string typeName(const json& value)
{
    return value.is_number() ? "number" : value.is_boolean() ? "boolean" : value.type_name();
}

/// The path of a field inside what lies at `path`.
std::string within(std::string path, const std::string& name)
{
    return path.append(".").append(name);
}

/// The wanted type's name when `value` has another one.
std::string wrongType(const json& value, Shape::Kind kind)
{
    switch (kind) {
    case Shape::Kind::Any:
        return {};
    case Shape::Kind::String:
        return value.is_string() ? "" : "string";
    case Shape::Kind::Integer: // JSON Schema: 3.0 is an integer
        return value.is_number_integer()
                || (value.is_number() && std::trunc(value.get<double>()) == value.get<double>())
            ? ""
            : "integer";
    case Shape::Kind::Number:
        return value.is_number() ? "" : "number";
    case Shape::Kind::Boolean:
        return value.is_boolean() ? "" : "boolean";
    case Shape::Kind::Array:
        return value.is_array() ? "" : "array";
    case Shape::Kind::Object:
    case Shape::Kind::StringMap:
        return value.is_object() ? "" : "object";
    }
    return {};
}

void append(std::vector<std::string>& to, std::vector<std::string> more)
{
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::vector<std::string> checkString(const std::string& text, const Shape& shape, const std::string& path)
{
    std::vector<std::string> errors;
    if (text.size() < shape.minLength) {
        errors.push_back(
            path + ": minLength: got " + std::to_string(text.size()) + ", want " + std::to_string(shape.minLength));
    }
    if (!shape.oneOf.empty() && std::find(shape.oneOf.begin(), shape.oneOf.end(), text) == shape.oneOf.end()) {
        errors.push_back(path + ": value must be one of "
            + quoted(std::vector<std::string>(shape.oneOf.begin(), shape.oneOf.end())));
    }
    if (shape.format && !shape.format(text))
        errors.push_back(path + ": '" + text + "' does not match pattern " + std::string(shape.formatText));
    return errors;
}

std::vector<std::string> checkObject(const json& value, const Shape& shape, const std::string& path)
{
    std::vector<std::string> errors;
    std::vector<std::string> missing;
    std::set<std::string> unknown;
    for (const Shape::Field& field : shape.fields) {
        if (field.required && !value.contains(field.name))
            missing.emplace_back(field.name);
    }
    for (const auto& entry : value.items()) {
        const std::string& name = entry.key();
        const auto known = std::find_if(shape.fields.begin(), shape.fields.end(),
            [&name](const Shape::Field& field) { return field.name == name; });
        if (known == shape.fields.end())
            unknown.insert(name);
        else
            append(errors, check(entry.value(), *known->shape, within(path, name)));
    }
    if (!missing.empty()) {
        for (const std::string_view name : shape.composed) {
            if (value.contains(name))
                unknown.emplace(name);
        }
    }
    if (!unknown.empty()) {
        errors.push_back(path + ": additional properties "
            + quoted(std::vector<std::string>(unknown.begin(), unknown.end())) + " not allowed");
    }
    if (missing.size() == 1)
        errors.push_back(path + ": missing property " + quoted(missing));
    else if (!missing.empty())
        errors.push_back(path + ": missing properties " + quoted(missing));
    return errors;
}

std::vector<std::string> checkArray(const json& value, const Shape& shape, const std::string& path)
{
    std::vector<std::string> errors;
    if (value.size() < shape.minItems) {
        errors.push_back(
            path + ": minItems: got " + std::to_string(value.size()) + ", want " + std::to_string(shape.minItems));
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (shape.items)
            append(errors, check(value[i], *shape.items, path + '[' + std::to_string(i) + ']'));
        for (std::size_t j = 0; shape.uniqueItems && j < i; ++j) {
            if (value[i] == value[j]) {
                errors.push_back(path + ": items at " + std::to_string(j) + " and " + std::to_string(i) + " are equal");
            }
        }
    }
    return errors;
}

} // namespace

std::vector<std::string> check(const json& value, const Shape& shape, const std::string& path)
{
    if (shape.nullable && value.is_null())
        return {};
    if (const std::string wanted = wrongType(value, shape.kind); !wanted.empty())
        return {path + ": got " + typeName(value) + ", want " + wanted};
    switch (shape.kind) {
    case Shape::Kind::String:
        return checkString(value.get_ref<const std::string&>(), shape, path);
    case Shape::Kind::Integer:
    case Shape::Kind::Number: {
        const auto actual = value.get<double>();
        if (shape.minimum && actual < *shape.minimum)
            return {path + ": minimum: got " + decimal(actual) + ", want " + decimal(*shape.minimum)};
        if (shape.maximum && actual > *shape.maximum)
            return {path + ": maximum: got " + decimal(actual) + ", want " + decimal(*shape.maximum)};
        return {};
    }
    case Shape::Kind::Array:
        return checkArray(value, shape, path);
    case Shape::Kind::Object:
        return checkObject(value, shape, path);
    case Shape::Kind::StringMap: {
        std::vector<std::string> errors;
        for (const auto& [name, member] : value.items()) {
            if (!member.is_string())
                errors.push_back(within(path, name) + ": got " + typeName(member) + ", want string");
        }
        return errors;
    }
    case Shape::Kind::Any:
    case Shape::Kind::Boolean:
        return {};
    }
    return {};
}

bool isVersion(std::string_view text)
{
    const auto dot = text.find('.');
    const auto digits = [](std::string_view part) {
        return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    return dot != std::string_view::npos && digits(text.substr(0, dot)) && digits(text.substr(dot + 1));
}

} // namespace visgate::practice
