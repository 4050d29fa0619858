// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/builtin/prompt_words.h"

#include <algorithm>
#include <array>
#include <optional>

namespace visgate::worker::builtin {
namespace {

struct Entry {
    std::string_view word; ///< folded
    WordKind kind;
    int value = 0;
    bool isTurkish = false; ///< takes endings
};

constexpr bool turkish = true;

constexpr auto vocabulary = std::to_array<Entry>({
    {"circle", WordKind::Shape, 0},
    {"disc", WordKind::Shape, 0},
    {"disk", WordKind::Shape, 0},
    {"ball", WordKind::Shape, 0},
    {"dot", WordKind::Shape, 0},
    {"daire", WordKind::Shape, 0, turkish},
    {"yuvarlak", WordKind::Shape, 0, turkish},
    {"top", WordKind::Shape, 0, turkish},
    {"square", WordKind::Shape, 1},
    {"kare", WordKind::Shape, 1, turkish},
    {"triangle", WordKind::Shape, 2},
    {"ucgen", WordKind::Shape, 2, turkish},
    {"ring", WordKind::Shape, 3},
    {"donut", WordKind::Shape, 3},
    {"doughnut", WordKind::Shape, 3},
    {"halka", WordKind::Shape, 3, turkish},
    {"yuzuk", WordKind::Shape, 3, turkish},
    {"cember", WordKind::Shape, 3, turkish},
    {"cross", WordKind::Shape, 4},
    {"plus", WordKind::Shape, 4},
    {"arti", WordKind::Shape, 4, turkish},
    {"hac", WordKind::Shape, 4, turkish},
    {"diamond", WordKind::Shape, 5},
    {"rhombus", WordKind::Shape, 5},
    {"elmas", WordKind::Shape, 5, turkish},
    {"baklava", WordKind::Shape, 5, turkish},

    {"small", WordKind::Size, 0},
    {"little", WordKind::Size, 0},
    {"tiny", WordKind::Size, 0},
    {"kucuk", WordKind::Size, 0, turkish},
    {"ufak", WordKind::Size, 0, turkish},
    {"minik", WordKind::Size, 0, turkish},
    {"large", WordKind::Size, 1},
    {"big", WordKind::Size, 1},
    {"huge", WordKind::Size, 1},
    {"buyuk", WordKind::Size, 1, turkish},
    {"kocaman", WordKind::Size, 1, turkish},
    {"iri", WordKind::Size, 1, turkish},

    {"red", WordKind::Colour, 0},
    {"kirmizi", WordKind::Colour, 0, turkish},
    {"green", WordKind::Colour, 1},
    {"yesil", WordKind::Colour, 1, turkish},
    {"blue", WordKind::Colour, 2},
    {"mavi", WordKind::Colour, 2, turkish},
    {"yellow", WordKind::Colour, 3},
    {"sari", WordKind::Colour, 3, turkish},
    {"purple", WordKind::Colour, 4},
    {"violet", WordKind::Colour, 4},
    {"mor", WordKind::Colour, 4, turkish},
    {"orange", WordKind::Colour, 5},
    {"turuncu", WordKind::Colour, 5, turkish},
    {"white", WordKind::Colour, 6},
    {"beyaz", WordKind::Colour, 6, turkish},
    {"black", WordKind::Colour, 7},
    {"siyah", WordKind::Colour, 7, turkish},

    {"background", WordKind::Ground},
    {"backdrop", WordKind::Ground},
    {"zemin", WordKind::Ground, 0, turkish},
    {"fon", WordKind::Ground, 0, turkish},
    {"arkaplan", WordKind::Ground, 0, turkish},
    {"plan", WordKind::Ground, 0, turkish}, // the noun of "arka plan"; "arka" only joins
    {"on", WordKind::On},
    {"against", WordKind::On},
    {"over", WordKind::On},
    {"upon", WordKind::On},
    {"uzerinde", WordKind::Over},
    {"uzerine", WordKind::Over},
    {"ustunde", WordKind::Over},
    {"ustune", WordKind::Over},
    {"onunde", WordKind::Over},

    {"a", WordKind::Joining},
    {"an", WordKind::Joining},
    {"the", WordKind::Joining},
    {"of", WordKind::Joining},
    {"in", WordKind::Joining},
    {"at", WordKind::Joining},
    {"with", WordKind::Joining},
    {"and", WordKind::Joining},
    {"one", WordKind::Joining},
    {"is", WordKind::Joining},
    {"it", WordKind::Joining},
    {"its", WordKind::Joining},
    {"to", WordKind::Joining},
    {"for", WordKind::Joining},
    {"me", WordKind::Joining},
    {"please", WordKind::Joining},
    {"draw", WordKind::Joining},
    {"make", WordKind::Joining},
    {"show", WordKind::Joining},
    {"picture", WordKind::Joining},
    {"image", WordKind::Joining},
    {"photo", WordKind::Joining},
    {"drawing", WordKind::Joining},
    {"shape", WordKind::Joining},
    {"color", WordKind::Joining},
    {"colour", WordKind::Joining},
    {"colored", WordKind::Joining},
    {"coloured", WordKind::Joining},
    {"bir", WordKind::Joining},
    {"ve", WordKind::Joining},
    {"ile", WordKind::Joining},
    {"olan", WordKind::Joining},
    {"olsun", WordKind::Joining},
    {"renk", WordKind::Joining, 0, turkish},
    {"rengi", WordKind::Joining, 0, turkish},
    {"arka", WordKind::Joining},
    {"resim", WordKind::Joining, 0, turkish},
    {"resmi", WordKind::Joining, 0, turkish},
    {"gorsel", WordKind::Joining, 0, turkish},
    {"sekil", WordKind::Joining, 0, turkish},
    {"sekli", WordKind::Joining, 0, turkish},
    {"ciz", WordKind::Joining},
    {"lutfen", WordKind::Joining},
    {"bana", WordKind::Joining},
    {"icinde", WordKind::Joining},
    {"goster", WordKind::Joining},
});

/// Turkish endings, folded, longest first where one ends in another.
constexpr auto endings
    = std::to_array<std::string_view>({"lerin", "larin", "nin", "nun", "ler", "lar", "leri", "lari", "sinde", "sunda",
        "sinda", "inde", "inda", "unda", "unde", "nda", "nde", "dan", "den", "tan", "ten", "da", "de", "ta", "te", "li",
        "lu", "si", "su", "yi", "yu", "ya", "ye", "yla", "yle", "la", "le", "in", "un", "i", "u", "a", "e"});

/// A letter of the Latin alphabet with or without diacritics as its lower-case ASCII letter; 0 for anything else.
char foldCodePoint(char32_t point)
{
    switch (point) {
    case U'ı':
    case U'İ':
    case U'î':
    case U'Î':
    case U'í':
    case U'Í':
        return 'i';
    case U'ş':
    case U'Ş':
        return 's';
    case U'ç':
    case U'Ç':
        return 'c';
    case U'ğ':
    case U'Ğ':
        return 'g';
    case U'ü':
    case U'Ü':
    case U'û':
    case U'Û':
        return 'u';
    case U'ö':
    case U'Ö':
        return 'o';
    case U'â':
    case U'Â':
        return 'a';
    case U'é':
    case U'É':
    case U'ê':
    case U'Ê':
        return 'e';
    default:
        return 0;
    }
}

/// The code point at `at` and its length in bytes; a byte that begins none counts for itself.
std::pair<char32_t, std::size_t> codePointAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length == 1 || at + length > text.size()) {
        return {lead, 1};
    }
    char32_t point = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) {
            return {lead, 1};
        }
        point = (point << 6U) | (byte(i) & 0x3fU);
    }
    return {point, length};
}

