// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/home/other_endpoints.h"

#include "core/operations/accounts.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/account_list.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {

OtherEndpoints::OtherEndpoints(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_note(makeLabel(TextStyle::Muted)), m_rows(makeLayout<QVBoxLayout>(1))
{
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_title);
    column->addWidget(m_note);
    column->addLayout(m_rows);
    setLayout(column);
    connect(&context.service, &DeploymentService::endpointsChanged, this, &OtherEndpoints::reload);
    retranslate();
    reload();
}

void OtherEndpoints::reload()
{
    whenDone(
        m_context.service.call(ListEndpoints{false}), this, [this](const Result<QList<AccountEndpoint>>& endpoints) {
            if (!endpoints)
                return; // what was seen last stays; whoever asks for something in that account is told
            QList<AccountEndpoint> others = *endpoints;
            others.removeIf([](const AccountEndpoint& endpoint) { return endpoint.owner == EndpointOwner::Ours; });
            if (std::exchange(m_endpoints, others) != others)
                retranslate();
        });
}

QWidget* OtherEndpoints::makeRow(const AccountEndpoint& endpoint) const
{
    auto* name = new ElidedLabel;
    name->setProperty("text-style", u"strong"_s);
    name->setFullText(endpoint.name);
    auto* about = makeLabel(TextStyle::Caption);
    const QString maker
        = endpoint.owner == EndpointOwner::OtherApp ? tr("made by another Visgate") : tr("not made by Visgate");
    about->setText(m_context.accounts.nameOf(endpoint.target) + u"  ·  "_s + maker + u"  ·  "_s
        + tr("up to %n worker(s)", nullptr, endpoint.workersMax));
    auto* words = makeLayout<QVBoxLayout>(0.5);
    words->addWidget(name);
    words->addWidget(about);
    auto* line = makeLayout<QHBoxLayout>(1.5, 12);
    line->addLayout(words, 1);
    auto* badge = new Badge(m_context.theme);
    if (endpoint.workersMin > 0)
        badge->show(Tone::Warning, u"warning"_s,
            endpoint.usdPerHour > 0.0
                ? tr("Costs %1 day and night")
                      .arg(m_context.language.format().moneyPerHour(endpoint.usdPerHour, endpoint.target))
                : tr("Costs money day and night"));
    else if (endpoint.workersMax == 0)
        badge->show(Tone::Neutral, u"pause"_s, tr("Paused"));
    else
        badge->show(Tone::Neutral, u"asleep"_s, tr("Costs when it is used"));
    line->addWidget(badge, 0, Qt::AlignVCenter);
    auto* row = makeFrame("well");
    row->setObjectName(u"otherEndpoint"_s);
    row->setLayout(line);
    return row;
}

void OtherEndpoints::retranslate()
{
    m_title->setText(tr("Not ours"));
    m_note->setText(
        tr("Other endpoints of your accounts. Visgate never changes them; what they cost is on the same bill."));
    clearRows(*m_rows);
    for (const AccountEndpoint& endpoint : std::as_const(m_endpoints))
        m_rows->addWidget(makeRow(endpoint));
    setVisible(!m_endpoints.isEmpty());
}

} // namespace visgate::ui
