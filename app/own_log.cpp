// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/own_log.h"

#include "core/foundation/redactor.h"

#include <QStringList>

#include <array>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/dist_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

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
    spdlog::pattern_formatter m_pattern{"%Y-%m-%dT%H:%M:%S.%fZ %P %l [%n] %v", spdlog::pattern_time_type::utc};
};

spdlog::level::level_enum levelOf(LogLevel level)
{
    constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
    return levels.at(static_cast<std::size_t>(level));
}

/// The level that "info, network=debug" gives this part.
LogLevel levelFor(const QString& part, const QString& levels)
{
    LogLevel found = LogLevel::Info;
    for (const QString& entry : levels.split(u',', Qt::SkipEmptyParts)) {
        const QString name = entry.contains(u'=') ? entry.section(u'=', 0, 0).trimmed() : QString();
        const auto level = logLevelFromString(entry.section(u'=', -1).trimmed().toStdString());
        if (level && (name.isEmpty() || name == part))
            found = *level;
    }
    return found;
}

/// Foreign text stays on its line and commands no terminal.
std::string onOneLine(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string line;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f)
            line.append("\\x").append(1, digits[byte >> 4U]).append(1, digits[byte & 0xfU]);
        else
            line += c;
    }
    return line;
}

class Pen final : public OwnLog {
public:
    Pen(const char* part, spdlog::sink_ptr sinks, LogLevel level) : m_logger(part, std::move(sinks))
    {
        m_logger.set_level(levelOf(level));
        m_logger.flush_on(spdlog::level::trace);
        // A full disk is told where it matters, not by the log.
        m_logger.set_error_handler([](const std::string&) {});
    }

    [[nodiscard]] bool takes(LogLevel level) const override { return m_logger.should_log(levelOf(level)); }
    void write(LogLevel level, std::string_view text) override
    {
        const std::string line = onOneLine(text);
        m_logger.log(levelOf(level), spdlog::string_view_t(line.data(), line.size()));
    }

private:
    spdlog::logger m_logger;
};

} // namespace

class OwnLogFile::Sinks {
public:
    explicit Sinks(std::shared_ptr<const Redactor> redactor) : m_redactor(std::move(redactor)) { }

    void add(spdlog::sink_ptr sink)
    {
        sink->set_formatter(std::make_unique<RedactingFormatter>(m_redactor));
        m_all->add_sink(std::move(sink));
    }
    void remove(spdlog::sink_ptr sink) { m_all->remove_sink(std::move(sink)); }
    [[nodiscard]] spdlog::sink_ptr all() const { return m_all; }

private:
    std::shared_ptr<const Redactor> m_redactor;
    std::shared_ptr<spdlog::sinks::dist_sink_mt> m_all = std::make_shared<spdlog::sinks::dist_sink_mt>();
};

OwnLogFile::OwnLogFile(std::shared_ptr<const Redactor> redactor, const QString& levels, bool verbose)
    : m_sinks(std::make_shared<Sinks>(std::move(redactor)))
{
    if (verbose)
        m_sinks->add(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    const auto pen = [&](const char* part) {
        const LogLevel level = verbose ? LogLevel::Debug : levelFor(QString::fromLatin1(part), levels);
        return std::make_shared<Pen>(part, m_sinks->all(), level);
    };
    m_parts = {pen("program"), pen("engine"), pen("network"), pen("api")};
}

std::shared_ptr<const void> OwnLogFile::openFile(const QString& path, Size size)
{
    try {
        const auto file
            = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path.toStdString(), size.bytes, size.older);
        m_sinks->add(file);
        return {file.get(), [sinks = m_sinks, file](const void*) { sinks->remove(file); }};
    } catch (const spdlog::spdlog_ex&) {
        return {}; // work goes on without it
    }
}

} // namespace visgate
