// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>
#include <QKeySequence>
#include <QList>

class QLabel;
class QPushButton;

namespace visgate::ui {

class IconLabel;

enum class Section { Home, Models, Studio, Monitor, Spend, Settings };

/// The left rail: one button a section that exists. Icons only where the window is narrow.
class Rail final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit Rail(const UiContext& context, QWidget* parent = nullptr);
    void setCurrent(Section section);
    void setCompact(bool compact);
    /// A low window has no room for the name of the program above its sections.
    void setLow(bool low);

Q_SIGNALS:
    void chosen(visgate::ui::Section section);

protected:
    void retranslate() override;

private:
    struct Entry {
        Section section;
        QString icon;
        QPushButton* button;
        QKeySequence keys;
    };
    [[nodiscard]] static QString nameOf(Section section);

    const UiContext& m_context;
    QWidget* m_head;
    IconLabel* m_mark;
    QLabel* m_wordmark;
    QList<Entry> m_entries;
    Section m_current = Section::Home;
    bool m_compact = false;
};

} // namespace visgate::ui
