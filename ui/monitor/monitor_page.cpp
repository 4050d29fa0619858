// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/monitor_page.h"

#include "core/operations/statistics.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/charts/chart_group.h"
#include "ui/charts/chart_table.h"
#include "ui/charts/time_chart.h"
#include "ui/common/desktop.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/common/on_pool.h"
#include "ui/common/ui_settings.h"
#include "ui/item_models/deployment_items.h"
#include "ui/logs/log_panel.h"
#include "ui/monitor/deployment_choice.h"
#include "ui/monitor/explanation.h"
#include "ui/monitor/stage_card.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QPixmap>
#include <QSaveFile>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr qsizetype kMostLogs = 20; ///< that are read side by side

/// Of a file's columns; not translated, a script reads them.
QString csvUnit(MonitorChart chart)
{
    switch (MonitorCharts::unit(chart)) {
    case ValueUnit::Money:
        return chart == MonitorChart::PerHour ? u"USD per hour"_s : u"USD"_s;
    case ValueUnit::Seconds:
        return u"seconds"_s;
    case ValueUnit::Count:
        return chart == MonitorChart::Jobs ? u"jobs"_s : u"workers"_s;
    }
    return {};
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
}

QString plotName(MonitorChart chart)
{
    constexpr std::array names{"chartWorkers", "chartGpus", "chartRegions", "chartPerHour", "chartSoFar", "chartJobs",
        "chartQueued", "chartFirstStep", "chartRan"};
    return QString::fromLatin1(names.at(static_cast<std::size_t>(chart)));
}

} // namespace

void MonitorPage::showDeployment(const DeploymentId& id)
{
    m_who->choose(id);
    ask();
}

MonitorTime MonitorPage::time() const
{
    return static_cast<MonitorTime>(std::max(0, m_when->currentIndex()));
}

bool MonitorPage::isOne() const
{
    return !m_who->chosen().isEmpty();
}

void MonitorPage::ask()
{
    m_metrics.reset();
    m_group->backToWhole();
    m_group->setChosen({});
    m_source->ask(m_who->chosen(), time());
    showAll();
}

void MonitorPage::take(const QList<DeploymentMetrics>& metrics, ChartRange range)
{
    if (std::exchange(m_saysError, false))
        m_message->clear();
    m_metrics = metrics;
    m_now = range.until;
    if (!isOne())
        m_who->addKnown(metrics);
    m_group->setWhole(range);
    showAll();
    if (m_deployments.rowCount() == 0 && !hasAnything() && !m_ranBefore)
        askWhetherEver();
}

/// Whoever has run nothing yet is told what to do; whoever has, that it was longer ago.
void MonitorPage::askWhetherEver()
{
    GetMetrics question;
    question.to = std::chrono::system_clock::now();
    question.from = question.to - lengthOf(MonitorTime::Month);
    question.maxSpans = 1;
    whenDone(m_context.service.call(question), this, [this](const Result<QList<DeploymentMetrics>>& answer) {
        if (!answer)
            return;
        m_ranBefore = !answer->isEmpty();
        showAll();
    });
}

void MonitorPage::refuse(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    m_saysError = true;
    m_busy->hide(); // what was known stays
    m_message->say({Tone::Bad, text.message, text.remedy, tr("Try again"), [this] {
                        m_busy->setVisible(!m_metrics);
                        m_source->askAgain();
                    }});
}

bool MonitorPage::hasAnything() const
{
    const Millis from = m_group->shown().from;
    return m_metrics && std::any_of(m_metrics->cbegin(), m_metrics->cend(), [&](const DeploymentMetrics& of) {
        const bool hasStage = std::any_of(of.stages.cbegin(), of.stages.cend(), [&](const StageSpan& stage) {
            return stage.status != DeploymentStatus::Deleted && (!stage.until || toMillis(*stage.until) > from);
        });
        return hasStage || !of.workers.isEmpty() || !of.jobs.isEmpty();
    });
}

