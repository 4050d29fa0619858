// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/redactor.h"

#include "core/foundation/base64.h"
#include "core/foundation/hash.h"
#include "core/foundation/redactor_shapes.h"
#include "core/foundation/secret.h"
#include "core/foundation/text_units.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

namespace visgate {
namespace {

using redaction::Match;

constexpr std::size_t kMinSecretBytes = 6;
/// So much of a value at the border of a text is taken for a part of it that was torn off.
constexpr std::size_t kTornBytes = 8;
/// So much of a value's beginning is one that was cut off behind it.
constexpr std::size_t kCutBytes = 24;

// The part of the base64 of anything that contains `value` which depends on `value` alone, for each of the three ways
// it can lie on the 3-byte groups.
std::vector<std::string> base64Cores(std::string_view value)
{
    std::vector<std::string> cores;
    for (std::size_t offset = 0; offset < 3; ++offset) {
        std::string padded(offset, '\0');
        padded.reserve(offset + value.size()); // growing would leave copies behind
        padded += value;
        const std::size_t firstDigit = (offset * 8 + 5) / 6;
        const std::size_t endDigit = padded.size() * 8 / 6;
        for (std::string encoded : {base64Encode(padded), base64UrlEncode(padded)}) {
            cores.push_back(encoded.substr(firstDigit, endDigit - firstDigit));
            scrub(encoded);
        }
        scrub(padded);
    }
    return cores;
}

/// What is kept of a text that was forgotten: enough to know it when it is seen, nothing that it could be read from.
struct Trace {
    explicit Trace(std::string_view value) : length(value.size()), start(startOf(value)), digest(sha256(value)) { }
    [[nodiscard]] bool operator==(const Trace& other) const = default;
    [[nodiscard]] bool isOf(std::string_view text) const
    {
        return text.size() == length && startOf(text) == start && sha256(text) == digest;
    }

    std::size_t length;

private:
    /// So that few texts have to be hashed.
    static unsigned char startOf(std::string_view text)
    {
        const std::string_view first = text.substr(0, kMinSecretBytes);
        return static_cast<unsigned char>(std::accumulate(first.begin(), first.end(), 0U,
            [](unsigned sum, char c) { return sum * 31U + static_cast<unsigned char>(c); }));
    }

    unsigned char start;
    Sha256Digest digest;
};

/// Where the escape or the character at the front of `text` ends. A text may be JSON: a mask that takes half of `\n`,
/// `\"` or `\u0041` leaves a backslash that escapes the mask, or a quote that ends its string.
std::size_t unitLength(std::string_view text)
{
    if (text.size() < 2 || text.front() != '\\'
        || std::string_view("\"\\/bfnrtu").find(text[1]) == std::string_view::npos)
        return 1;
    if (text[1] != 'u')
        return 2;
    const auto isHex
        = [](char c) { return std::string_view("0123456789abcdefABCDEF").find(c) != std::string_view::npos; };
    return text.size() >= 6 && std::all_of(text.begin() + 2, text.begin() + 6, isHex) ? 6 : 1;
}

// `matcher` gets the rest of the text and the character before it. What is masked is whole escapes.
template <typename Matcher> std::string masked(std::string_view text, Matcher matcher)
{
    std::string out;
    out.reserve(text.size());
    char before = ' ';
    std::size_t unit = 0; // where the escape or character that holds a place begins, and where it ends
    std::size_t unitEnd = 0;
    const auto reach = [&](std::size_t place) {
        while (unitEnd <= place) {
            unit = unitEnd;
            unitEnd += unitLength(text.substr(unit));
        }
    };
    for (std::size_t i = 0; i < text.size();) {
        if (i == unitEnd && unitEnd - unit > 1 && text[unit + 1] != '/')
            before = ' '; // a line break ends a word, however it is written
        reach(i);
        const Match found = matcher(text.substr(i), before);
        if (found.mask == 0) {
            before = text[i];
            out += text[i++];
            continue;
        }
        reach(i + found.keep);
        if (unit > i)
            out.append(text.substr(i, unit - i));
        else
            out.resize(out.size() - (i - unit));
        i += found.keep + found.mask;
        reach(i - 1);
        while (i < unitEnd) { // the next may begin in what this one takes with it
            const Match next = matcher(text.substr(i), ' ');
            i += std::max<std::size_t>(next.mask > 0 ? next.keep + next.mask : 0, 1);
            reach(i - 1);
        }
        out.append(Redactor::mask());
        before = ' ';
    }
    return out;
}

} // namespace

class Redactor::Table {
public:
    Table() = default;
    Table(const Table& other) = default;
    Table& operator=(const Table&) = delete;

