// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/spend/cause_list.h"

#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/spend/spend_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>
#include <QProgressBar>

#include <cmath>

namespace visgate::ui {

CauseList::CauseList(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_nothing(makeLabel(TextStyle::Muted)), m_lines{}, m_note(makeLabel(TextStyle::Caption))
{
    setProperty("frame-kind", QStringLiteral("card"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(2 * metrics::unit);
    grid->setVerticalSpacing(metrics::unit);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(3, 1);
    int row = 0;
    for (Line& line : m_lines) {
        line
            = {makeLabel(TextStyle::Body), makeLabel(TextStyle::Muted), makeLabel(TextStyle::Strong), new QProgressBar};
        line.time->setWordWrap(false);
        line.money->setWordWrap(false);
        line.share->setTextVisible(false);
        line.share->setRange(0, 1000);
        grid->addWidget(line.cause, row, 0);
        grid->addWidget(line.time, row, 1, Qt::AlignRight);
        grid->addWidget(line.money, row, 2, Qt::AlignRight);
        grid->addWidget(line.share, row, 3, Qt::AlignVCenter);
        ++row;
    }
    auto* column = makeLayout<QVBoxLayout>(1.5, metrics::cardPadding);
    column->addWidget(m_title);
    column->addWidget(m_nothing);
    column->addLayout(grid);
    column->addWidget(m_note);
    setLayout(column);
    retranslate();
}

void CauseList::show(const SpendSummary& summary, AccountId target)
{
    m_summary = summary;
    m_target = target;
    retranslate();
}

void CauseList::retranslate()
{
    const Format& format = m_context.language.format();
    m_title->setText(tr("What it was spent on"));
    m_nothing->setText(m_summary.countedUsd > 0.0
            ? tr("%1 was billed; Visgate has not seen what for.").arg(format.money(m_summary.countedUsd, m_target))
            : tr("Nothing was spent in this time."));
    m_nothing->setVisible(m_summary.causes.isEmpty());
    for (std::size_t index = 0; index < m_lines.size(); ++index) {
        const Line& line = m_lines.at(index);
        const bool used = static_cast<qsizetype>(index) < m_summary.causes.size();
        for (QWidget* part : std::initializer_list<QWidget*>{line.cause, line.time, line.money, line.share})
            part->setVisible(used);
        if (!used)
            continue;
        const CostShare& share = m_summary.causes.at(static_cast<qsizetype>(index));
        const QString cause = SpendWords::cause(share.cause);
        line.cause->setText(cause);
        line.time->setText(format.duration(std::chrono::milliseconds(std::llround(share.seconds * 1000.0))));
        line.money->setText(format.money(share.usd, m_target));
        const double part = m_summary.estimatedUsd > 0.0 ? share.usd / m_summary.estimatedUsd : 0.0;
        line.share->setValue(static_cast<int>(std::lround(part * 1000.0)));
        line.share->setAccessibleName(tr("Share of %1").arg(cause));
    }
    m_note->setVisible(m_summary.startBilling == StartBilling::Unknown && !m_summary.causes.isEmpty());
    m_note->setText(tr("Whether starting GPUs is billed is not known yet; it is counted as if it were."));
}

} // namespace visgate::ui
