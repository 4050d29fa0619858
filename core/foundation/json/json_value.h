// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

/// nlohmann::json, compiled once: what every source that reads or writes JSON would compile again, a third of its time,
/// is in json_value.cpp. Include this instead of the library's own header; a header that only names the type takes
/// nlohmann/json_fwd.hpp.
extern template class nlohmann::basic_json<>;

// The library's insides, as its releases 3.11 name them; with others all is compiled in each source.
#if NLOHMANN_JSON_VERSION_MAJOR == 3 && NLOHMANN_JSON_VERSION_MINOR == 11
#define VISGATE_JSON_INSIDES 1

namespace visgate::json_insides {

using OfString = decltype(nlohmann::detail::input_adapter(std::declval<const std::string&>()));
using OfChars = decltype(nlohmann::detail::input_adapter(std::declval<const char*>(), std::declval<const char*>()));

} // namespace visgate::json_insides

extern template class nlohmann::detail::serializer<nlohmann::json>;
extern template class nlohmann::detail::json_sax_dom_parser<nlohmann::json>;
extern template class nlohmann::detail::json_sax_dom_callback_parser<nlohmann::json>;
extern template class nlohmann::detail::lexer<nlohmann::json, visgate::json_insides::OfString>;
extern template class nlohmann::detail::parser<nlohmann::json, visgate::json_insides::OfString>;
extern template class nlohmann::detail::lexer<nlohmann::json, visgate::json_insides::OfChars>;
extern template class nlohmann::detail::parser<nlohmann::json, visgate::json_insides::OfChars>;
#endif
