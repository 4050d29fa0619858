// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/runner_program.h"

#include "core/foundation/json/json_read.h"
#include "core/foundation/path_text.h"
#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/runners/messenger.h"
#include "worker/runners/runner_messages.h"

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace visgate::worker {
namespace {

using nlohmann::json;

constexpr std::chrono::milliseconds heed{50};
constexpr int done = 0;
constexpr int alone = 1; ///< without a worker

/// Reads on a thread of its own, so that a cancel is heard while the runner computes.
class Questions {
public:
    explicit Questions(Messenger& messenger) : m_messenger(messenger), m_thread([this] { read(); }) { }
    ~Questions()
    {
        m_isOver = true;
        m_thread.join();
    }

    [[nodiscard]] json next()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_waiting.empty(); });
        json question = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_current = visgate::json::integerOr(question, "question", 0);
        m_cancel = http::CancelToken();
        if (m_cancelled == m_current) {
            m_cancel.cancel(); // it was taken back before it was begun
        }
        return question;
    }

    [[nodiscard]] http::CancelToken cancel() const
    {
        const std::lock_guard lock(m_mutex);
        return m_cancel;
    }

private:
    void read()
    {
        while (!m_isOver) {
            json message;
            const auto got = m_messenger.receive(message, heed);
            const std::lock_guard lock(m_mutex);
            if (got == Messenger::Got::End || got == Messenger::Got::Garbage) {
                std::_Exit(alone); // nobody waits for what is being computed, and nothing of it is ours to clean up
            }
            if (got == Messenger::Got::Nothing) {
                continue;
            }
            if (visgate::json::text(message, "type") != "cancel") {
                m_waiting.push_back(std::move(message));
                m_changed.notify_all();
                continue;
            }
            m_cancelled = visgate::json::integerOr(message, "question", 0);
            if (m_cancelled == m_current) {
                m_cancel.cancel();
            }
        }
    }

    Messenger& m_messenger;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<json> m_waiting;
    http::CancelToken m_cancel;
    std::int64_t m_current = 0;
    std::int64_t m_cancelled = -1;
    std::atomic<bool> m_isOver{false};
    std::thread m_thread;
};

json failureOf(const Error& error)
{
    if (error.code == ErrorCode::Cancelled) {
        return {{"type", "cancelled"}};
    }
    const auto code = error.code == ErrorCode::OutOfGpuMemory ? WorkerCode::OutOfMemory : WorkerCode::Runtime;
    return {{"type", "failed"}, {"code", toString(code)}, {"message", error.detail}};
}

json load(Runner& runner, const std::function<void(json)>& say, const http::CancelToken& cancel)
{
    const auto loaded = runner.load(
        [&say](const std::string& phase) {
            say({{"type", "phase"}, {"phase", phase}});
        },
        cancel);
    return loaded ? json{{"type", "loaded"}, {"capabilities", messages::from(runner.capabilities())}}
                  : failureOf(loaded.error());
}

json generate(
    Runner& runner, const json& question, const std::function<void(json)>& say, const http::CancelToken& cancel)
{
    const json* const job = visgate::json::find(question, "job");
    const auto made = runner.generate(messages::generation(job != nullptr ? *job : json()),
        pathFromUtf8(visgate::json::text(question, "folder")),
        {[&say](int i, int n) {
             say({{"type", "step"}, {"i", i}, {"n", n}});
         },
            [&say](RunnerPhase phase) {
                say({{"type", "phase"}, {"phase", messages::toString(phase)}});
            }},
        cancel);
    if (!made) {
        return failureOf(made.error());
    }
    json result = messages::from(*made);
    result["type"] = "result";
    return result;
}

} // namespace

int serveRunner(Runner& runner, platform::Channel& channel)
{
    Messenger messenger(channel);
    if (!messenger.send({{"type", "hello"}, {"protocol", 1}, {"runner", runner.name()}, {"demo", runner.isDemo()},
            {"version", VISGATE_VERSION}})) {
        return alone;
    }
    Questions questions(messenger);
    for (;;) {
        const json question = questions.next();
        const auto number = visgate::json::integerOr(question, "question", 0);
        const std::function<void(json)> say = [&](json message) {
            message["question"] = number;
            if (!messenger.send(message)) {
                questions.cancel().cancel();
            }
        };
        const std::string type = visgate::json::text(question, "type");
        if (type == "load") {
            say(load(runner, say, questions.cancel()));
        } else if (type == "generate") {
            say(generate(runner, question, say, questions.cancel()));
        } else if (type == "health") {
            say({{"type", "health"}, {"loaded", runner.isLoaded()}});
        } else if (type == "unload") {
            return done;
        } else {
            say({{"type", "failed"}, {"message", "not a question: " + type}});
        }
    }
}

} // namespace visgate::worker
