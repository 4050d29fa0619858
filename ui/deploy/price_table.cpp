// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/price_table.h"

#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

PriceTable::PriceTable(const UiContext& context, QWidget* parent) : Retranslated(parent), m_context(context)
{
    setProperty("frame-kind", u"well"_s);
    auto* grid = makeLayout<QGridLayout>(1, 2 * 8);
    grid->setColumnStretch(0, 1);
    setLayout(grid);
    m_first = addLine(0, true);
    m_next = addLine(1, false);
    m_idle = addLine(2, false);
    m_worst = addLine(3, false);
    m_time = addLine(4, false);
    m_source = makeLabel(TextStyle::Caption);
    grid->addWidget(m_source, 5, 0, 1, 2);
    m_timeNote = makeLabel(TextStyle::Caption);
    grid->addWidget(m_timeNote, 6, 0, 1, 2);
    retranslate();
}

PriceTable::Line PriceTable::addLine(int row, bool strong)
{
    const Line line{makeLabel(strong ? TextStyle::Strong : TextStyle::Body),
        makeLabel(strong ? TextStyle::Strong : TextStyle::Body)};
    line.value->setWordWrap(false);
    line.value->setAlignment(Qt::AlignRight);
    auto* grid = static_cast<QGridLayout*>(layout());
    grid->addWidget(line.caption, row, 0, Qt::AlignTop);
    grid->addWidget(line.value, row, 1, Qt::AlignTop | Qt::AlignRight);
    return line;
}

void PriceTable::show(const DeployQuote& quote, AccountId target)
{
    m_quote = quote;
    m_target = target;
    retranslate();
}

void PriceTable::clear()
{
    m_quote.reset();
    retranslate();
}

void PriceTable::retranslate()
{
    // Where nobody charges, one line says it all.
    const bool isFree = m_target.isThisComputer();
    m_first.caption->setText(isFree ? tr("Each picture") : tr("First picture, about"));
    for (const Line& line : {m_next, m_idle, m_worst}) {
        line.caption->setVisible(!isFree);
        line.value->setVisible(!isFree);
    }
    m_next.caption->setText(tr("Each further picture, about"));
    m_idle.caption->setText(tr("While nobody draws, a day"));
    m_time.caption->setText(tr("Time to the first picture"));
    const Format& format = m_context.language.format();
    const auto money = [&](double usd) { return m_quote ? format.money(usd, m_target) : u"…"_s; };
    const PriceQuote price = m_quote ? m_quote->price : PriceQuote{};
    m_first.value->setText(money(price.firstPicture));
    m_next.value->setText(money(price.nextPicture));
    m_idle.value->setText(money(price.idlePerDay));
    m_worst.value->setText(money(price.worstCase));
    const bool isAlwaysOn = price.idlePerDay > 0.0;
    m_worst.caption->setText(isAlwaysOn ? tr("At worst, %n day(s) without a picture; then it stops", nullptr,
                                 static_cast<int>(kParkedAfter.count()))
                                        : tr("At worst, if nobody looks"));
    m_worst.caption->setToolTip(isAlwaysOn
            ? tr("The provider stops an endpoint that nobody has used for so long; one that is used costs on.")
            : tr("The limits on the endpoint itself stop it by then, even if this computer is off."));
    const QString time = m_quote ? format.timeRange(m_quote->readyLow, m_quote->readyHigh) : u"…"_s;
    const bool guessed = m_quote && m_quote->readyLow && m_quote->ownSamples < kEnoughSamples;
    m_time.value->setText(time);
    m_timeNote->setText(tr("The time is a guess: there is no history yet."));
    m_timeNote->setVisible(guessed);
    if (!m_quote)
        m_source->setText(tr("Asking for prices …"));
    else if (isFree)
        m_source->setText(tr("Nobody charges for this computer."));
    else if (price.source == "live"_L1)
        m_source->setText(tr("Estimates from live prices."));
    else
        m_source->setText(tr("Estimates from prices of %1.").arg(price.source));
}

} // namespace visgate::ui
