// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/provider.h"
#include "core/practice/wire/routes.h"

#include <QByteArray>
#include <QTemporaryDir>

#include <chrono>
#include <memory>
#include <string>

namespace visgate::test {

/// Practice's own world in this process, without sockets and with a clock that only this object moves: days pass in
/// moments. Its routes are asked as over the wire, JSON text in and out.
class PracticeWorld {
public:
    explicit PracticeWorld(practice::Chance::Settings chance);
    ~PracticeWorld();

    /// The body of the answer; `status`, if wanted, its status.
    QByteArray get(const std::string& target, int* status = nullptr);
    QByteArray send(const char* method, const std::string& target, const QByteArray& body, int* status = nullptr);

    /// Lets time pass in steps of the provider's own tick.
    void pass(std::chrono::milliseconds time, std::chrono::milliseconds tick = std::chrono::milliseconds(500));
    [[nodiscard]] TimePoint now() const { return m_provider->world.now(); }
    [[nodiscard]] MonotonicPoint monotonic() const { return m_provider->world.clock.monotonic(); }
    [[nodiscard]] practice::Provider& provider() { return *m_provider; }
    /// What practice has charged, and whether it goes on charging or anything could begin to.
    [[nodiscard]] double spentUsd() const;
    [[nodiscard]] bool isQuiet() const;
    /// The truth about the worker that an endpoint got first: whether its start was meant to stick.
    [[nodiscard]] bool anyStuck() const { return m_sawStuck; }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<practice::Provider> m_provider;
    practice::ApiState m_api;
    practice::Router m_rest;
    practice::Router m_queue;
    bool m_sawStuck = false;
};

} // namespace visgate::test
