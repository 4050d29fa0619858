// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/open_best_store.h"

#include "core/secrets/session_store.h"

#include <utility>

namespace visgate {

QCoro::Task<OpenedSecrets> openBestStore(std::vector<std::unique_ptr<SecretStore>> candidates)
{
    OpenedSecrets opened;
    for (auto& candidate : candidates) {
        auto answer = co_await candidate->probe();
        if (answer) {
            opened.store = std::move(candidate);
            co_return opened;
        }
        if (!opened.problem)
            opened.problem = answer.error();
    }
    opened.store = std::make_unique<SessionStore>();
    co_return opened;
}

} // namespace visgate
