// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QTranslator;

namespace visgate {

/// The languages that have a translation, as ISO 639 codes.
[[nodiscard]] QStringList translatedLanguages();
/// Fills `translator` with Visgate's own words in `language`; false if there are none.
[[nodiscard]] bool loadTranslation(QTranslator& translator, const QString& language);

} // namespace visgate
