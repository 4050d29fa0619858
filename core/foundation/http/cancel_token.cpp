// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/client.h"

#include <map>
#include <mutex>
#include <utility>

namespace visgate::http {

// Callbacks run under the mutex, so that removeCallback can promise that none runs afterwards. It is recursive because
// a callback may use its own token.
struct CancelToken::State {
    std::recursive_mutex mutex;
    std::map<std::size_t, std::function<void()>> callbacks;
    std::size_t nextHandle = 1;
    std::atomic<bool> isCancelled{false};
};

CancelToken::CancelToken() : m_state(std::make_shared<State>()) { }

void CancelToken::cancel() const
{
    const std::shared_ptr<State> state = m_state; // a callback may destroy this token
    const std::lock_guard lock(state->mutex);
    state->isCancelled = true;
    while (!state->callbacks.empty()) {
        const auto node = state->callbacks.extract(state->callbacks.begin());
        node.mapped()();
    }
}

bool CancelToken::isCancelled() const
{
    return m_state->isCancelled;
}

std::size_t CancelToken::onCancel(std::function<void()> callback) const
{
    const std::shared_ptr<State> state = m_state;
    const std::lock_guard lock(state->mutex);
    const std::size_t handle = state->nextHandle++;
    if (state->isCancelled)
        callback();
    else
        state->callbacks.emplace(handle, std::move(callback));
    return handle;
}

void CancelToken::removeCallback(std::size_t handle) const
{
    const std::lock_guard lock(m_state->mutex);
    m_state->callbacks.erase(handle);
}

} // namespace visgate::http
