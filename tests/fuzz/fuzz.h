// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace visgate::fuzz {

/// A property that must hold for every input; a crash is how libFuzzer learns that it does not.
inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// Cuts one input into pieces of sizes that the input itself decides: the first byte is their seed.
class Pieces {
public:
    explicit Pieces(std::string_view input)
        : m_state(input.empty() ? 1U : static_cast<unsigned char>(input.front()) + 1U),
          m_rest(input.empty() ? input : input.substr(1))
    {
    }

    [[nodiscard]] std::string_view whole() const { return m_rest; }
    [[nodiscard]] bool hasNext() const { return m_at < m_rest.size(); }
    std::string_view next()
    {
        m_state = m_state * 1103515245U + 12345U;
        const std::string_view piece = m_rest.substr(m_at, 1 + (m_state >> 16U) % 17);
        m_at += piece.size();
        return piece;
    }

private:
    std::uint32_t m_state;
    std::string_view m_rest;
    std::size_t m_at = 0;
};

} // namespace visgate::fuzz

/// Each fuzzer defines this.
void fuzzOne(std::string_view input);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
