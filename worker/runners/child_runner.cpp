// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/child_runner.h"

#include "core/foundation/json/json_read.h"
#include "core/foundation/path_text.h"
#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/runners/runner_messages.h"

#include <utility>

namespace visgate::worker {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int protocol = 1;
constexpr milliseconds beat{20}; ///< how soon a request to stop is noticed
constexpr milliseconds lastBreath{500};
constexpr std::size_t longestLine = 64 * 1024;
constexpr std::size_t mostWords = 2'000; ///< of a runner's own message

/// Asks, then insists, then ends the process.
class Stopping {
public:
    Stopping(const http::CancelToken& cancel, const ChildRunner::Patience& limits)
        : m_cancel(cancel), m_patience(limits)
    {
    }

    void act(platform::ChildProcess& child, Messenger& messenger, std::int64_t question)
    {
        if (!m_cancel.isCancelled()) {
            return;
        }
        const auto now = steady_clock::now();
        if (m_stage == Stage::Working) {
            static_cast<void>(messenger.send({{"type", "cancel"}, {"question", question}}));
            next(Stage::Asked, now + m_patience.stop);
        } else if (m_stage == Stage::Asked && now >= m_until) {
            child.terminate();
            next(Stage::Terminated, now + m_patience.end);
        } else if (m_stage == Stage::Terminated && now >= m_until) {
            child.kill();
            next(Stage::Killed, now);
        }
    }

private:
    enum class Stage { Working, Asked, Terminated, Killed };
    void next(Stage stage, steady_clock::time_point until)
    {
        m_stage = stage;
        m_until = until;
    }

    const http::CancelToken& m_cancel;
    ChildRunner::Patience m_patience;
    Stage m_stage = Stage::Working;
    steady_clock::time_point m_until;
};

/// The runner's own account, its code among ours where it is one.
Error failure(const json& message)
{
    const auto code = workerCodeFromString(visgate::json::text(message, "code"));
    const std::string words = visgate::json::text(message, "message").substr(0, mostWords);
    return Error{code ? meaningOf(*code) : ErrorCode::Internal, words.empty() ? "the runner failed" : words, 0, {}, {}};
}

Error ended(int status)
{
    const std::string why = status == 137 ? " (killed; mostly because the machine's memory is full)" : "";
    return Error{ErrorCode::WorkerLost, "the runner ended with status " + std::to_string(status) + why, 0, {}, {}};
}

} // namespace

ChildRunner::ChildRunner(Program program, OnLine onLine) : ChildRunner(std::move(program), std::move(onLine), {}) { }

ChildRunner::ChildRunner(Program program, OnLine onLine, Patience limits)
    : m_program(std::move(program)), m_onLine(std::move(onLine)), m_patience(limits)
{
}

ChildRunner::~ChildRunner() = default;

Result<void> ChildRunner::start(const http::CancelToken& cancel)
{
    auto started = platform::ChildProcess::start(m_program.command);
    if (!started) {
        return fail(started.error());
    }
    m_child = std::move(*started);
    m_messenger = std::make_unique<Messenger>(m_child->channel());
    m_question = 0;
    const auto hello = await("hello", {}, cancel);
    if (!hello) {
        return fail(hello.error());
    }
    if (visgate::json::intOr(*hello, "protocol", 0) != protocol
        || visgate::json::text(*hello, "runner") != m_program.name) {
        return fail(senseless("it is another runner, or speaks another version"));
    }
    return {};
}

Result<void> ChildRunner::load(const OnPhase& onPhase, const http::CancelToken& cancel)
{
    m_isLoaded = false;
    if (!m_child) {
        onPhase("starting the runner");
        if (auto started = start(cancel); !started) {
            m_messenger.reset();
            m_child.reset();
            return started;
        }
    }
    const json model = m_program.model ? json::parse(m_program.model(), nullptr, false) : json::object();
    const auto answer = ask(
        {{"type", "load"}, {"model", model}}, "loaded",
        [&onPhase](const std::string& type, const json& message) {
            onPhase(visgate::json::text(message, "phase"));
            return type == "phase";
        },
        cancel);
    if (!answer) {
        return fail(answer.error());
    }
    const json* const can = visgate::json::find(*answer, "capabilities");
    m_capabilities = messages::capabilities(can != nullptr ? *can : json());
    if (m_capabilities.tasks.empty()) {
        return fail(senseless("it can do nothing"));
    }
    m_isLoaded = true;
    return {};
}

