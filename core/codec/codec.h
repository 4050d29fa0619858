// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/ids.h"
#include "core/foundation/logs/line_no.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <concepts>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>

// The one place where a value becomes JSON and back: private socket, local API and --json use it. The values of
// core/domain have their tables in the other files of this folder. Field names are those of the API's documentation;
// every field is always written, null while unknown or empty. Money is USD, times are UTC ISO 8601. Readers ignore
// fields that they do not know. Pure; any thread.
namespace visgate {

/// How a T is written and read. For a struct: defined by its table (table.h), in one file.
template <typename T> struct Codec {
    [[nodiscard]] static QJsonValue write(const T& value);
    /// UnexpectedReply naming the field that is missing or of another kind.
    [[nodiscard]] static Result<T> read(const QJsonValue& value);
    /// How many members of T the table covers.
    [[nodiscard]] static std::size_t memberCount();
};

template <typename T> [[nodiscard]] QJsonValue encode(const T& value)
{
    return Codec<T>::write(value);
}

template <typename T> [[nodiscard]] Result<T> decode(const QJsonValue& value)
{
    return Codec<T>::read(value);
}

/// A struct's object.
template <typename T> [[nodiscard]] QJsonObject toJson(const T& value)
{
    return Codec<T>::write(value).toObject();
}

/// The array of a list.
template <typename T> [[nodiscard]] QJsonArray toJson(const QList<T>& values)
{
    return Codec<QList<T>>::write(values).toArray();
}

namespace codec {

[[nodiscard]] inline tl::unexpected<Error> unexpected(const char* what)
{
    return fail(ErrorCode::UnexpectedReply, what);
}

} // namespace codec

template <> struct Codec<bool> {
    static QJsonValue write(bool value) { return value; }
    static Result<bool> read(const QJsonValue& value)
    {
        if (!value.isBool())
            return codec::unexpected("true or false");
        return value.toBool();
    }
};

template <> struct Codec<double> {
    static QJsonValue write(double value) { return value; }
    static Result<double> read(const QJsonValue& value)
    {
        if (!value.isDouble())
            return codec::unexpected("a number");
        return value.toDouble();
    }
};

template <std::integral T> struct Codec<T> {
    static QJsonValue write(T value) { return qint64{value}; }
    static Result<T> read(const QJsonValue& value)
    {
        constexpr qint64 kNone = std::numeric_limits<qint64>::min();
        const qint64 number = value.toInteger(kNone);
        if (number == kNone || !std::in_range<T>(number))
            return codec::unexpected("a whole number");
        return static_cast<T>(number);
    }
};

/// Empty is null.
template <> struct Codec<QString> {
    static QJsonValue write(const QString& value) { return value.isEmpty() ? QJsonValue() : QJsonValue(value); }
    static Result<QString> read(const QJsonValue& value)
    {
        if (!value.isString() && !value.isNull())
            return codec::unexpected("a text");
        return value.toString();
    }
};

template <> struct Codec<std::string> {
    static QJsonValue write(const std::string& value) { return encode(QString::fromStdString(value)); }
    static Result<std::string> read(const QJsonValue& value)
    {
        const auto text = decode<QString>(value);
        if (!text)
            return fail(text.error());
        return text->toStdString();
    }
};

template <typename Tag> struct Codec<StrongId<Tag>> {
    static QJsonValue write(const StrongId<Tag>& value) { return encode(value.value()); }
    static Result<StrongId<Tag>> read(const QJsonValue& value)
    {
        auto text = decode<std::string>(value);
        if (!text)
            return fail(text.error());
        return StrongId<Tag>(*std::move(text));
    }
};

template <> struct Codec<LineNo> {
    static QJsonValue write(LineNo value) { return encode(value.value()); }
    static Result<LineNo> read(const QJsonValue& value)
    {
        const auto number = decode<std::int64_t>(value);
        if (!number)
            return fail(number.error());
        return LineNo(*number);
    }
};

template <> struct Codec<QUrl> {
    static QJsonValue write(const QUrl& value) { return encode(value.toString()); }
    static Result<QUrl> read(const QJsonValue& value)
    {
        const auto text = decode<QString>(value);
        if (!text)
            return fail(text.error());
        return QUrl(*text);
    }
};

template <> struct Codec<TimePoint> {
    static QJsonValue write(TimePoint value) { return QString::fromStdString(formatUtc(value)); }
    static Result<TimePoint> read(const QJsonValue& value)
    {
        TimePoint time;
        if (!value.isString() || !parseUtc(value.toString().toStdString(), time))
            return codec::unexpected("a time");
        return time;
    }
};

/// The whole number of its unit.
template <typename Rep, typename Period> struct Codec<std::chrono::duration<Rep, Period>> {
    using Duration = std::chrono::duration<Rep, Period>;
    static QJsonValue write(Duration value) { return qint64{value.count()}; }
    static Result<Duration> read(const QJsonValue& value)
    {
        const auto count = decode<qint64>(value);
        if (!count)
            return fail(count.error());
        return Duration(*count);
    }
};

template <> struct Codec<QJsonObject> {
    static QJsonValue write(const QJsonObject& value) { return value; }
    static Result<QJsonObject> read(const QJsonValue& value)
    {
        if (!value.isObject())
            return codec::unexpected("an object");
        return value.toObject();
    }
};

/// A key on its way to the one who keeps it, over the private socket only.
template <> struct Codec<std::shared_ptr<const Secret>> {
    static QJsonValue write(const std::shared_ptr<const Secret>& value)
    {
        return value ? QJsonValue(QString::fromUtf8(value->reveal().data(), qsizetype(value->reveal().size())))
                     : QJsonValue();
    }
    static Result<std::shared_ptr<const Secret>> read(const QJsonValue& value)
    {
        if (value.isNull())
            return nullptr;
        auto text = decode<std::string>(value);
        if (!text)
            return fail(text.error());
        return std::make_shared<const Secret>(*std::move(text));
    }
};

/// Null while unset.
template <typename T> struct Codec<std::optional<T>> {
    static QJsonValue write(const std::optional<T>& value) { return value ? encode(*value) : QJsonValue(); }
    static Result<std::optional<T>> read(const QJsonValue& value)
    {
        if (value.isNull())
            return std::nullopt;
        auto present = decode<T>(value);
        if (!present)
            return fail(present.error());
        return *std::move(present);
    }
};

/// One bad entry fails the whole.
template <typename T> struct Codec<QList<T>> {
    static QJsonValue write(const QList<T>& values)
    {
        QJsonArray array;
        for (const T& value : values)
            array.append(encode(value));
        return array;
    }
    static Result<QList<T>> read(const QJsonValue& value)
    {
        if (!value.isArray())
            return codec::unexpected("a list");
        QList<T> values;
        const QJsonArray array = value.toArray();
        for (const QJsonValue& entry : array) {
            auto element = decode<T>(entry);
            if (!element)
                return fail(element.error());
            values.append(*std::move(element));
        }
        return values;
    }
};

/// Entries that are null have no value: they are left out.
template <typename T> struct Codec<QMap<QString, T>> {
    static QJsonValue write(const QMap<QString, T>& values)
    {
        QJsonObject object;
        for (auto entry = values.begin(); entry != values.end(); ++entry)
            object.insert(entry.key(), encode(entry.value()));
        return object;
    }
    static Result<QMap<QString, T>> read(const QJsonValue& value)
    {
        if (!value.isObject())
            return codec::unexpected("an object");
        QMap<QString, T> values;
        const QJsonObject object = value.toObject();
        for (auto entry = object.begin(); entry != object.end(); ++entry) {
            if (entry.value().isNull())
                continue;
            auto read = decode<T>(entry.value());
            if (!read)
                return fail(read.error());
            values.insert(entry.key(), *std::move(read));
        }
        return values;
    }
};

/// What an operation answers that has nothing to tell.
template <> struct Codec<void> {
    static Result<void> read(const QJsonValue&) { return {}; }
};

} // namespace visgate