const Entry* find(std::string_view folded)
{
    const auto found
        = std::find_if(vocabulary.begin(), vocabulary.end(), [folded](const Entry& e) { return e.word == folded; });
    return found == vocabulary.end() ? nullptr : &*found;
}

/// Up to two endings come off, as in kare-ler-in; only words that take them are found this way.
const Entry* findTurkish(std::string_view folded, int depth)
{
    if (const Entry* entry = find(folded); entry != nullptr && entry->isTurkish) {
        return entry;
    }
    if (depth == 0) {
        return nullptr;
    }
    for (const auto ending : endings) {
        if (folded.size() > ending.size() + 2 && folded.ends_with(ending)) {
            if (const Entry* entry = findTurkish(folded.substr(0, folded.size() - ending.size()), depth - 1)) {
                return entry;
            }
        }
    }
    return nullptr;
}

const Entry* lookUp(std::string_view folded)
{
    if (const Entry* entry = find(folded)) {
        return entry;
    }
    for (const std::string_view plural : {"es", "s"}) {
        if (folded.ends_with(plural)) {
            const Entry* entry = find(folded.substr(0, folded.size() - plural.size()));
            if (entry != nullptr && entry->kind == WordKind::Shape && !entry->isTurkish) {
                return entry;
            }
        }
    }
    return findTurkish(folded, 2);
}

enum class Glyph { Letter, Apostrophe, Space, Break };

Glyph glyphOf(char32_t point)
{
    constexpr std::u32string_view spaces = U": \t\r\n\u00a0-_\"“”()[]";
    constexpr std::u32string_view breaks = U",.;!?/|\u2026";
    if (point == U'\'' || point == U'’') {
        return Glyph::Apostrophe;
    }
    if (breaks.find(point) != std::u32string_view::npos) {
        return Glyph::Break;
    }
    return spaces.find(point) != std::u32string_view::npos ? Glyph::Space : Glyph::Letter;
}

} // namespace

std::string foldLetters(std::string_view text)
{
    constexpr char32_t combiningDot = 0x307; // what lower-casing İ by Unicode's rules leaves behind
    std::string folded;
    for (std::size_t at = 0; at < text.size();) {
        const auto [point, length] = codePointAt(text, at);
        if (point >= U'A' && point <= U'Z') {
            folded += static_cast<char>(point - U'A' + U'a');
        } else if (const char letter = foldCodePoint(point); letter != 0) {
            folded += letter;
        } else if (point != combiningDot) {
            folded += text.substr(at, length);
        }
        at += length;
    }
    return folded;
}

std::vector<Word> splitWords(std::string_view prompt)
{
    std::vector<Word> words;
    std::string text;
    bool afterApostrophe = false; // "daire'nin": what follows is an ending
    const auto flush = [&] {
        if (!text.empty()) {
            const Entry* entry = lookUp(foldLetters(text));
            words.push_back(
                entry != nullptr ? Word{entry->kind, entry->value, text} : Word{WordKind::Unknown, 0, text});
        }
        text.clear();
        afterApostrophe = false;
    };
    for (std::size_t at = 0; at < prompt.size();) {
        const auto [point, length] = codePointAt(prompt, at);
        switch (glyphOf(point)) {
        case Glyph::Letter:
            if (!afterApostrophe) {
                text += prompt.substr(at, length);
            }
            break;
        case Glyph::Apostrophe:
            afterApostrophe = !text.empty();
            break;
        case Glyph::Space:
            flush();
            break;
        case Glyph::Break:
            flush();
            words.push_back({WordKind::Break, 0, {}});
            break;
        }
        at += length;
    }
    flush();
    return words;
}

} // namespace visgate::worker::builtin
