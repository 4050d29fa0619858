// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/codec.h"
#include "core/codec/values.h"
#include "core/codec/words.h"

#include <tuple>
#include <type_traits>

// A struct's JSON as one table for both directions. Included by the files that define a Codec:
//
//     template <> struct Table<ReleaseChange> {
//         static auto fields()
//         {
//             return std::tuple(field("field", &ReleaseChange::field), field("before", &ReleaseChange::before), ...);
//         }
//     };
//     template struct Codec<ReleaseChange>;
//
// A test counts the members, so that one that a table forgets is found.
namespace visgate {

template <typename T> struct Table;

namespace codec {

/// How strictly a field is read.
enum class Need {
    May,  ///< absent or null: the default stays
    Must, ///< absent, null or empty: the whole is refused
    Word, ///< a word that this program does not know yet is as good as none
};

/// A member under its name.
template <typename T, typename Member> struct Field {
    static constexpr std::size_t kMembers = 1;
    const char* name;
    Member T::*member;
    Need need = Need::May;

    void write(QJsonObject& object, const T& value) const { object.insert(QLatin1String(name), encode(value.*member)); }

    [[nodiscard]] Result<void> read(const QJsonObject& object, T& value) const
    {
        const QJsonValue found = object.value(QLatin1String(name));
        if (found.isUndefined() || found.isNull()) {
            if (need == Need::Must)
                return unexpected(name);
            return {};
        }
        auto member_ = decode<Member>(found);
        if (!member_)
            return need == Need::Word ? Result<void>() : unexpected(name);
        value.*member = *std::move(member_);
        return {};
    }
};

template <typename T, typename Member> [[nodiscard]] Field<T, Member> field(const char* name, Member T::*member)
{
    return {name, member};
}

template <typename T, typename Member> [[nodiscard]] Field<T, Member> needed(const char* name, Member T::*member)
{
    return {name, member, Need::Must};
}

/// An enumeration that later versions may extend.
template <typename T, typename Member> [[nodiscard]] Field<T, Member> word(const char* name, Member T::*member)
{
    return {name, member, Need::Word};
}

/// A text that is written as "" and not as null while it is empty.
template <typename T> struct Text {
    static constexpr std::size_t kMembers = 1;
    const char* name;
    QString T::*member;
    void write(QJsonObject& object, const T& value) const { object.insert(QLatin1String(name), value.*member); }
    [[nodiscard]] Result<void> read(const QJsonObject& object, T& value) const
    {
        return Field<T, QString>{name, member}.read(object, value);
    }
};

template <typename T> [[nodiscard]] Text<T> text(const char* name, QString T::*member)
{
    return {name, member};
}

/// A member whose fields stand among those of the whole.
template <typename T, typename Member> struct Flat {
    static constexpr std::size_t kMembers = 1;
    Member T::*member;
    void write(QJsonObject& object, const T& value) const
    {
        const QJsonObject inner = toJson(value.*member);
        for (auto entry = inner.begin(); entry != inner.end(); ++entry)
            object.insert(entry.key(), entry.value());
    }
    [[nodiscard]] Result<void> read(const QJsonObject& object, T& value) const
    {
        auto inner = decode<Member>(object);
        if (!inner)
            return fail(inner.error());
        value.*member = *std::move(inner);
        return {};
    }
};

template <typename T, typename Member> [[nodiscard]] Flat<T, Member> flat(Member T::*member)
{
    return {member};
}

/// What is told besides and follows from the members.
template <typename Tell> struct Shown {
    static constexpr std::size_t kMembers = 0;
    const char* name;
    Tell tell;
    template <typename T> void write(QJsonObject& object, const T& value) const
    {
        object.insert(QLatin1String(name), tell(value));
    }
    template <typename T> [[nodiscard]] Result<void> read(const QJsonObject&, T&) const { return {}; }
};

template <typename Tell> [[nodiscard]] Shown<Tell> shown(const char* name, Tell tell)
{
    return {name, tell};
}

/// `members` members whose JSON has a form of its own.
template <std::size_t members, typename Write, typename Read> struct Custom {
    static constexpr std::size_t kMembers = members;
    Write writer; ///< (QJsonObject&, const T&)
    Read reader;  ///< (const QJsonObject&, T&)
    template <typename T> void write(QJsonObject& object, const T& value) const { writer(object, value); }
    template <typename T> [[nodiscard]] Result<void> read(const QJsonObject& object, T& value) const
    {
        reader(object, value);
        return {};
    }
};

template <std::size_t members, typename Write, typename Read>
[[nodiscard]] Custom<members, Write, Read> custom(Write writer, Read reader)
{
    return {writer, reader};
}

} // namespace codec

template <typename T> QJsonValue Codec<T>::write(const T& value)
{
    QJsonObject object;
    std::apply([&](const auto&... fields) { (fields.write(object, value), ...); }, Table<T>::fields());
    return object;
}

template <typename T> Result<T> Codec<T>::read(const QJsonValue& value)
{
    if (!value.isObject())
        return codec::unexpected("an object");
    const QJsonObject object = value.toObject();
    T result;
    Result<void> outcome;
    std::apply(
        [&](const auto&... fields) {
            // The first that fails ends it.
            [[maybe_unused]] const bool whole
                = ((outcome ? static_cast<bool>(outcome = fields.read(object, result)) : false) && ...);
        },
        Table<T>::fields());
    if (!outcome)
        return fail(outcome.error());
    return result;
}

template <typename T> std::size_t Codec<T>::memberCount()
{
    return std::apply(
        [](const auto&... fields) { return (std::size_t{0} + ... + fields.kMembers); }, Table<T>::fields());
}

} // namespace visgate
