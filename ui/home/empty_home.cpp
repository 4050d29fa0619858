// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/home/empty_home.h"

#include "ui/common/account_list.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_card.h"
#include "ui/widgets/widgets.h"

#include <QBoxLayout>
#include <QResizeEvent>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int columnWidth = 960;
constexpr int leastOfOne = 260; ///< narrower, and the choices stand one above the other

} // namespace

EmptyHome::EmptyHome(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_accounts(context.accounts), m_title(makeLabel(TextStyle::Display)),
      m_subtitle(makeLabel(TextStyle::Muted)), m_promise(makeLabel(TextStyle::Caption)),
      m_practise(new ChoiceCard(context.theme, context.theme.illustration(u"practise-scene"_s), true)),
      m_here(new ChoiceCard(context.theme, context.theme.illustration(u"here-scene"_s), false)),
      m_connect(new ChoiceCard(context.theme, context.theme.illustration(u"connect-scene"_s), false)),
      m_choices(new QBoxLayout(QBoxLayout::LeftToRight))
{
    m_practise->setObjectName(u"practise"_s);
    m_here->setObjectName(u"tryHere"_s);
    m_connect->setObjectName(u"connectRunpod"_s);
    m_choices->setSpacing(3 * metrics::unit);
    m_choices->addWidget(m_practise, 1);
    m_choices->addWidget(m_here, 1);
    m_choices->addWidget(m_connect, 1);

    auto* inner = new QWidget;
    inner->setMaximumWidth(columnWidth);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    column->addSpacing(3 * metrics::unit);
    column->addLayout(m_choices);
    column->addSpacing(2 * metrics::unit);
    column->addWidget(m_promise);
    inner->setLayout(column);

    auto* outer = makeLayout<QVBoxLayout>(0);
    outer->addStretch(2);
    auto* middle = makeLayout<QHBoxLayout>(0);
    middle->addStretch(1);
    middle->addWidget(inner, 100);
    middle->addStretch(1);
    outer->addLayout(middle);
    outer->addStretch(3);
    setLayout(outer);

    connect(m_practise, &ChoiceCard::clicked, this, &EmptyHome::practiseChosen);
    connect(m_here, &ChoiceCard::clicked, this, &EmptyHome::hereChosen);
    connect(m_connect, &ChoiceCard::clicked, this, &EmptyHome::connectChosen);
    retranslate();
}

void EmptyHome::retranslate()
{
    m_title->setText(tr("Make pictures on your own GPU"));
    m_subtitle->setText(tr("Visgate puts image models to work on a GPU that you rent by the second. "
                           "You see the price before anything starts."));
    m_practise->setWords(tr("Practise"),
        tr("Try the whole way to a picture with play money. No account, no key, nothing to pay."), tr("Practise"));
    m_here->setWords(tr("Try it on this computer"),
        tr("A small demo model draws simple shapes right here. No account, and nothing to pay but electricity."),
        tr("Try it here"));
    m_here->setVisible(m_accounts.provider(AccountId::thisComputer()).isHere);
    arrange();
    m_connect->setWords(tr("Connect Runpod"),
        tr("Use your own Runpod account. You need a key; each step is explained."), tr("Connect Runpod"));
    m_promise->setText(tr("Keys stay in the keychain of this computer. Visgate has no account and reports to nobody."));
}

void EmptyHome::resizeEvent(QResizeEvent* event)
{
    Retranslated::resizeEvent(event);
    arrange();
}

void EmptyHome::arrange()
{
    const int shown = m_here->isHidden() ? 2 : 3;
    m_choices->setDirection(width() < shown * leastOfOne ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace visgate::ui