QHash<DeploymentId, EndpointId> MonitorPage::endpoints() const
{
    QHash<DeploymentId, EndpointId> result;
    for (int row = 0; row < m_deployments.rowCount(); ++row)
        result.insert(m_deployments.at(row).id, m_deployments.at(row).endpointId);
    return result;
}

void MonitorPage::showAll()
{
    const bool isKnown = m_metrics.has_value();
    const bool isSomething = hasAnything();
    m_busy->setVisible(!isKnown && !m_saysError);
    m_nothing->setVisible(isKnown && !isSomething);
    for (QWidget* const part : {m_summary, m_tools, m_drawings, m_logCard})
        part->setVisible(isSomething);
    const bool hasRun = m_deployments.rowCount() > 0 || m_ranBefore.value_or(false);
    m_nothingTitle->setText(hasRun ? tr("Nothing ran in this time") : tr("Nothing has run yet"));
    m_nothingText->setText(hasRun
            ? tr("Choose a longer time above, or start a model.")
            : tr("What your models do, on which GPUs and for how much, is shown here from the first start on."));
    m_stages->setVisible(isOne() && isSomething);
    if (!isSomething)
        return;
    if (isOne())
        m_stages->show(m_metrics->first(), m_now);
    const auto shared = endpoints();
    for (const MonitorChart kind : monitorCharts)
        showChart(kind, shared);
    explain();
    showLog();
}

void MonitorPage::showLog()
{
    QList<DeploymentId> ids;
    for (const DeploymentMetrics& of : *m_metrics) {
        if (ids.size() < kMostLogs) // the newest come first
            ids.append(of.id);
    }
    if (ids == m_logged)
        return; // whoever reads in it stays where they are
    m_logged = ids;
    m_log->setDeployments(ids);
}

TimeChart& MonitorPage::chart(MonitorChart kind)
{
    TimeChart*& mine = m_charts.at(static_cast<std::size_t>(kind));
    if (mine == nullptr) {
        mine = new TimeChart(m_context, *m_group, plotName(kind), MonitorCharts::unit(kind));
        const auto before = std::count_if(m_charts.begin(), m_charts.begin() + static_cast<int>(kind),
            [](const TimeChart* other) { return other != nullptr; });
        m_column->insertWidget(1 + static_cast<int>(before), mine); // after the states
        mine->setTable(m_table->isChecked());
        orderTabs();
        connect(mine, &TimeChart::copyRequested, this, [this](const QString& text) {
            m_context.desktop.copyText(text);
            m_message->say({Tone::Good, tr("The table was copied."), {}, tr("Close"), [this] { m_message->clear(); }});
        });
    }
    return *mine;
}

void MonitorPage::showChart(MonitorChart kind, const QHash<DeploymentId, EndpointId>& endpoints)
{
    const ChartData figures = MonitorCharts::data(kind, *m_metrics, endpoints);
    if (figures.isEmpty()) {
        // Nobody tells it: no empty frame.
        if (TimeChart* const mine = m_charts.at(static_cast<std::size_t>(kind)))
            mine->hide();
        return;
    }
    const Format& format = m_context.language.format();
    TimeChart& mine = chart(kind);
    mine.show({MonitorCharts::title(kind), figures, MonitorCharts::scale(kind, format),
        MonitorCharts::words(kind, figures, format)});
    mine.setVisible(true);
}

/// Charts come when they first have something to show, not in the order of the page.
void MonitorPage::orderTabs()
{
    QWidget* before = m_png;
    QList<QWidget*> stops{m_stages->stop()};
    for (const TimeChart* const mine : m_charts) {
        if (mine != nullptr)
            stops += mine->stops();
    }
    for (QWidget* const stop : std::as_const(stops)) {
        QWidget::setTabOrder(before, stop);
        before = stop;
    }
}

void MonitorPage::explain()
{
    m_whole->setVisible(m_group->isZoomed());
    if (!hasAnything())
        return;
    const ChartRange range = m_group->shown();
    m_explanation->setText(Explanation::of(*m_metrics, range, endpoints(), m_context.language.format()).join(u' '));
    const QString gpus = isOne() ? Explanation::gpus(m_metrics->first(), range) : QString();
    m_gpus->setText(gpus);
    m_gpus->setVisible(!gpus.isEmpty());
}

