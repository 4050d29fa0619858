// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/logs/deployment_logs.h"

#include "core/base/path.h"
#include "core/engine/logs/log_sentences.h"
#include "core/engine/starts/start_causes.h"
#include "core/foundation/logs/log_store.h"
#include "core/foundation/redactor.h"

#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kBatch{50};
constexpr int kMostLines = 100'000;
/// Before the time by which a line is known that came without an id.
constexpr auto kByTime = "at "_L1;
constexpr int kMostSearched = 5'000; ///< for the last word on a job

LogLevel levelOf(const QString& name)
{
    return logLevelFromString(name.toStdString()).value_or(LogLevel::Info);
}

} // namespace

DeploymentLogs::DeploymentLogs(QString folder, std::shared_ptr<Redactor> redactor)
    : m_folder(std::move(folder)), m_redactor(std::move(redactor))
{
    m_batch.setSingleShot(true);
    m_batch.setInterval(kBatch);
    QObject::connect(&m_batch, &QTimer::timeout, &m_batch, [this] { announce(); });
}

DeploymentLogs::~DeploymentLogs() = default;

QString DeploymentLogs::path(const DeploymentId& id) const
{
    return m_folder + u'/' + QString::fromStdString(id.value()) + ".log"_L1;
}

Result<LogStore*> DeploymentLogs::store(const DeploymentId& id)
{
    if (const auto open = m_stores.find(id); open != m_stores.end())
        return open->second.get();
    auto opened = LogStore::open(toPath(path(id)), m_redactor);
    if (!opened)
        return fail(std::move(opened.error()));
    return (m_stores[id] = std::move(*opened)).get();
}

bool DeploymentLogs::append(const DeploymentId& id, LogLine line)
{
    auto target = store(id);
    if (!target)
        return true; // a log that cannot be written must not stop the work it tells of
    std::vector<LogLine> lines;
    lines.push_back(std::move(line));
    auto stored = (*target)->append(std::move(lines));
    if (!stored)
        return true;
    if (stored->empty())
        return false;
    QList<LogLine>& fresh = m_fresh[id];
    std::move(stored->begin(), stored->end(), std::back_inserter(fresh));
    if (!m_batch.isActive())
        m_batch.start();
    return true;
}

void DeploymentLogs::addOwn(const DeploymentId& id, const OrchestrationLine& line, DeploymentStatus stage)
{
    LogLine entry;
    entry.at = line.at;
    entry.level = levelOf(line.level);
    entry.source = "engine";
    entry.stage = toString(stage).toStdString();
    entry.text = line.message.toStdString();
    append(id, std::move(entry));
}

bool DeploymentLogs::addProviderLine(
    const DeploymentId& id, const QString& worker, const ProviderLogLine& line, DeploymentStatus stage)
{
    LogLine entry = readableLine(line.line.toStdString());
    if (!parseUtc(line.timestamp.toStdString(), entry.at))
        entry.at = std::chrono::system_clock::now();
    entry.source = line.source.toStdString();
    const bool isSystem = line.source == "system"_L1;
    // The provider sends its own errors without a level.
    if (entry.level < LogLevel::Error
        && (startCauseOf(line.line, isSystem) || (isSystem && line.line.startsWith("error"_L1))))
        entry.level = LogLevel::Error;
    entry.worker = worker.toStdString();
    entry.stage = toString(stage).toStdString();
    const bool isKnownByTime = line.id.isEmpty() && !line.timestamp.isEmpty();
    entry.providerId = (isKnownByTime ? kByTime + line.timestamp : line.id).toStdString();
    return append(id, std::move(entry));
}

void DeploymentLogs::addReported(const DeploymentId& id, ReportedLine reported, DeploymentStatus stage)
{
    LogLine entry = std::move(reported.line);
    entry.source = "callback";
    // Not the worker's bare id: where the provider's own stream goes on is looked up by that.
    entry.worker = "callback:" + reported.worker.toStdString();
    entry.stage = toString(stage).toStdString();
    entry.providerId = std::to_string(reported.seq);
    append(id, std::move(entry));
}

QString DeploymentLogs::lastProviderId(const DeploymentId& id, const QString& worker)
{
    auto source = store(id);
    if (!source)
        return {};
    const QString last = QString::fromStdString((*source)->lastProviderId(worker.toStdString()));
    return last.startsWith(kByTime) ? QString() : last;
}

Result<QList<LogLine>> DeploymentLogs::read(
    const DeploymentId& id, LineNo since, int limit, std::optional<LineNo> before)
{
    if (!m_stores.contains(id) && !QFileInfo::exists(path(id)))
        return QList<LogLine>();
    auto source = store(id);
    if (!source)
        return fail(std::move(source.error()));
    LogQuery query;
    query.from = since;
    query.before = before;
    query.limit = static_cast<std::size_t>(std::clamp(limit, 0, kMostLines));
    query.fromEnd = true;
    auto lines = (*source)->read(query);
    if (!lines)
        return fail(std::move(lines.error()));
    return QList<LogLine>(lines->begin(), lines->end());
}

std::optional<LogLine> DeploymentLogs::lastLineOf(const DeploymentId& id, const ProviderJobId& job)
{
    const auto lines = read(id, LineNo(), kMostSearched);
    if (!lines)
        return std::nullopt;
    const auto found = std::find_if(
        lines->rbegin(), lines->rend(), [&job](const LogLine& line) { return line.requestId == job.value(); });
    return found == lines->rend() ? std::nullopt : std::optional(*found);
}

void DeploymentLogs::announce()
{
    for (const auto& [id, lines] : std::exchange(m_fresh, {})) {
        if (m_appended)
            m_appended(id, lines);
    }
}

} // namespace visgate
