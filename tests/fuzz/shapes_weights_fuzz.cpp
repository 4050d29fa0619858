// SPDX-License-Identifier: GPL-3.0-or-later
// A weights file of any content is refused or holds exactly what its shapes say.
#include "tests/fuzz/fuzz.h"
#include "worker/runners/builtin/safetensors.h"

using namespace visgate;

void fuzzOne(std::string_view input)
{
    const auto weights = worker::builtin::Weights::parse(input);
    if (!weights)
        return;
    for (const auto& [name, tensor] : weights->tensors()) {
        std::size_t count = 1;
        for (const auto dimension : tensor.shape)
            count *= static_cast<std::size_t>(dimension);
        fuzz::require(tensor.values.size() == count);
        fuzz::require(weights->require(name, tensor.shape).has_value());
    }
}