    ~Table()
    {
        for (auto* buckets : {&m_written, &m_plain}) {
            for (auto& bucket : *buckets) {
                for (std::string& value : bucket)
                    scrub(value);
            }
        }
    }

    void add(std::string_view value)
    {
        put(m_plain, std::string(value));
        put(m_written, std::string(value));
        for (std::string& core : base64Cores(value))
            put(m_written, std::move(core));
    }

    void forget(std::string_view value)
    {
        take(m_plain, value);
        take(m_written, value);
        leaveTrace(value);
        for (std::string& core : base64Cores(value)) {
            take(m_written, core);
            leaveTrace(core);
            scrub(core);
        }
    }

    void drop(std::string_view value)
    {
        take(m_plain, value);
        take(m_written, value);
        for (std::string& core : base64Cores(value)) {
            take(m_written, core);
            scrub(core);
        }
    }

    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }

    [[nodiscard]] bool knows(std::string_view value) const
    {
        const auto& bucket = m_plain[static_cast<unsigned char>(value.front())];
        return std::find(bucket.begin(), bucket.end(), value) != bucket.end();
    }

    [[nodiscard]] Match match(std::string_view text) const
    {
        for (const auto& reading : text_units::readingsOf(text)) {
            for (const std::string& value : m_written[static_cast<unsigned char>(reading.character)]) {
                if (const std::size_t length = std::max(text_units::lengthAs(text, value), cutOff(text, value)))
                    return {0, length};
            }
            for (const Trace& trace : m_forgotten[static_cast<unsigned char>(reading.character)]) {
                if (trace.isOf(text.substr(0, trace.length)))
                    return {0, trace.length};
                const text_units::Decoded decoded = text_units::decode(text, trace.length);
                if (decoded.bytes > trace.length && trace.isOf(decoded.characters))
                    return {0, decoded.bytes};
            }
        }
        if (const auto first = text_units::hexByte(text)) {
            for (const std::string& value : m_plain[static_cast<unsigned char>(*first)]) {
                if (const std::size_t length = text_units::lengthAsHex(text, value); length > 0)
                    return {0, length};
            }
            for (const Trace& trace : m_forgotten[static_cast<unsigned char>(*first)]) {
                const text_units::Decoded decoded = text_units::decodeHex(text, trace.length);
                if (trace.isOf(decoded.characters))
                    return {0, decoded.bytes};
            }
        }
        return {};
    }

    /// The texts of two lines are redacted one by one: what the first ends with may be the beginning of a value, and
    /// the second begin with the rest of it.
    [[nodiscard]] std::size_t tornAtEnd(std::string_view text) const
    {
        return longest([text](const std::string& value, std::size_t length) {
            return text.ends_with(std::string_view(value).substr(0, length));
        });
    }
    [[nodiscard]] std::size_t tornAtBegin(std::string_view text) const
    {
        return longest([text](const std::string& value, std::size_t length) {
            return text.starts_with(std::string_view(value).substr(value.size() - length));
        });
    }

private:
    using Buckets = std::array<std::vector<std::string>, 256>; ///< by first byte, longest first

    void put(Buckets& buckets, std::string value)
    {
        auto& bucket = buckets[static_cast<unsigned char>(value.front())];
        if (value.size() < kMinSecretBytes || std::find(bucket.begin(), bucket.end(), value) != bucket.end())
            return;
        bucket.push_back(std::move(value));
        std::sort(bucket.begin(), bucket.end(), isLonger);
        m_isEmpty = false;
    }

