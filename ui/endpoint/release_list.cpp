// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/endpoint/release_list.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {

ReleaseList::ReleaseList(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_nothing(makeLabel(TextStyle::Muted)), m_busy(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme)), m_rows(makeLayout<QVBoxLayout>(1.5))
{
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_title);
    column->addWidget(m_busy);
    column->addWidget(m_message);
    column->addWidget(m_nothing);
    column->addLayout(m_rows);
    setLayout(column);
    retranslate();
}

void ReleaseList::load(const DeploymentId& id)
{
    if (m_deployment != id)
        m_history = {};
    m_deployment = id;
    m_message->clear();
    m_busyNow = true;
    retranslate();
    whenDone(m_context.service.call(ListReleases{id}), this, [this, id](const Result<ReleaseHistory>& history) {
        if (id == m_deployment)
            take(history);
    });
}

void ReleaseList::take(const Result<ReleaseHistory>& history)
{
    m_busyNow = false;
    if (history) {
        m_history = *history;
    } else {
        const ErrorText text = m_context.language.format().describe(history.error());
        m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
    }
    retranslate();
}

void ReleaseList::rollBack(int version)
{
    m_message->clear();
    m_busyNow = true;
    retranslate();
    whenDone(m_context.service.call(RollBack{m_deployment, version}), this,
        [this, id = m_deployment](const Result<ReleaseHistory>& history) {
            if (id == m_deployment)
                take(history);
        });
}

QWidget* ReleaseList::makeRow(const Release& release)
{
    const Format& format = m_context.language.format();
    const bool current = release.version == m_history.current;
    auto* row = makeFrame("well");
    auto* words = makeLayout<QVBoxLayout>(0.5);
    auto* title = makeLabel(TextStyle::Strong);
    const QString name
        = current ? tr("Version %1, in use").arg(release.version) : tr("Version %1").arg(release.version);
    title->setText(release.createdAt ? name + u"  ·  "_s + format.dateAndTime(*release.createdAt) : name);
    auto* changes = makeLabel(TextStyle::Caption);
    const QStringList sentences = inWords(release.changes);
    changes->setText(sentences.isEmpty() ? tr("The first one.") : sentences.join(u'\n'));
    words->addWidget(title);
    words->addWidget(changes);
    auto* line = makeLayout<QHBoxLayout>(1.5, 12);
    line->addLayout(words, 1);
    if (!current) {
        auto* back = makeButton(ButtonKind::Normal);
        back->setObjectName(u"rollBack_%1"_s.arg(release.version));
        back->setText(tr("Bring back"));
        back->setAccessibleName(tr("Bring version %1 back").arg(release.version));
        back->setEnabled(!m_busyNow);
        connect(back, &QPushButton::clicked, this, [this, version = release.version] { rollBack(version); });
        line->addWidget(back, 0, Qt::AlignVCenter);
    }
    row->setLayout(line);
    return row;
}

void ReleaseList::retranslate()
{
    m_title->setText(tr("Versions"));
    m_nothing->setText(tr("No version is known yet."));
    m_nothing->setVisible(!m_busyNow && m_history.releases.isEmpty() && m_message->sentence().isEmpty());
    m_busy->setVisible(m_busyNow);
    clearRows(*m_rows);
    for (const Release& release : std::as_const(m_history.releases))
        m_rows->addWidget(makeRow(release));
}

} // namespace visgate::ui
