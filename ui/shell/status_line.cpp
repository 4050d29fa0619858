// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_line.h"

#include "core/service/deployment_service.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/deployment_items.h"
#include "ui/item_models/money_figures.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

StatusLine::StatusLine(
    const UiContext& context, const DeploymentItems& deployments, const MoneyFigures& money, QWidget* parent)
    : Retranslated(parent), m_context(context), m_deployments(deployments), m_figures(money),
      m_icon(new IconLabel({}, 16)), m_state(new ElidedLabel), m_money(new QLabel)
{
    setObjectName(u"statusLine"_s);
    m_state->setProperty("text-style", u"caption"_s);
    m_money->setObjectName(u"statusMoney"_s);
    m_money->setProperty("text-style", u"caption"_s);
    auto* row = makeLayout<QHBoxLayout>(1);
    row->setContentsMargins(16, 6, 16, 6);
    row->addWidget(m_icon);
    row->addWidget(m_state, 1);
    row->addWidget(m_money);
    setLayout(row);
    connect(&context.service, &DeploymentService::connectionChanged, this, [this](bool connected) {
        m_connected = connected;
        retranslate();
    });
    connect(&money, &MoneyFigures::changed, this, &StatusLine::retranslate);
    retranslate();
}

void StatusLine::retranslate()
{
    const Format& format = m_context.language.format();
    const int running = m_deployments.runningCount();
    const bool costsElsewhere = m_figures.costsElsewhere();
    if (!m_connected) {
        m_icon->setIcon(m_context.theme.icon(u"offline"_s, Ink::Warning));
        m_state->setFullText(tr("The engine does not answer; what you see may be old."));
    } else {
        const bool busy = running > 0;
        const Ink idle = costsElsewhere ? Ink::Warning : Ink::Good;
        m_icon->setIcon(m_context.theme.icon(
            busy ? u"gpu"_s : (costsElsewhere ? u"warning"_s : u"check"_s), busy ? Ink::Accent : idle));
        if (busy)
            m_state->setFullText(tr("%n GPU worker(s) running", nullptr, running));
        else
            m_state->setFullText(costsElsewhere ? tr("Nothing of Visgate is running; another endpoint costs money")
                                                : tr("Nothing is running"));
    }
    m_money->setText(m_figures.words(format));
}

} // namespace visgate::ui
