// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/message.h"
#include "core/foundation/logs/log_line.h"
#include "core/foundation/result.h"

#include <QList>
#include <QString>

#include <optional>
#include <string>

namespace visgate {

/// `?level=&source=&worker=&q=` of the log routes: a least level, exact source and worker, and a text in the line
/// without regard to case.
class LogFilter {
public:
    /// InvalidRequest for a level that does not exist.
    [[nodiscard]] static Result<LogFilter> fromQuery(const http::Request& request);

    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] bool accepts(const LogLine& line) const;
    [[nodiscard]] QList<LogLine> apply(const QList<LogLine>& lines) const;

private:
    std::optional<LogLevel> m_level;
    std::string m_source;
    std::string m_worker;
    QString m_text;
};

} // namespace visgate
