// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/providers/provider.h"

#include <QByteArray>
#include <QJsonObject>

#include <chrono>

/// The documents of the queue API, which Runpod's queue speaks and our own worker over HTTP: pure functions, no
/// network. Readers take any bytes: unknown fields and states are kept out of the way, a missing optional field is a
/// default, a missing required one is UnexpectedReply naming it.
namespace visgate::queue {

/// `input` as a job with its own execution limit, which is held to what the queue API takes (5 s to 7 days), and the
/// time after which it is gone whatever happens.
[[nodiscard]] QByteArray jobBody(const QJsonObject& input, std::chrono::seconds executionTimeout);
[[nodiscard]] Result<ProviderJobId> readSubmitted(const QByteArray& body);
[[nodiscard]] Result<ProviderJob> readJob(const QByteArray& body);
[[nodiscard]] Result<QueueHealth> readHealth(const QByteArray& body);

} // namespace visgate::queue
