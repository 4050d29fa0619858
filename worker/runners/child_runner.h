// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/platform/child_process.h"
#include "worker/runners/messenger.h"
#include "worker/runners/runner.h"

#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace visgate::worker {

/// A runner in a process of its own (worker/runners/README.md): its crash, its hang and its garbage cost the job in
/// hand and never the worker. It is started by load(), and again after it was lost.
class ChildRunner final : public Runner {
public:
    struct Program {
        platform::Command command;
        std::string name; ///< what it must call itself
        bool isDemo = false;
        std::function<std::string()> model; ///< what "load" is asked with, a JSON object; empty: it knows
    };
    /// How long it may go on after it was asked to stop, and then after it was asked to end; then it is ended.
    struct Patience {
        std::chrono::milliseconds stop{3'000};
        std::chrono::milliseconds end{2'000};
    };
    /// Gets each line that the process prints, on the thread that calls the runner.
    using OnLine = std::function<void(const std::string& line)>;

    ChildRunner(Program program, OnLine onLine);
    ChildRunner(Program program, OnLine onLine, Patience limits);
    ~ChildRunner() override;

    [[nodiscard]] std::string name() const override { return m_program.name; }
    [[nodiscard]] bool isDemo() const override { return m_program.isDemo; }
    [[nodiscard]] Capabilities capabilities() const override { return m_capabilities; }
    [[nodiscard]] bool isLoaded() const override { return m_isLoaded; }
    void checkAlive() override;
    [[nodiscard]] Result<void> load(const OnPhase& onPhase, const http::CancelToken& cancel) override;
    [[nodiscard]] Result<Generated> generate(const Generation& job, const std::filesystem::path& folder,
        const Progress& progress, const http::CancelToken& cancel) override;

private:
    /// What comes before the answer; false if it makes no sense.
    using OnNews = std::function<bool(const std::string& type, const nlohmann::json& message)>;

    [[nodiscard]] Result<void> start(const http::CancelToken& cancel);
    [[nodiscard]] Result<nlohmann::json> ask(
        nlohmann::json question, const char* answer, const OnNews& onNews, const http::CancelToken& cancel);
    [[nodiscard]] Result<nlohmann::json> await(
        const char* answer, const OnNews& onNews, const http::CancelToken& cancel);
    void readLines(bool isEnd);
    [[nodiscard]] Error lost();
    [[nodiscard]] Error senseless(const std::string& what);

    const Program m_program;
    const OnLine m_onLine;
    const Patience m_patience;
    std::unique_ptr<platform::ChildProcess> m_child;
    std::unique_ptr<Messenger> m_messenger;
    Capabilities m_capabilities;
    bool m_isLoaded = false;
    std::int64_t m_question = 0; ///< number of the latest; answers to earlier ones are skipped
    std::string m_line;          ///< printed, and not ended yet
};

} // namespace visgate::worker
