// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/codec.h"

#include <array>
#include <concepts>
#include <type_traits>
#include <utility>

// One spelling for each value of an enumeration.
namespace visgate {

/// Specialised for each enumeration: `static QString write(E)` and `static std::optional<E> read(const QString&)`.
template <typename E> struct Words;

template <typename E>
requires std::is_enum_v<E>
struct Codec<E> {
    static QJsonValue write(E value) { return Words<E>::write(value); }
    static Result<E> read(const QJsonValue& value)
    {
        const std::optional<E> known = value.isString() ? Words<E>::read(value.toString()) : std::nullopt;
        if (!known)
            return codec::unexpected("a word");
        return *known;
    }
};

namespace codec {

/// Words that the domain spells itself.
template <typename E, QString (*spell)(E), std::optional<E> (*parse)(const QString&)> struct SpeltWords {
    static QString write(E value) { return spell(value); }
    static std::optional<E> read(const QString& text) { return parse(text); }
};

/// Words that only JSON needs: `Derived::kList` has one pair each.
template <typename E, typename Derived> struct ListedWords {
    static QString write(E value)
    {
        for (const auto& [known, word] : Derived::kList) {
            if (known == value)
                return QString::fromLatin1(word);
        }
        return {};
    }
    static std::optional<E> read(const QString& text)
    {
        for (const auto& [value, word] : Derived::kList) {
            if (text == QLatin1String(word))
                return value;
        }
        return std::nullopt;
    }
};

template <typename E, std::size_t size> using WordList = std::array<std::pair<E, const char*>, size>;

} // namespace codec
} // namespace visgate
