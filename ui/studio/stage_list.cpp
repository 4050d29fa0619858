// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/stage_list.h"

#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/state_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {
namespace {

constexpr std::array stages{DeploymentStatus::Validating, DeploymentStatus::SelectingGpu,
    DeploymentStatus::CreatingEndpoint, DeploymentStatus::DownloadingModel, DeploymentStatus::LoadingModel,
    DeploymentStatus::Ready};

} // namespace

StageList::StageList(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_downloadBar(new BusyBar(context.theme)),
      m_download(makeLabel(TextStyle::Caption))
{
    auto* grid = makeLayout<QGridLayout>(1.25);
    grid->setColumnStretch(1, 1);
    int line = 0;
    for (const auto status : stages) {
        const Row row{status, new IconLabel({}, 20), makeLabel(TextStyle::Body), makeLabel(TextStyle::Muted)};
        row.name->setWordWrap(true);
        row.time->setWordWrap(false);
        row.time->setObjectName(u"stageTime"_s);
        grid->addWidget(row.icon, line, 0);
        grid->addWidget(row.name, line, 1);
        grid->addWidget(row.time, line, 2, Qt::AlignRight);
        m_rows.append(row);
        ++line;
        if (status == DeploymentStatus::DownloadingModel) {
            grid->addWidget(m_downloadBar, line++, 1, 1, 2);
            grid->addWidget(m_download, line++, 1, 1, 2);
        }
    }
    m_downloadBar->setObjectName(u"downloadBar"_s);
    m_download->setObjectName(u"downloadWords"_s);
    setLayout(grid);
    m_tick.setInterval(500ms);
    connect(&m_tick, &QTimer::timeout, this, &StageList::retranslate);
    retranslate();
}

void StageList::show(const Deployment& deployment)
{
    m_deployment = deployment;
    m_sinceShown.restart();
    updateTimer();
    retranslate();
}

void StageList::updateTimer()
{
    const bool counts = isVisible() && States::isStarting(m_deployment.status);
    if (counts && !m_tick.isActive())
        m_tick.start();
    else if (!counts)
        m_tick.stop();
}

void StageList::showEvent(QShowEvent* /*event*/)
{
    updateTimer();
}
void StageList::hideEvent(QHideEvent* /*event*/)
{
    m_tick.stop();
}

QString StageList::nameOf(DeploymentStatus status)
{
    Deployment plain;
    plain.status = status;
    plain.workers.running = 1; // "Ready", not "Asleep"
    return States::of(plain).word;
}

int StageList::currentRow() const
{
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).status == m_deployment.status)
            return static_cast<int>(row);
    }
    if (m_deployment.status != DeploymentStatus::Failed)
        return static_cast<int>(m_rows.size()) - 1;
    // It failed in the last stage that it spent time in.
    int last = 0;
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_deployment.phaseSeconds.contains(toString(m_rows.at(row).status)))
            last = static_cast<int>(row);
    }
    return last;
}

void StageList::showDownload()
{
    const std::optional<ModelDownload>& download = m_deployment.download;
    m_downloadBar->setVisible(download.has_value());
    m_download->setVisible(download.has_value());
    if (!download)
        return;
    m_downloadBar->setShare(download->share().value_or(-1.0));
    m_download->setText(m_context.language.format().transfer(*download));
    m_downloadBar->setAccessibleName(tr("Getting the model: %1").arg(m_download->text()));
}

void StageList::retranslate()
{
    showDownload();
    const Format& format = m_context.language.format();
    const int current = currentRow();
    for (qsizetype index = 0; index < m_rows.size(); ++index) {
        const Row& row = m_rows.at(index);
        Progress progress = index < current ? Progress::Done : Progress::Ahead;
        if (index == current) {
            progress = Progress::Now;
            if (m_deployment.status == DeploymentStatus::Failed)
                progress = Progress::Failed;
            else if (!States::isStarting(m_deployment.status))
                progress = Progress::Done;
        }
        QString icon = u"pending"_s;
        Ink ink = Ink::Muted;
        if (progress == Progress::Done) {
            icon = u"ready"_s;
            ink = Ink::Good;
        } else if (progress == Progress::Now) {
            const StateWords now = States::of(m_deployment);
            // What waits for its user, or for others, does not look busy.
            icon = now.tone == Tone::Working ? u"working"_s : now.icon;
            ink = inkOf(now.tone);
        } else if (progress == Progress::Failed) {
            icon = u"failed"_s;
            ink = Ink::Bad;
        }
        row.icon->setIcon(m_context.theme.icon(icon, ink));
        setStyleProperty(row.name, "text-style",
            progress == Progress::Now ? u"strong"_s : (progress == Progress::Ahead ? u"muted"_s : u"body"_s));
        row.name->setText(progress == Progress::Now ? States::of(m_deployment).word : nameOf(row.status));
        const QString key = toString(row.status);
        // A stage that it came back from lies ahead again, and its time with it.
        const bool timed = progress != Progress::Ahead && m_deployment.phaseSeconds.contains(key)
            && row.status != DeploymentStatus::Ready;
        if (!timed) {
            row.time->setText(QString());
            continue;
        }
        double seconds = m_deployment.phaseSeconds.value(key);
        if (progress == Progress::Now && m_sinceShown.isValid())
            seconds += static_cast<double>(m_sinceShown.elapsed()) / 1000.0;
        row.time->setText(format.duration(std::chrono::milliseconds(static_cast<qint64>(seconds * 1000.0))));
    }
}

} // namespace visgate::ui
