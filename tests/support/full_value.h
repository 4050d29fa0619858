// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/account_id.h"
#include "core/domain/warm/schedule.h"
#include "core/foundation/clock.h"
#include "core/foundation/ids.h"
#include "core/foundation/logs/line_no.h"
#include "core/foundation/secret.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QUrl>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// Fills any aggregate with values that are not its defaults, and counts its members, without being told them: what
// somebody adds to a struct is in the next test run.
// An optional member can take the stand-in in two ways, which come to the same.
#pragma GCC diagnostic ignored "-Wconversion"

namespace visgate::test {

template <typename T> [[nodiscard]] T fullValue(std::size_t seed = 1);

/// Becomes whatever member it is put in the place of.
struct AnyMember {
    std::size_t seed;
    template <typename T> operator T&() const&;
    template <typename T> operator T&&() const&&;
};

template <typename T, std::size_t... index> [[nodiscard]] constexpr bool isMadeFrom(std::index_sequence<index...>)
{
    return requires
    {
        T{AnyMember{index}...};
    };
}

/// How many members an aggregate has; at most 64.
template <typename T, std::size_t most = 64> [[nodiscard]] constexpr std::size_t memberCount()
{
    if constexpr (most == 0 || isMadeFrom<T>(std::make_index_sequence<most>()))
        return most;
    else
        return memberCount<T, most - 1>();
}

template <typename T> struct Filled;

template <std::integral T> struct Filled<T> {
    static T with(std::size_t seed) { return static_cast<T>(seed + 1); }
};
template <> struct Filled<bool> {
    static bool with(std::size_t) { return true; }
};
template <> struct Filled<double> {
    static double with(std::size_t seed) { return static_cast<double>(seed) + 0.25; }
};
/// The second of the words: the first is the default more often than not.
template <typename E>
requires std::is_enum_v<E>
struct Filled<E> {
    static E with(std::size_t) { return static_cast<E>(1); }
};
template <> struct Filled<QString> {
    static QString with(std::size_t seed) { return QStringLiteral("ğ\n\"%1").arg(seed); }
};
template <> struct Filled<AccountId> {
    static AccountId with(std::size_t seed) { return *accountIdFromString(QStringLiteral("cloud:%1").arg(seed)); }
};
template <> struct Filled<std::string> {
    static std::string with(std::size_t seed) { return "text " + std::to_string(seed); }
};
template <> struct Filled<QUrl> {
    static QUrl with(std::size_t seed) { return QUrl(QStringLiteral("https://example.org/%1").arg(seed)); }
};
template <typename Tag> struct Filled<StrongId<Tag>> {
    static StrongId<Tag> with(std::size_t seed) { return StrongId<Tag>("id" + std::to_string(seed)); }
};
template <> struct Filled<LineNo> {
    static LineNo with(std::size_t seed) { return LineNo(static_cast<std::int64_t>(seed) + 1); }
};
template <> struct Filled<TimePoint> {
    static TimePoint with(std::size_t seed)
    {
        return TimePoint(std::chrono::seconds(1'700'000'000) + std::chrono::microseconds(seed));
    }
};
template <typename Rep, typename Period> struct Filled<std::chrono::duration<Rep, Period>> {
    static std::chrono::duration<Rep, Period> with(std::size_t seed)
    {
        return std::chrono::duration<Rep, Period>(seed + 1);
    }
};
template <> struct Filled<QJsonObject> {
    static QJsonObject with(std::size_t seed) { return {{QStringLiteral("a"), qint64(seed)}}; }
};
template <> struct Filled<WarmWindow> {
    static WarmWindow with(std::size_t) { return {0x1f, 540, 1020}; }
};
template <> struct Filled<std::shared_ptr<const Secret>> {
    static std::shared_ptr<const Secret> with(std::size_t seed)
    {
        return std::make_shared<const Secret>("key" + std::to_string(seed));
    }
};
template <typename T> struct Filled<std::optional<T>> {
    static std::optional<T> with(std::size_t seed) { return fullValue<T>(seed); }
};
template <typename T> struct Filled<QList<T>> {
    static QList<T> with(std::size_t seed) { return {fullValue<T>(seed), fullValue<T>(seed + 100)}; }
};
template <typename T> struct Filled<std::vector<T>> {
    static std::vector<T> with(std::size_t seed) { return {fullValue<T>(seed)}; }
};
template <typename T> struct Filled<QMap<QString, T>> {
    static QMap<QString, T> with(std::size_t seed) { return {{QStringLiteral("validating"), fullValue<T>(seed)}}; }
};
template <typename T> struct Filled {
    static T with(std::size_t seed) { return make(seed, std::make_index_sequence<memberCount<T>()>()); }
    template <std::size_t... index> static T make(std::size_t seed, std::index_sequence<index...>)
    {
        return T{AnyMember{seed + index}...};
    }
};

template <typename T> AnyMember::operator T&() const&
{
    thread_local T value;
    value = fullValue<T>(seed);
    return value;
}

template <typename T> AnyMember::operator T&&() const&&
{
    thread_local T value;
    value = fullValue<T>(seed);
    return std::move(value);
}

template <typename T> T fullValue(std::size_t seed)
{
    return Filled<T>::with(seed);
}

} // namespace visgate::test
