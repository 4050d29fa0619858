// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/endpoint/endpoint_sheet.h"

#include "core/service/deployment_service.h"
#include "ui/common/account_list.h"
#include "ui/endpoint/recipe_form.h"
#include "ui/endpoint/release_list.h"
#include "ui/endpoint/warm_form.h"
#include "ui/endpoint/workers_form.h"
#include "ui/theme/theme.h"
#include "ui/widgets/page.h"
#include "ui/widgets/sheet_header.h"
#include "ui/widgets/widgets.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {

EndpointSheet::EndpointSheet(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_header(new SheetHeader(context.theme, u"closeEndpointSheet"_s)),
      m_monitor(makeButton(ButtonKind::Link, context.theme.icon(u"monitor"_s, Ink::Accent))),
      m_warm(new WarmForm(context)), m_workers(new WorkersForm(context)), m_recipe(new RecipeForm(context)),
      m_releases(new ReleaseList(context))
{
    m_monitor->setObjectName(u"openInMonitor"_s);
    auto* body = new Page(0);
    body->column()->setSpacing(3 * metrics::unit);
    body->column()->addWidget(m_monitor, 0, Qt::AlignLeft);
    body->column()->addWidget(m_warm);
    body->column()->addWidget(m_workers);
    body->column()->addWidget(m_recipe);
    body->column()->addWidget(m_releases);
    body->column()->addStretch(1);
    auto* whole = makeLayout<QVBoxLayout>(0);
    whole->addWidget(m_header);
    whole->addWidget(body, 1);
    setLayout(whole);
    connect(m_header, &SheetHeader::closeRequested, this, &EndpointSheet::closeRequested);
    connect(m_monitor, &QPushButton::clicked, this, [this] { Q_EMIT monitorRequested(m_id); });
    connect(&context.service, &DeploymentService::deploymentChanged, this, [this](const Deployment& deployment) {
        if (deployment.id == m_id)
            take(deployment);
    });
    retranslate();
}

void EndpointSheet::retranslate()
{
    m_monitor->setText(tr("What happened so far: Monitor"));
}

void EndpointSheet::begin(const Deployment& deployment, const QString& title)
{
    m_id = deployment.id;
    m_limits = deployment.limits;
    m_header->setTitle(title);
    m_warm->show(deployment);
    m_workers->show(deployment);
    m_recipe->show(deployment);
    const bool hasReleases = m_context.accounts.provider(deployment.target).hasReleases;
    m_releases->setVisible(hasReleases);
    if (hasReleases)
        m_releases->load(deployment.id);
    m_header->takeFocus();
}

void EndpointSheet::beginWarm()
{
    m_warm->takeFocus();
}

void EndpointSheet::take(const Deployment& deployment)
{
    m_warm->show(deployment);
    m_workers->show(deployment);
    m_recipe->show(deployment);
    // Another configuration is another version.
    if (m_releases->isVisible() && std::exchange(m_limits, deployment.limits) != deployment.limits)
        m_releases->load(m_id);
}

} // namespace visgate::ui
