// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/preflight/preflight_facts.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/preflight/preflight_check.h"

#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace visgate {

/// The questions of one preflight: all asked at once, each answer put into the facts as it comes, until all are there,
/// the time is over or the facts are taken away. Answers that come later are dropped. Engine thread only.
class PreflightQuestions {
public:
    [[nodiscard]] static std::shared_ptr<PreflightQuestions> ask(EngineContext& context, AccountRef account,
        PreflightFacts facts, PreflightPurpose purpose, std::chrono::milliseconds patience);

    [[nodiscard]] bool isOpen() const { return m_open > 0 && !m_isOver; }
    /// Woken by each answer and at the end.
    [[nodiscard]] Waker& waker() { return m_waker; }
    /// Ends the inquiry and hands over what is known.
    [[nodiscard]] PreflightFacts close();

    // For the questions themselves.
    [[nodiscard]] EngineContext& context() { return m_context; }
    [[nodiscard]] PreflightFacts& facts() { return m_facts; }
    [[nodiscard]] PreflightPurpose purpose() const { return m_purpose; }
    [[nodiscard]] AccountId target() const { return m_account.target; }
    [[nodiscard]] const AccountRef& account() const { return m_account; }
    /// Nobody wants further answers.
    [[nodiscard]] bool isOver() const { return m_isOver || m_context.stopping; }
    void begin() { ++m_open; }
    void end();

private:
    PreflightQuestions(EngineContext& context, AccountRef account, PreflightFacts facts, PreflightPurpose purpose);

    EngineContext& m_context;
    AccountRef m_account;
    PreflightFacts m_facts;
    PreflightPurpose m_purpose;
    int m_open = 0;
    bool m_isOver = false;
    Waker m_waker;
    QTimer m_deadline;
};

} // namespace visgate
