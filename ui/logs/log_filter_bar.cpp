// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_filter_bar.h"

#include "ui/item_models/state_words.h"
#include "ui/logs/log_items.h"
#include "ui/widgets/widgets.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QResizeEvent>
#include <QSignalBlocker>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int fewestLetters = 12;
constexpr int spareWidth = 40; ///< beyond what the choices need beside each other

QComboBox* makeChoice(const QString& objectName)
{
    auto* choice = new QComboBox;
    choice->setObjectName(objectName);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(fewestLetters);
    return choice;
}

/// By its data; the first entry, which is for all, if it is not there.
void choose(QComboBox& box, const QVariant& data)
{
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

/// A state of the deployment while it was written, as its card would say.
QString stageWord(const QString& stage)
{
    const auto status = deploymentStatusFromString(stage);
    if (!status)
        return oneLine(stage);
    Deployment deployment;
    deployment.status = *status;
    deployment.workers.idle = 1; // "Ready", not asleep
    return States::of(deployment).word;
}

} // namespace

LogFilterBar::LogFilterBar(LogItems& items, QWidget* parent)
    : Retranslated(parent), m_items(items), m_level(makeChoice(u"logLevel"_s)), m_worker(makeChoice(u"logWorker"_s)),
      m_stage(makeChoice(u"logStage"_s)), m_clear(makeButton(ButtonKind::Plain)), m_row(makeLayout<QHBoxLayout>(1))
{
    m_clear->setObjectName(u"clearLogFilters"_s);
    m_row->addWidget(m_level, 1);
    m_row->addWidget(m_worker, 1);
    m_row->addWidget(m_stage, 1);
    m_row->addWidget(m_clear);
    setLayout(m_row);
    for (const QComboBox* box : {m_level, m_worker, m_stage})
        connect(box, &QComboBox::currentIndexChanged, this, &LogFilterBar::apply);
    connect(m_clear, &QPushButton::clicked, this, &LogFilterBar::clear);
    connect(&m_items, &LogItems::seenChanged, this, &LogFilterBar::offerSeen);
    retranslate();
}

void LogFilterBar::clear()
{
    {
        const QSignalBlocker level(m_level);
        const QSignalBlocker worker(m_worker);
        const QSignalBlocker stage(m_stage);
        m_level->setCurrentIndex(0);
        m_worker->setCurrentIndex(0);
        m_stage->setCurrentIndex(0);
    }
    apply();
}

void LogFilterBar::forgetWorker()
{
    m_worker->setCurrentIndex(0);
}

void LogFilterBar::apply()
{
    LogFilter filter;
    filter.minLevel = static_cast<LogLevel>(m_level->currentData().toInt());
    if (m_worker->currentIndex() > 0)
        filter.worker = m_worker->currentData().toString();
    if (m_stage->currentIndex() > 0)
        filter.stage = m_stage->currentData().toString();
    m_clear->setEnabled(!filter.isEmpty());
    if (filter == m_items.filter())
        return;
    m_items.setFilter(filter);
    Q_EMIT filterChanged();
}

void LogFilterBar::offerSeen()
{
    const LogFilter& wish = m_items.filter();
    QStringList workers = m_items.workers();
    QStringList stages = m_items.stages();
    // What is asked for stays on offer, also while its lines are not read yet.
    if (wish.worker && !workers.contains(*wish.worker))
        workers.append(*wish.worker);
    if (!wish.stage.isEmpty() && !stages.contains(wish.stage))
        stages.append(wish.stage);
    const QSignalBlocker quietWorker(m_worker);
    const QSignalBlocker quietStage(m_stage);
    m_worker->clear();
    m_worker->addItem(tr("All workers"));
    for (const QString& worker : workers)
        m_worker->addItem(worker.isEmpty() ? tr("Visgate itself") : worker, worker);
    m_stage->clear();
    m_stage->addItem(tr("All stages"));
    for (const QString& stage : stages)
        m_stage->addItem(stageWord(stage), stage);
    if (wish.worker)
        choose(*m_worker, *wish.worker);
    if (!wish.stage.isEmpty())
        choose(*m_stage, wish.stage);
}

void LogFilterBar::resizeEvent(QResizeEvent* event)
{
    Retranslated::resizeEvent(event);
    int needed = m_row->spacing() * (m_row->count() - 1);
    for (int i = 0; i < m_row->count(); ++i)
        needed += m_row->itemAt(i)->widget()->minimumSizeHint().width();
    // With some to spare: side by side, the row never gets narrower than it needs.
    const bool stacked = event->size().width() < needed + spareWidth;
    m_row->setDirection(stacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void LogFilterBar::retranslate()
{
    const QSignalBlocker quiet(m_level);
    const QVariant level = m_level->currentData();
    m_level->clear();
    m_level->addItem(tr("All lines"), static_cast<int>(LogLevel::Debug));
    m_level->addItem(tr("Warnings and errors"), static_cast<int>(LogLevel::Warning));
    m_level->addItem(tr("Errors"), static_cast<int>(LogLevel::Error));
    choose(*m_level, level);
    m_level->setAccessibleName(tr("Which levels are shown"));
    m_worker->setAccessibleName(tr("Which workers are shown"));
    m_stage->setAccessibleName(tr("Which stages are shown"));
    m_clear->setText(tr("Clear filters"));
    m_clear->setEnabled(!m_items.filter().isEmpty());
    offerSeen();
}

} // namespace visgate::ui
