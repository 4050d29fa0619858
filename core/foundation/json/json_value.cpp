// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/json/json_value.h"

template class nlohmann::basic_json<>;

#ifdef VISGATE_JSON_INSIDES
template class nlohmann::detail::serializer<nlohmann::json>;
template class nlohmann::detail::json_sax_dom_parser<nlohmann::json>;
template class nlohmann::detail::json_sax_dom_callback_parser<nlohmann::json>;
template class nlohmann::detail::lexer<nlohmann::json, visgate::json_insides::OfString>;
template class nlohmann::detail::parser<nlohmann::json, visgate::json_insides::OfString>;
template class nlohmann::detail::lexer<nlohmann::json, visgate::json_insides::OfChars>;
template class nlohmann::detail::parser<nlohmann::json, visgate::json_insides::OfChars>;
#endif
