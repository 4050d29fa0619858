// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/look_card.h"

#include "ui/common/language.h"
#include "ui/common/ui_settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QGridLayout>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr std::array speeds{1.0, 5.0, 20.0, 100.0};

} // namespace

LookCard::LookCard(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_languageCaption(makeLabel(TextStyle::Body)), m_language(new QComboBox),
      m_lookCaption(makeLabel(TextStyle::Body)), m_look(new QComboBox), m_speedCaption(makeLabel(TextStyle::Body)),
      m_speed(new QComboBox), m_speedNote(makeLabel(TextStyle::Caption))
{
    setProperty("frame-kind", u"card"_s);
    m_language->setObjectName(u"language"_s);
    m_look->setObjectName(u"look"_s);
    m_speed->setObjectName(u"practiceSpeed"_s);
    // Languages are named in themselves, so that each is found by its speaker.
    m_language->addItem(QString(), QString());
    m_language->addItem(u"English"_s, u"en"_s);
    m_language->addItem(u"Türkçe"_s, u"tr"_s);
    for (const auto look : {Look::FollowSystem, Look::Light, Look::Dark, Look::HighContrast})
        m_look->addItem(QString(), static_cast<int>(look));
    for (const double speed : speeds)
        m_speed->addItem(QString(), speed);

    auto* grid = makeLayout<QGridLayout>(1.5);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [caption, box] : {std::pair{m_languageCaption, m_language}, std::pair{m_lookCaption, m_look},
             std::pair{m_speedCaption, m_speed}}) {
        grid->addWidget(caption, row, 0);
        grid->addWidget(box, row, 1);
        ++row;
    }
    grid->addWidget(m_speedNote, row, 0, 1, 2);
    auto* column = makeLayout<QVBoxLayout>(2, metrics::cardPadding);
    column->addWidget(m_title);
    column->addLayout(grid);
    setLayout(column);

    retranslate();
    m_language->setCurrentIndex(qMax(0, m_language->findData(m_context.language.wish())));
    m_look->setCurrentIndex(m_look->findData(static_cast<int>(m_context.theme.look())));
    m_speed->setCurrentIndex(qMax(0, m_speed->findData(m_context.settings.practiceSpeed())));
    connect(m_language, &QComboBox::activated, this, [this] {
        const QString wish = m_language->currentData().toString();
        m_context.settings.setLanguage(wish);
        m_context.language.setWish(wish);
    });
    connect(m_look, &QComboBox::activated, this, [this] {
        const auto look = static_cast<Look>(m_look->currentData().toInt());
        m_context.settings.setLook(look);
        m_context.theme.setLook(look);
    });
    connect(m_speed, &QComboBox::activated, this,
        [this] { m_context.settings.setPracticeSpeed(m_speed->currentData().toDouble()); });
}

void LookCard::retranslate()
{
    m_title->setText(tr("Language, look and practice"));
    m_languageCaption->setText(tr("Language"));
    m_language->setAccessibleName(tr("Language"));
    m_language->setItemText(0, tr("As the desktop"));
    m_lookCaption->setText(tr("Look"));
    m_look->setAccessibleName(tr("Look"));
    m_look->setItemText(0, tr("As the desktop"));
    m_look->setItemText(1, tr("Light"));
    m_look->setItemText(2, tr("Dark"));
    m_look->setItemText(3, tr("High contrast"));
    m_speedCaption->setText(tr("Clock of practice"));
    m_speed->setAccessibleName(tr("Clock of practice"));
    for (int row = 0; row < m_speed->count(); ++row) {
        const auto factor = static_cast<int>(m_speed->itemData(row).toDouble());
        m_speed->setItemText(row, factor == 1 ? tr("Real time") : tr("%1 times faster").arg(factor));
    }
    m_speedNote->setText(tr("Waiting for a machine and for the model takes minutes in reality; practice can hurry."));
}

} // namespace visgate::ui
