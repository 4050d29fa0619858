// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/spend/limits_card.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/money.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/spend/spend_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QDoubleSpinBox>
#include <QGridLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr double mostUsd = 100'000.0;
constexpr int mostDecimals = 6;

/// An amount of money in cents, or in as much of one as was typed: a limit of $0.001 is not none.
class AmountBox final : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    [[nodiscard]] QString textFromValue(double value) const override
    {
        constexpr int usual = 2;
        int decimals = usual;
        while (
            decimals < mostDecimals && qAbs(value - locale().toDouble(locale().toString(value, 'f', decimals))) > 1e-9)
            ++decimals;
        QString text = locale().toString(value, 'f', decimals);
        return text.remove(locale().groupSeparator());
    }
};

QDoubleSpinBox* makeAmount(const QString& objectName)
{
    auto* box = new AmountBox;
    box->setObjectName(objectName);
    box->setRange(0.0, mostUsd);
    box->setDecimals(mostDecimals);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setFixedWidth(112);
    return box;
}

std::optional<double> markOf(const QDoubleSpinBox* box)
{
    return box->value() > 0.0 ? std::optional(box->value()) : std::nullopt;
}

} // namespace

LimitsCard::LimitsCard(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_note(makeLabel(TextStyle::Caption)), m_message(new MessageBar(context.theme)), m_lines{}
{
    setProperty("frame-kind", u"card"_s);
    auto* column = makeLayout<QVBoxLayout>(1.5, metrics::cardPadding);
    column->addWidget(m_title);
    column->addWidget(m_note);
    column->addWidget(m_message);
    setLayout(column);
    std::size_t index = 0;
    for (const auto scope : {LimitScope::Deployment, LimitScope::Day, LimitScope::Month})
        makeLine(index++, scope);
    connect(&context.service, &DeploymentService::limitPassed, this, &LimitsCard::reload);
    retranslate();
}

void LimitsCard::makeLine(std::size_t index, LimitScope scope)
{
    const QString name = toString(scope);
    Line& line = m_lines.at(index);
    line.scope = scope;
    line.stored.scope = scope;
    line.name = makeLabel(TextStyle::Strong);
    line.spent = makeLabel(TextStyle::Caption);
    line.tellCaption = makeLabel(TextStyle::Muted);
    line.tellCaption->setWordWrap(false);
    line.tell = makeAmount(name + u"TellAt"_s);
    line.stopCaption = makeLabel(TextStyle::Muted);
    line.stopCaption->setWordWrap(false);
    line.stop = makeAmount(name + u"StopAt"_s);
    line.store = makeButton(ButtonKind::Normal);
    line.store->setObjectName(name + u"Store"_s);

    auto* words = makeLayout<QVBoxLayout>(0.25);
    words->addWidget(line.name);
    words->addWidget(line.spent);
    auto* marks = new QGridLayout;
    marks->setHorizontalSpacing(metrics::unit);
    marks->setVerticalSpacing(metrics::unit);
    marks->addWidget(line.tellCaption, 0, 0, Qt::AlignRight);
    marks->addWidget(line.tell, 0, 1);
    marks->addWidget(line.stopCaption, 1, 0, Qt::AlignRight);
    marks->addWidget(line.stop, 1, 1);
    auto* row = makeLayout<QHBoxLayout>(2);
    row->addLayout(words, 1);
    row->addLayout(marks);
    row->addWidget(line.store, 0, Qt::AlignBottom);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addWidget(makeFrame("line"));
    column->addLayout(row);

    for (QDoubleSpinBox* box : {line.tell, line.stop})
        connect(box, &QDoubleSpinBox::valueChanged, this, &LimitsCard::retranslate);
    connect(line.store, &QPushButton::clicked, this, [this, index] { store(m_lines.at(index)); });
}

void LimitsCard::setTarget(AccountId target)
{
    m_target = target;
    retranslate();
}

void LimitsCard::reload()
{
    whenDone(m_context.service.call(ListSpendLimits{}), this, [this](const Result<QList<SpendLimit>>& limits) {
        if (limits)
            take(*limits);
        else
            report(limits.error());
    });
    whenDone(m_context.service.call(ListLimitStates{}), this, [this](const Result<QList<LimitState>>& states) {
        if (states)
            takeStates(*states);
    });
}

void LimitsCard::take(const QList<SpendLimit>& limits)
{
    for (Line& line : m_lines) {
        SpendLimit now;
        now.scope = line.scope;
        for (const SpendLimit& limit : limits) {
            if (limit.scope == line.scope && limit.deployment.isEmpty())
                now = limit;
        }
        if (now == line.stored)
            continue; // what the user is typing is not overwritten by what was there already
        line.stored = now;
        line.tell->setValue(now.tellAtUsd.value_or(0.0));
        line.stop->setValue(now.stopAtUsd.value_or(0.0));
    }
    retranslate();
}

void LimitsCard::takeStates(const QList<LimitState>& states)
{
    m_states = states;
    retranslate();
    if (std::exchange(m_isRaising, false))
        focusReached();
}

void LimitsCard::startRaise()
{
    m_isRaising = true;
    reload();
}

void LimitsCard::focusReached()
{
    const auto isReached = [this](const Line& line) {
        return std::any_of(m_states.cbegin(), m_states.cend(), [&](const LimitState& state) {
            return state.target == m_target && state.limit.scope == line.scope && state.level == LimitLevel::Stop;
        });
    };
    auto line = std::find_if(m_lines.begin(), m_lines.end(), isReached);
    if (line == m_lines.end())
        line = m_lines.begin(); // raised elsewhere meanwhile
    line->stop->setFocus();
    line->stop->selectAll();
    Q_EMIT raising(line->stop);
}

SpendLimit LimitsCard::wish(const Line& line)
{
    SpendLimit limit = line.stored;
    limit.tellAtUsd = markOf(line.tell);
    limit.stopAtUsd = markOf(line.stop);
    return limit;
}

void LimitsCard::store(const Line& line)
{
    m_message->clear();
    whenDone(m_context.service.call(SetSpendLimit{wish(line)}), this, [this](const Result<void>& stored) {
        if (stored)
            reload();
        else
            report(stored.error());
    });
}

void LimitsCard::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
}