    static void take(Buckets& buckets, std::string_view value)
    {
        if (value.empty())
            return;
        auto& bucket = buckets[static_cast<unsigned char>(value.front())];
        const auto found = std::find(bucket.begin(), bucket.end(), value);
        if (found == bucket.end())
            return;
        std::swap(*found, bucket.back()); // erasing in the middle would overwrite it without a trace of a scrub
        scrub(bucket.back());
        bucket.pop_back();
        std::sort(bucket.begin(), bucket.end(), isLonger);
    }

    void leaveTrace(std::string_view value)
    {
        if (value.size() < kMinSecretBytes)
            return;
        auto& bucket = m_forgotten[static_cast<unsigned char>(value.front())];
        const Trace trace(value);
        if (std::find(bucket.begin(), bucket.end(), trace) == bucket.end())
            bucket.push_back(trace);
        m_isEmpty = false;
    }

    static bool isLonger(const std::string& a, const std::string& b) { return a.size() > b.size(); }

    /// How much of the value stands at the front of the text, if that is much and not all of it.
    static std::size_t cutOff(std::string_view text, std::string_view value)
    {
        const auto* const differs = std::mismatch(text.begin(), text.end(), value.begin(), value.end()).first;
        const auto length = static_cast<std::size_t>(differs - text.begin());
        return length >= kCutBytes ? length : 0;
    }

    template <typename IsThere> [[nodiscard]] std::size_t longest(IsThere isThere) const
    {
        std::size_t found = 0;
        for (const auto& bucket : m_plain) {
            for (const std::string& value : bucket) {
                for (std::size_t length = value.size() - 1; length >= std::max(kTornBytes, found + 1); --length) {
                    if (isThere(value, length))
                        found = length;
                }
            }
        }
        return found;
    }

    Buckets m_plain;                                 ///< the values
    Buckets m_written;                               ///< the values and what base64 makes of them
    std::array<std::vector<Trace>, 256> m_forgotten; ///< of the same, by first byte
    bool m_isEmpty = true;
};

Redactor::Redactor() : m_table(std::make_shared<const Table>()) { }

Redactor::~Redactor() = default;

bool Redactor::addSecret(std::string_view value)
{
    if (value.size() < kMinSecretBytes)
        return false;
    const std::lock_guard lock(m_mutex);
    if (m_table->knows(value))
        return false;
    auto extended = std::make_shared<Table>(*m_table);
    extended->add(value);
    m_table = std::move(extended);
    return true;
}

void Redactor::forget(std::string_view value)
{
    if (value.size() < kMinSecretBytes)
        return;
    const std::lock_guard lock(m_mutex);
    auto reduced = std::make_shared<Table>(*m_table);
    reduced->forget(value);
    m_table = std::move(reduced);
}

void Redactor::drop(std::string_view value)
{
    if (value.size() < kMinSecretBytes)
        return;
    const std::lock_guard lock(m_mutex);
    auto reduced = std::make_shared<Table>(*m_table);
    reduced->drop(value);
    m_table = std::move(reduced);
}

std::string Redactor::redact(std::string_view text) const
{
    const std::shared_ptr<const Table> known = table();
    if (known->isEmpty())
        return masked(text, redaction::matchShape);
    // Known values go first: a shape may end inside one that holds an unusual character.
    std::string withoutKnown = masked(text, [&known](std::string_view rest, char) { return known->match(rest); });
    if (const std::size_t torn = known->tornAtEnd(withoutKnown); torn > 0)
        withoutKnown.replace(withoutKnown.size() - torn, torn, mask());
    if (const std::size_t torn = known->tornAtBegin(withoutKnown); torn > 0)
        withoutKnown.replace(0, torn, mask());
    return masked(withoutKnown, redaction::matchShape);
}

std::shared_ptr<const Redactor::Table> Redactor::table() const
{
    const std::lock_guard lock(m_mutex);
    return m_table;
}

} // namespace visgate
