// SPDX-License-Identifier: GPL-3.0-or-later
// What a hub lists of a model's files, from bytes that anybody may have written: no name leads out of a folder, and no
// size makes a sum overflow.
#include "tests/fuzz/fuzz.h"
#include "worker/model_store/hub_json.h"
#include "worker/model_store/hub_layout.h"

using namespace visgate::worker;

void fuzzOne(std::string_view input)
{
    constexpr std::uint64_t largest = std::uint64_t{1} << 42;
    if (const auto files = hub::readTree(input)) {
        for (const hub::File& file : *files) {
            visgate::fuzz::require(isPlainPath(file.path) && isHexName(file.sum) && file.bytes <= largest);
        }
    }
    if (const auto commit = hub::readCommit(input)) {
        visgate::fuzz::require(isHexName(*commit));
    }
    visgate::fuzz::require(hub::nextPage(input).size() <= input.size());
}
