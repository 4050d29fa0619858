// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/own_log.h"

#include "core/base/paths.h"
#include "core/foundation/redactor.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <utility>

namespace visgate {

namespace {

constexpr std::size_t kFileBytes = 4 * 1024 * 1024;
constexpr std::size_t kFiles = 3;

/// Masks the finished line, so that nothing can slip past in a field.
class RedactingFormatter final : public spdlog::formatter {
public:
    explicit RedactingFormatter(std::shared_ptr<const Redactor> redactor) : m_redactor(std::move(redactor)) { }

    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& destination) override
    {
        spdlog::memory_buf_t line;
        m_pattern.format(message, line);
        const std::string masked = m_redactor->redact({line.data(), line.size()});
        destination.append(masked.data(), masked.data() + masked.size());
    }

    [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override
    {
        return std::make_unique<RedactingFormatter>(m_redactor);
    }

private:
    std::shared_ptr<const Redactor> m_redactor;
    spdlog::pattern_formatter m_pattern{"%Y-%m-%dT%H:%M:%S.%fZ %l %v", spdlog::pattern_time_type::utc};
};

} // namespace

std::shared_ptr<spdlog::logger> openOwnLog(const Paths& paths, std::shared_ptr<const Redactor> redactor)
{
    spdlog::sink_ptr sink;
    try {
        sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(paths.ownLog().toStdString(), kFileBytes, kFiles);
    } catch (const spdlog::spdlog_ex&) {
        sink = std::make_shared<spdlog::sinks::null_sink_mt>();
    }
    sink->set_formatter(std::make_unique<RedactingFormatter>(std::move(redactor)));
    auto log = std::make_shared<spdlog::logger>("visgate", std::move(sink));
    log->flush_on(spdlog::level::info);
    return log;
}

} // namespace visgate
