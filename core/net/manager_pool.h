// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

class QNetworkAccessManager;

namespace visgate {

/// Network managers for streams. Qt opens at most six connections a host and manager and queues the rest for ever
/// behind streams that never end; so each manager is lent at most six times. Not thread-safe.
class ManagerPool {
public:
    /// A manager with a free connection, until the pointer is dropped.
    [[nodiscard]] std::shared_ptr<QNetworkAccessManager> lease();

private:
    std::vector<std::weak_ptr<QNetworkAccessManager>> m_managers;
};

} // namespace visgate
