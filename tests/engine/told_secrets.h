// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/engine_harness.h"

#include <string>
#include <vector>

namespace visgate::test {

/// What the program can be told, told to it through each of its own doors: keys and tokens that are kept, replaced,
/// refused or only tried, those of single requests, both kinds of pairs; and what it makes up itself.
class ToldSecrets {
public:
    /// Starts the engine, with practice in Runpod's place. Nothing that was deployed is left in the end.
    ToldSecrets(EngineHarness& harness, const PracticeProcess& practice);

    /// Without what opens the callbacks, which workers are told.
    [[nodiscard]] const std::vector<std::string>& typed() const { return m_typed; }
    [[nodiscard]] const std::vector<std::string>& all() const { return m_all; }

private:
    void enterKeys();
    void askWithKeys();
    void deployWithKeys();
    void comeWith(const std::pair<const char*, const char*>& guest, CreateRequest& request);
    std::shared_ptr<const Secret> told(const std::string& text);

    EngineHarness& m_harness;
    const PracticeProcess& m_practice;
    std::vector<std::string> m_typed;
    std::vector<std::string> m_all;
};

} // namespace visgate::test
