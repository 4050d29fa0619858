// SPDX-License-Identifier: GPL-3.0-or-later
// What libFuzzer calls, for every fuzzer.
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzzOne({reinterpret_cast<const char*>(data), size});
    return 0;
}
