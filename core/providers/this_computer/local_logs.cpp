// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/this_computer/local_logs.h"

#include <QDir>
#include <QFile>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMostLogs = 10;
constexpr QLatin1String kLogEnd(".log");

} // namespace

LocalLogs::LocalLogs(EndpointId endpoint, QString folder) : m_endpoint(std::move(endpoint)), m_folder(std::move(folder))
{
}

QString LocalLogs::fileOf(const WorkerId& worker) const
{
    return m_folder + u'/' + QString::fromStdString(worker.value()) + kLogEnd;
}

void LocalLogs::makeRoom()
{
    m_logs.clear(); // what is in their files is read again where it is asked for
    QDir().mkpath(m_folder);
    QDir folder(m_folder);
    const QStringList files = folder.entryList({u"*"_s + kLogEnd}, QDir::Files, QDir::Time);
    for (qsizetype i = kMostLogs - 1; i < files.size(); ++i)
        folder.remove(files[i]);
}

WorkerLog& LocalLogs::of(const WorkerId& worker)
{
    std::unique_ptr<WorkerLog>& log = m_logs[worker];
    if (!log)
        log = std::make_unique<WorkerLog>(fileOf(worker));
    return *log;
}

WorkerLog* LocalLogs::find(const WorkerId& worker)
{
    // The name of a file of ours, and no way out of the folder.
    const std::string prefix = m_endpoint.value() + '-';
    const bool isOurs = worker.value().starts_with(prefix)
        && worker.value().find_first_not_of("0123456789abcdef", prefix.size()) == std::string::npos;
    const bool isKept = isOurs && QFile::exists(fileOf(worker));
    return m_logs.contains(worker) || isKept ? &of(worker) : nullptr;
}

} // namespace visgate
