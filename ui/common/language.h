// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/format.h"

#include <QObject>
#include <QString>
#include <QTranslator>

class QCoreApplication;

namespace visgate::ui {

/// The language of the window: owns the translators and the number format, and changes them while widgets live
/// (each gets QEvent::LanguageChange). GUI thread. Outlives every widget.
class Language final : public QObject {
    Q_OBJECT

public:
    /// `wish` is "en", "tr" or empty for the desktop's.
    Language(QCoreApplication& application, const QString& wish);
    ~Language() override;

    /// Empty while following the desktop.
    [[nodiscard]] QString wish() const { return m_wish; }
    [[nodiscard]] QString current() const { return m_current; }
    [[nodiscard]] const Format& format() const { return m_format; }
    void setWish(const QString& wish);

Q_SIGNALS:
    void changed();

private:
    void load();

    QCoreApplication& m_application;
    QTranslator m_own;
    QTranslator m_qt;
    QString m_wish;
    QString m_current;
    Format m_format;
};

} // namespace visgate::ui
