// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace visgate {

class Redactor;

/// Text of others on its way in: what looks like a secret, or is one of ours, is replaced before anything keeps it.
[[nodiscard]] QString masked(const QString& text, const Redactor& redactor);
/// All texts and names in it, at any depth. A picture's bytes, named `data`, are left as they are.
[[nodiscard]] QJsonObject masked(const QJsonObject& object, const Redactor& redactor);

/// A text that may be a JSON document: an escape there hides nothing that its reader would see. Stays one if it was
/// one.
[[nodiscard]] QByteArray maskedJson(const QByteArray& text, const Redactor& redactor);

} // namespace visgate
