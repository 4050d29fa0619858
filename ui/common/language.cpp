// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/language.h"

#include "translations/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

QString resolved(const QString& wish)
{
    if (translatedLanguages().contains(wish))
        return wish;
    return QLocale::system().language() == QLocale::Turkish ? u"tr"_s : u"en"_s;
}

QLocale localeOf(const QString& language)
{
    // The desktop's own locale keeps its country's habits when it speaks the same language.
    const QLocale own(language);
    return QLocale::system().language() == own.language() ? QLocale::system() : own;
}

} // namespace

Language::Language(QCoreApplication& application, const QString& wish)
    : m_application(application), m_wish(wish), m_current(resolved(wish)), m_format(localeOf(m_current))
{
    load();
}

Language::~Language()
{
    m_application.removeTranslator(&m_own);
    m_application.removeTranslator(&m_qt);
}

void Language::setWish(const QString& wish)
{
    m_wish = wish;
    if (resolved(wish) == m_current)
        return;
    m_current = resolved(wish);
    m_format = Format(localeOf(m_current));
    load();
    Q_EMIT changed();
}

void Language::load()
{
    // Widgets ask for their words on each installation; the format above is already the new one.
    m_application.removeTranslator(&m_qt);
    m_application.removeTranslator(&m_own);
    if (m_qt.load(u"qtbase_"_s + m_current, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        m_application.installTranslator(&m_qt);
    if (loadTranslation(m_own, m_current))
        m_application.installTranslator(&m_own);
}

} // namespace visgate::ui
