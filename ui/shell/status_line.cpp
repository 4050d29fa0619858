// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_line.h"

#include "core/service/deployment_service.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/common/widgets.h"
#include "ui/models/deployment_list_model.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

StatusLine::StatusLine(const UiContext& context, const DeploymentListModel& deployments, QWidget* parent)
    : Retranslated(parent), m_context(context), m_deployments(deployments), m_icon(new IconLabel({}, 16)),
      m_state(new ElidedLabel), m_money(new QLabel)
{
    setObjectName(u"statusLine"_s);
    m_state->setProperty("text-style", u"caption"_s);
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
    for (const auto signal : {&DeploymentListModel::rowsInserted, &DeploymentListModel::rowsRemoved})
        connect(&deployments, signal, this, &StatusLine::retranslate);
    connect(&deployments, &DeploymentListModel::dataChanged, this, &StatusLine::retranslate);
    retranslate();
}

void StatusLine::retranslate()
{
    const Format& format = m_context.language.format();
    const int running = m_deployments.runningCount();
    const double real = m_deployments.usdPerHour(Target::Runpod);
    const double play = m_deployments.usdPerHour(Target::Practice);
    if (!m_connected) {
        m_icon->setIcon(m_context.theme.icon(u"offline"_s, Ink::Warning));
        m_state->setFullText(tr("The engine does not answer; what you see may be old."));
    } else {
        const bool busy = running > 0;
        m_icon->setIcon(m_context.theme.icon(busy ? u"gpu"_s : u"check"_s, busy ? Ink::Accent : Ink::Good));
        m_state->setFullText(busy ? tr("%n GPU worker(s) running", nullptr, running) : tr("Nothing is running"));
    }
    QString money = tr("Real money: %1").arg(format.moneyPerHour(real));
    if (play > 0.0)
        money = tr("Play money: %1").arg(format.moneyPerHour(play)) + u"   ·   "_s + money;
    m_money->setText(money);
}

} // namespace visgate::ui
