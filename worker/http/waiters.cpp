// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/http/waiters.h"

#include "core/foundation/json/json_read.h"

#include <algorithm>
#include <utility>

namespace visgate::worker {
namespace {

using std::chrono::steady_clock;

/// A waiter whose client has left is noticed by then.
constexpr std::chrono::seconds lookAgain{5};

} // namespace

http::Response refusal(int status, const std::string& text)
{
    return http::jsonResponse(status, json::dump({{"error", text}}));
}

http::Response lastWords(http::Response response, const JobBoard& board)
{
    if (board.isLeaving()) {
        response.headers.set("Connection", "close");
    }
    return response;
}

Waiters::Waiters(JobBoard& board) : m_board(board), m_thread([this] { run(); }) { }

Waiters::~Waiters()
{
    m_isOver = true;
    m_board.nudge();
    m_thread.join();
    for (const Waiter& waiter : m_waiters) {
        answer(waiter);
    }
}

void Waiters::add(
    std::shared_ptr<http::Exchange> exchange, std::string jobId, For what, std::chrono::milliseconds patience)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiters.push_back({std::move(exchange), std::move(jobId), what, steady_clock::now() + patience});
    }
    m_board.nudge();
}

void Waiters::run()
{
    while (!m_isOver) {
        const std::uint64_t seen = m_board.changes(); // before looking: what changes meanwhile wakes
        const auto next = serve();
        if (!m_isOver) {
            m_board.waitForChange(seen, next);
        }
    }
}

/// Answers all that are due; when to look again at the latest.
steady_clock::time_point Waiters::serve()
{
    std::vector<Waiter> due;
    auto next = steady_clock::now() + lookAgain;
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_waiters, [](const Waiter& waiter) { return waiter.exchange->isClosed(); });
        const auto firstDue = std::stable_partition(
            m_waiters.begin(), m_waiters.end(), [this](const Waiter& waiter) { return !isDue(waiter); });
        due.assign(std::make_move_iterator(firstDue), std::make_move_iterator(m_waiters.end()));
        m_waiters.erase(firstDue, m_waiters.end());
        for (const Waiter& waiter : m_waiters) {
            next = std::min(next, waiter.until);
        }
    }
    for (const Waiter& waiter : due) {
        answer(waiter);
    }
    return next;
}

bool Waiters::isDue(const Waiter& waiter) const
{
    if (steady_clock::now() >= waiter.until) {
        return true;
    }
    return waiter.what == For::News ? m_board.hasNews(waiter.jobId)
                                    : isOver(m_board.stateOf(waiter.jobId).value_or(JobBoard::State::Cancelled));
}

void Waiters::answer(const Waiter& waiter)
{
    std::string body;
    if (waiter.what == For::News) {
        body = m_board.takeNews(waiter.jobId).value_or("");
    } else if (auto view = m_board.view(waiter.jobId)) {
        body = std::move(view->json);
    }
    waiter.exchange->respond(
        lastWords(body.empty() ? refusal(404, "job not found") : http::jsonResponse(200, std::move(body)), m_board));
}

} // namespace visgate::worker