void LimitsCard::retranslate()
{
    const Format& format = m_context.language.format();
    m_title->setText(tr("Limits"));
    m_note->setText(
        tr("At the first mark you are told; at the second, what it covers is stopped. They hold while Visgate "
           "runs, also in the background; the limits on each endpoint hold always."));
    for (Line& line : m_lines) {
        const QString name = SpendWords::scope(line.scope);
        line.name->setText(name);
        line.tellCaption->setText(tr("Tell me at"));
        line.stopCaption->setText(tr("Stop at"));
        line.tell->setAccessibleName(tr("%1: tell me at").arg(name));
        line.stop->setAccessibleName(tr("%1: stop at").arg(name));
        for (QDoubleSpinBox* box : {line.tell, line.stop}) {
            box->setLocale(format.locale()); // a comma is typed where one is shown
            // It writes its value anew when told these, which must not happen under somebody who types "12,5".
            if (const QString before = format.isSignBehind() ? QString() : u"$"_s; box->prefix() != before)
                box->setPrefix(before);
            if (const QString behind = format.isSignBehind() ? u" $"_s : QString(); box->suffix() != behind)
                box->setSuffix(behind);
            if (const QString none = tr("no mark"); box->specialValueText() != none)
                box->setSpecialValueText(none);
        }
        line.store->setText(tr("Set"));
        line.store->setAccessibleName(tr("%1: set").arg(name));
        line.store->setEnabled(wish(line) != line.stored);
        double spent = 0.0;
        LimitLevel level = LimitLevel::Below;
        for (const LimitState& state : std::as_const(m_states)) {
            if (state.target != m_target || state.limit.scope != line.scope)
                continue;
            spent = std::max(spent, state.spentUsd);
            level = std::max(level, state.level);
        }
        const QString money = format.money(spent, m_target);
        if (level == LimitLevel::Stop)
            line.spent->setText(tr("Reached: %1. What it covers is stopped.").arg(money));
        else if (level == LimitLevel::Tell)
            line.spent->setText(tr("First mark passed: %1.").arg(money));
        else
            line.spent->setText(line.scope == LimitScope::Deployment ? tr("The dearest so far: %1").arg(money)
                                                                     : tr("So far: %1").arg(money));
        line.spent->setVisible(line.stored.tellAtUsd || line.stored.stopAtUsd);
    }
}

} // namespace visgate::ui