void MonitorPage::setTable(bool table)
{
    for (TimeChart* const mine : m_charts) {
        if (mine != nullptr)
            mine->setTable(table);
    }
    orderTabs();
}

QString MonitorPage::suggestedPath(const QString& suffix) const
{
    const QString when = QDateTime::currentDateTime().toString(u"yyyy-MM-dd-HHmm"_s);
    return m_context.settings.pictureFolder() + u"/visgate-monitor-"_s + when + u'.' + suffix;
}

void MonitorPage::saveFigures()
{
    QList<NamedChart> charts;
    for (const MonitorChart kind : monitorCharts) {
        const TimeChart* const mine = m_charts.at(static_cast<std::size_t>(kind));
        if (mine != nullptr && !mine->isHidden())
            charts.append({mine->title(), csvUnit(kind),
                thinned(mine->data(), m_group->shown(), std::numeric_limits<int>::max())});
    }
    m_context.desktop.askSavePath(
        this, tr("Save the figures"), suggestedPath(u"csv"_s), [this, charts](const QString& path) {
            whenDone(onPool([charts, path] { return writeFile(path, toCsv(charts)); }), this,
                [this, path](bool saved) { tellSaved(saved, path); });
        });
}

void MonitorPage::savePicture()
{
    const qreal ratio = devicePixelRatioF();
    QPixmap pixmap(m_drawings->size() * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(m_context.theme.colours().window);
    m_drawings->render(&pixmap, QPoint(), QRegion(), QWidget::DrawChildren);
    const QImage picture = pixmap.toImage();
    m_context.desktop.askSavePath(
        this, tr("Save the picture"), suggestedPath(u"png"_s), [this, picture](const QString& path) {
            whenDone(onPool([picture, path] { return picture.save(path, "PNG"); }), this,
                [this, path](bool saved) { tellSaved(saved, path); });
        });
}

void MonitorPage::tellSaved(bool saved, const QString& path)
{
    const QString shown = QDir::toNativeSeparators(path);
    const auto close = [this] { m_message->clear(); };
    m_saysError = false;
    if (saved)
        m_message->say({Tone::Good, tr("Saved as %1").arg(shown), {}, tr("Close"), close});
    else
        m_message->say({Tone::Bad, tr("%1 cannot be written.").arg(shown),
            tr("Choose another folder, or make room on the disk."), tr("Close"), close});
}

void MonitorPage::showEvent(QShowEvent* event)
{
    Retranslated::showEvent(event);
    if (!m_metrics)
        showAll();
    m_source->ask(m_who->chosen(), time());
    m_source->setWatched(true);
}

void MonitorPage::hideEvent(QHideEvent* event)
{
    Retranslated::hideEvent(event);
    m_source->setWatched(false);
}

void MonitorPage::retranslate()
{
    m_title->setText(tr("Monitor"));
    m_who->refresh();
    m_when->setAccessibleName(tr("Time"));
    const QStringList times{tr("Live (15 minutes)"), tr("1 hour"), tr("24 hours"), tr("7 days"), tr("30 days")};
    if (m_when->count() == 0)
        m_when->addItems(times);
    for (int index = 0; index < m_when->count(); ++index)
        m_when->setItemText(index, times.at(index));
    m_table->setText(tr("As a table"));
    m_table->setToolTip(tr("The figures of each chart in rows, to read and to copy"));
    m_csv->setText(tr("Save figures"));
    m_csv->setToolTip(tr("As a CSV file, for a spreadsheet"));
    m_png->setText(tr("Save picture"));
    m_png->setToolTip(tr("As a PNG file"));
    m_whole->setText(tr("Whole time"));
    m_whole->setToolTip(tr("Back from what was zoomed into"));
    m_nothingButton->setText(tr("Choose a model"));
    showAll();
}

} // namespace visgate::ui
