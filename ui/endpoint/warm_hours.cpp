// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/endpoint/warm_hours.h"

#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QTimeEdit>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int kDaysInARow = 4;
constexpr WarmWindow kWorkingHours{.days = 0b0011111, .fromMinute = 9 * 60, .toMinute = 17 * 60};

QTimeEdit* makeTime(const QString& objectName)
{
    auto* edit = new QTimeEdit;
    edit->setObjectName(objectName);
    edit->setDisplayFormat(u"HH:mm"_s);
    edit->setFixedWidth(112);
    return edit;
}

QTime timeOf(int minute)
{
    return QTime(minute / 60 % 24, minute % 60);
}

int minuteOf(const QTimeEdit* edit)
{
    return edit->time().hour() * 60 + edit->time().minute();
}

} // namespace

WarmHours::WarmHours(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_fromCaption(makeLabel(TextStyle::Body)),
      m_from(makeTime(u"warmFrom"_s)), m_toCaption(makeLabel(TextStyle::Body)), m_to(makeTime(u"warmTo"_s)),
      m_zoneCaption(makeLabel(TextStyle::Body)), m_zone(new QComboBox)
{
    auto* days = new QGridLayout;
    days->setHorizontalSpacing(metrics::unit);
    days->setVerticalSpacing(0);
    for (int day = 0; day < 7; ++day) {
        auto* box = new QCheckBox;
        box->setObjectName(u"warmDay_%1"_s.arg(day + 1));
        days->addWidget(box, day / kDaysInARow, day % kDaysInARow, Qt::AlignLeft); // only its words take a click
        connect(box, &QCheckBox::toggled, this, &WarmHours::changed);
        m_days.at(static_cast<std::size_t>(day)) = box;
    }
    for (int column = 0; column < kDaysInARow; ++column)
        days->setColumnStretch(column, 1);
    m_zone->setObjectName(u"warmZone"_s);
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_zone->setMinimumContentsLength(18);
    const QList<QByteArray> zones = QTimeZone::availableTimeZoneIds();
    for (const QByteArray& zone : zones)
        m_zone->addItem(QString::fromUtf8(zone));
    auto* hours = new QGridLayout;
    hours->setColumnStretch(0, 1);
    hours->setHorizontalSpacing(2 * metrics::unit);
    hours->setVerticalSpacing(metrics::unit);
    hours->addWidget(m_fromCaption, 0, 0);
    hours->addWidget(m_from, 0, 1, Qt::AlignRight);
    hours->addWidget(m_toCaption, 1, 0);
    hours->addWidget(m_to, 1, 1, Qt::AlignRight);
    hours->addWidget(m_zoneCaption, 2, 0);
    hours->addWidget(m_zone, 2, 1, Qt::AlignRight);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addLayout(days);
    column->addLayout(hours);
    setLayout(column);
    for (QLabel* caption : {m_fromCaption, m_toCaption, m_zoneCaption})
        caption->setWordWrap(false);
    for (QTimeEdit* edit : {m_from, m_to}) {
        connect(edit, &QTimeEdit::timeChanged, this, &WarmHours::retranslate);
        connect(edit, &QTimeEdit::timeChanged, this, &WarmHours::changed);
    }
    connect(m_zone, &QComboBox::currentIndexChanged, this, &WarmHours::changed);
    retranslate();
}

void WarmHours::show(const PoolPolicy& policy)
{
    const WarmWindow window = policy.windows.isEmpty() ? kWorkingHours : policy.windows.first();
    for (std::size_t day = 0; day < m_days.size(); ++day)
        m_days.at(day)->setChecked((window.days >> day & 1U) != 0);
    m_from->setTime(timeOf(window.fromMinute));
    m_to->setTime(timeOf(window.toMinute));
    const QString zone = policy.zone.isEmpty() ? QString::fromUtf8(QTimeZone::systemTimeZoneId()) : policy.zone;
    if (m_zone->findText(zone) < 0)
        m_zone->addItem(zone);
    m_zone->setCurrentIndex(m_zone->findText(zone));
}

std::optional<WarmWindow> WarmHours::window() const
{
    WarmWindow window{.days = 0, .fromMinute = minuteOf(m_from), .toMinute = minuteOf(m_to)};
    for (std::size_t day = 0; day < m_days.size(); ++day)
        window.days |= m_days.at(day)->isChecked() ? 1U << day : 0U;
    if (window.fromMinute == 0 && window.toMinute == 0)
        window.toMinute = 24 * 60; // the whole day, as it is stored
    return window.days == 0 ? std::nullopt : std::optional(window);
}

QString WarmHours::zone() const
{
    return m_zone->currentText();
}

void WarmHours::retranslate()
{
    const QLocale& locale = m_context.language.format().locale();
    for (int day = 1; day <= 7; ++day) {
        QCheckBox* box = m_days.at(static_cast<std::size_t>(day - 1));
        box->setText(locale.standaloneDayName(day, QLocale::ShortFormat));
        box->setAccessibleName(locale.standaloneDayName(day));
    }
    m_fromCaption->setText(tr("From"));
    m_from->setAccessibleName(tr("Warm from"));
    m_toCaption->setText(m_to->time() > m_from->time() ? tr("To") : tr("To, on the next day"));
    m_to->setAccessibleName(tr("Warm to"));
    m_zoneCaption->setText(tr("By the clock of"));
    m_zone->setAccessibleName(tr("Time zone"));
}

} // namespace visgate::ui
