// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/message.h"
#include "core/foundation/result.h"

#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace visgate {

/// The JSON object of a request; InvalidRequest when the body is none. An empty body is an empty object.
[[nodiscard]] Result<QJsonObject> requestBody(const http::Request& request);

/// Takes a request's fields one by one and remembers each that is wrong: of another type, out of range, or unknown.
/// `null` counts as absent.
class BodyReader {
public:
    explicit BodyReader(QJsonObject object, QString prefix = {});

    [[nodiscard]] QString text(const QString& name, qsizetype maxLength = 1024);
    [[nodiscard]] std::optional<qint64> integer(const QString& name, qint64 low, qint64 high);
    [[nodiscard]] std::optional<double> number(const QString& name, double low, double high);
    [[nodiscard]] std::optional<bool> flag(const QString& name);
    [[nodiscard]] QStringList texts(const QString& name, qsizetype most = 100);
    [[nodiscard]] std::optional<QJsonObject> object(const QString& name);
    [[nodiscard]] bool has(const QString& name) const;

    void refuse(const QString& name, const QString& reason);
    /// Takes over what an inner object's reader found.
    void adopt(BodyReader& inner);
    /// InvalidRequest that names every bad field, in `arguments` and in `detail`.
    [[nodiscard]] Result<void> finish();

private:
    [[nodiscard]] QJsonValue take(const QString& name);
    void checkUnknown();

    QJsonObject m_object;
    QString m_prefix;
    QSet<QString> m_taken;
    QStringList m_badFields;
    QStringList m_reasons;
};

} // namespace visgate
