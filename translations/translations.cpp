// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/translations.h"

#include <QTranslator>

using namespace Qt::StringLiterals;

namespace visgate {

QStringList translatedLanguages()
{
    return {u"en"_s, u"tr"_s};
}

bool loadTranslation(QTranslator& translator, const QString& language)
{
    return translator.load(u":/translations/visgate_%1.qm"_s.arg(language));
}

} // namespace visgate
