// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/endpoint/endpoint_sheet.h"

#include "core/service/deployment_service.h"
#include "ui/common/page.h"
#include "ui/common/widgets.h"
#include "ui/endpoint/release_list.h"
#include "ui/endpoint/warm_form.h"
#include "ui/endpoint/workers_form.h"
#include "ui/theme/theme.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {

EndpointSheet::EndpointSheet(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(new ElidedLabel),
      m_close(makeButton(ButtonKind::Icon, context.theme.icon(u"close"_s))), m_warm(new WarmForm(context)),
      m_workers(new WorkersForm(context)), m_releases(new ReleaseList(context))
{
    m_title->setProperty("text-style", u"title"_s);
    m_close->setObjectName(u"closeEndpointSheet"_s);
    auto* header = makeFrame("header");
    auto* head = makeLayout<QHBoxLayout>(1);
    head->setContentsMargins(24, 16, 16, 16);
    head->addWidget(m_title, 1);
    head->addWidget(m_close);
    header->setLayout(head);
    auto* body = new Page(0);
    body->column()->setSpacing(3 * metrics::unit);
    body->column()->addWidget(m_warm);
    body->column()->addWidget(m_workers);
    body->column()->addWidget(m_releases);
    body->column()->addStretch(1);
    auto* whole = makeLayout<QVBoxLayout>(0);
    whole->addWidget(header);
    whole->addWidget(body, 1);
    setLayout(whole);
    connect(m_close, &QPushButton::clicked, this, &EndpointSheet::closeRequested);
    connect(&context.service, &DeploymentService::deploymentChanged, this, [this](const Deployment& deployment) {
        if (deployment.id == m_id)
            take(deployment);
    });
    retranslate();
}

void EndpointSheet::begin(const Deployment& deployment, const QString& title)
{
    m_id = deployment.id;
    m_limits = deployment.limits;
    m_title->setFullText(title);
    m_warm->show(deployment);
    m_workers->show(deployment);
    m_releases->load(deployment.id);
    m_close->setFocus();
}

void EndpointSheet::beginWarm()
{
    m_warm->takeFocus();
}

void EndpointSheet::take(const Deployment& deployment)
{
    m_warm->show(deployment);
    m_workers->show(deployment);
    // Another configuration is another version.
    if (isVisible() && std::exchange(m_limits, deployment.limits) != deployment.limits)
        m_releases->load(m_id);
}

void EndpointSheet::retranslate()
{
    m_close->setAccessibleName(tr("Close"));
    m_close->setToolTip(tr("Close (Esc)"));
}

} // namespace visgate::ui