void ChildRunner::checkAlive()
{
    while (m_isLoaded) {
        json message;
        const auto got = m_messenger->receive(message, milliseconds(0));
        if (got == Messenger::Got::End || (got == Messenger::Got::Nothing && m_child->exitStatus())) {
            m_onLine(lost().detail + ", with nothing to do");
        } else if (got == Messenger::Got::Garbage) {
            m_onLine(senseless("what it sent cannot be read").detail);
        } else if (got == Messenger::Got::Nothing) {
            return;
        } else if (visgate::json::text(message, "type") == "died") {
            m_isLoaded = false;
            m_onLine(ended(visgate::json::intOr(message, "status", 1)).detail + ", with nothing to do");
        } // else the late end of a question that was given up
    }
}

Result<Generated> ChildRunner::generate(const Generation& job, const std::filesystem::path& folder,
    const Progress& progress, const http::CancelToken& cancel)
{
    if (!m_isLoaded) {
        return fail(ErrorCode::Internal, "the model is not loaded");
    }
    const auto onNews = [&progress](const std::string& type, const json& message) {
        if (type == "phase") {
            const auto phase = messages::phaseFromString(visgate::json::text(message, "phase"));
            if (phase && progress.onPhase) {
                progress.onPhase(*phase);
            }
            return phase.has_value();
        }
        const int step = visgate::json::intOr(message, "i", 0);
        const int count = visgate::json::intOr(message, "n", 0);
        const bool isStep = type == "step" && step > 0 && step <= count;
        if (isStep) {
            progress.onStep(step, count);
        }
        return isStep || type == "preview"; // nobody shows those yet
    };
    const auto answer = ask(
        {{"type", "generate"}, {"folder", toUtf8(folder)}, {"job", messages::from(job)}}, "result", onNews, cancel);
    if (!answer) {
        return fail(answer.error());
    }
    return messages::generated(*answer, folder);
}

Result<json> ChildRunner::ask(json question, const char* answer, const OnNews& onNews, const http::CancelToken& cancel)
{
    question["question"] = ++m_question;
    if (!m_messenger->send(question)) {
        return fail(lost());
    }
    return await(answer, onNews, cancel);
}

Result<json> ChildRunner::await(const char* answer, const OnNews& onNews, const http::CancelToken& cancel)
{
    Stopping stopping(cancel, m_patience);
    for (;;) {
        json message;
        const auto got = m_messenger->receive(message, beat);
        readLines(false);
        if (got == Messenger::Got::End || (got == Messenger::Got::Nothing && m_child->exitStatus())) {
            const Error error = lost();
            return cancel.isCancelled() ? fail(ErrorCode::Cancelled, error.detail) : fail(error);
        }
        if (got == Messenger::Got::Garbage) {
            return fail(senseless("what it sent cannot be read"));
        }
        const std::string type = got == Messenger::Got::Message ? visgate::json::text(message, "type") : std::string();
        const bool isOfThis = visgate::json::integerOr(message, "question", 0) == m_question;
        if (type == "died" && (isOfThis || m_isLoaded)) { // a process of its own that held the model, at work or idle
            m_isLoaded = false;
            return cancel.isCancelled() ? fail(ErrorCode::Cancelled)
                                        : fail(ended(visgate::json::intOr(message, "status", 1)));
        }
        if (!type.empty() && isOfThis) {
            if (type == answer) {
                return message;
            }
            if (type == "cancelled") {
                return fail(ErrorCode::Cancelled);
            }
            if (type == "failed") {
                return fail(failure(message));
            }
            if (!onNews || !onNews(type, message)) {
                return fail(senseless("\"" + type.substr(0, 40) + "\" was not to be said here"));
            }
        }
        stopping.act(*m_child, *m_messenger, m_question);
    }
}

void ChildRunner::readLines(bool isEnd)
{
    m_line += m_child->takeOutput();
    for (auto end = m_line.find('\n'); end != std::string::npos; end = m_line.find('\n')) {
        m_onLine(m_line.substr(0, end));
        m_line.erase(0, end + 1);
    }
    if (!m_line.empty() && (isEnd || m_line.size() > longestLine)) {
        m_onLine(std::exchange(m_line, {}));
    }
}

/// The process is gone, or as good as: what it was, and how it ended.
Error ChildRunner::lost()
{
    const auto until = steady_clock::now() + lastBreath;
    auto status = m_child->exitStatus();
    while (!status && steady_clock::now() < until) {
        json ignored;
        static_cast<void>(m_messenger->receive(ignored, beat));
        status = m_child->exitStatus();
    }
    readLines(true);
    m_isLoaded = false;
    m_messenger.reset();
    m_child.reset();
    return status ? ended(*status) : Error{ErrorCode::WorkerLost, "the runner no longer answers", 0, {}, {}};
}

/// Nothing that it says can be relied on any more.
Error ChildRunner::senseless(const std::string& what)
{
    readLines(true);
    m_isLoaded = false;
    m_messenger.reset();
    m_child.reset();
    return Error{ErrorCode::WorkerLost, "the runner was ended: " + what, 0, {}, {}};
}

} // namespace visgate::worker
