// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/log_filter.h"

#include "core/codec/codec.h"

#include <algorithm>
#include <iterator>

namespace visgate {

Result<LogFilter> LogFilter::fromQuery(const http::Request& request)
{
    LogFilter filter;
    if (const QString level = QString::fromStdString(request.query("level")); !level.isEmpty()) {
        filter.m_level = logLevelFromString(level.toStdString());
        if (!filter.m_level)
            return fail(
                Error{ErrorCode::InvalidRequest, "level: is none of debug, info, warning, error", 0, {}, {"level"}});
    }
    filter.m_source = request.query("source");
    filter.m_worker = request.query("worker");
    filter.m_text = QString::fromStdString(request.query("q"));
    return filter;
}

bool LogFilter::isEmpty() const
{
    return !m_level && m_source.empty() && m_worker.empty() && m_text.isEmpty();
}

bool LogFilter::accepts(const LogLine& line) const
{
    if (m_level && line.level < *m_level)
        return false;
    if (!m_source.empty() && line.source != m_source)
        return false;
    if (!m_worker.empty() && line.worker != m_worker)
        return false;
    return m_text.isEmpty() || QString::fromStdString(line.text).contains(m_text, Qt::CaseInsensitive);
}

QList<LogLine> LogFilter::apply(const QList<LogLine>& lines) const
{
    if (isEmpty())
        return lines;
    QList<LogLine> kept;
    std::copy_if(
        lines.begin(), lines.end(), std::back_inserter(kept), [this](const LogLine& line) { return accepts(line); });
    return kept;
}

} // namespace visgate
