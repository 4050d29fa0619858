// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/log_items.h"

#include "core/domain/errors/log_words.h"
#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/language.h"
#include "ui/common/local_time.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {

LogItems::LogItems(DeploymentService& service, const Language& language, QObject* parent)
    : QAbstractListModel(parent), m_service(service), m_language(language)
{
    connect(
        &service, &DeploymentService::logAppended, this, [this](const DeploymentId& id, const QList<LogLine>& lines) {
            if (id != m_deployment)
                return;
            if (m_loaded)
                append(lines);
            else
                m_early += lines;
        });
}

void LogItems::setDeployment(const DeploymentId& id)
{
    if (id == m_deployment)
        return;
    beginResetModel();
    m_deployment = id;
    m_lines.clear();
    m_early.clear();
    m_loaded = false;
    endResetModel();
    if (id.isEmpty())
        return;
    whenDone(m_service.call(ReadLogs{id, {}, capacity}), this, [this, id](const Result<QList<LogLine>>& lines) {
        if (id != m_deployment)
            return;
        m_loaded = true;
        if (lines)
            append(*lines);
        append(m_early);
        m_early.clear();
    });
}

void LogItems::append(const QList<LogLine>& lines)
{
    // A line can come twice, from the store and by signal; its number tells.
    const LineNo newest = m_lines.empty() ? LineNo() : m_lines.back().number;
    QList<LogLine> fresh;
    std::copy_if(lines.cbegin(), lines.cend(), std::back_inserter(fresh),
        [newest](const LogLine& line) { return line.number > newest; });
    if (fresh.isEmpty())
        return;
    const std::ptrdiff_t excess = std::ssize(m_lines) + fresh.size() - capacity;
    if (excess > 0 && !m_lines.empty()) {
        const auto drop = std::min<std::ptrdiff_t>(excess, std::ssize(m_lines));
        beginRemoveRows({}, 0, static_cast<int>(drop) - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + drop);
        endRemoveRows();
    }
    const auto first = static_cast<int>(m_lines.size());
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    m_lines.insert(m_lines.end(), fresh.cbegin(), fresh.cend());
    endInsertRows();
}

int LogItems::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QString LogItems::lineText(const LogLine& line) const
{
    const auto figure = [&format = m_language.format()](const QString& plain) { return format.figure(plain); };
    return toLocalTime(line.at).toString(u"HH:mm:ss.zzz"_s) + u"  "_s + logWords(line, figure);
}

void LogItems::retranslate()
{
    if (!m_lines.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

QVariant LogItems::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const LogLine& line = m_lines.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        return lineText(line);
    case LevelRole:
        return static_cast<int>(line.level);
    default:
        return {};
    }
}

QString LogItems::text() const
{
    QString all;
    for (const LogLine& line : m_lines)
        all += lineText(line) + u'\n';
    return all;
}

} // namespace visgate::ui
