// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/operations/accounts.h"
#include "core/operations/keys.h"
#include "tests/support/await.h"
#include "tests/support/engine_harness.h"
#include "tests/support/kept_secrets.h"

#include <gtest/gtest.h>

namespace visgate::test {

/// An engine that has two accounts of Runpod, each played by a practice of its own: the first one, and "Studio".
class TwoAccounts : public testing::Test {
protected:
    TwoAccounts()
    {
        actAsRunpod(m_harness.folder(), m_first.address().address);
        Settings settings(Paths{m_harness.folder(), {}, {}}.settings());
        settings.set(Settings::table().workerImage, imageOfNobody());
        settings.set(Settings::table().runpodGraphqlUrl, m_first.address().address.graphql.toString());
        start();
    }
    void start()
    {
        m_harness.start([this](EngineConfig& config) {
            playAccount(config, studio(), m_second.address().address);
            config.makeSecrets = [entries = m_secrets] { return std::make_unique<KeptSecrets>(entries); };
        });
    }
    void restart()
    {
        m_harness.stop();
        start();
    }
    template <Operation Op> Result<typename Op::Reply> ask(Op operation)
    {
        return await(m_harness.engine().call(std::move(operation)));
    }
    static AccountId studio() { return *accountIdFromString(QStringLiteral("runpod:studio")); }
    static std::shared_ptr<const Secret> key(const std::string& value) { return std::make_shared<const Secret>(value); }

    void addStudio()
    {
        ASSERT_TRUE(ask(AddAccount{QStringLiteral("runpod"), QStringLiteral("Studio")}));
        ASSERT_TRUE(ask(SetKey{KeyKind::Runpod, key("rpa_practice_FIRST"), false}));
        ASSERT_TRUE(ask(SetKey{KeyKind::Runpod, key("rpa_practice_STUDIO"), false, studio()}));
    }
    Deployment deployAt(const AccountId& account)
    {
        return m_harness.deployReady([&account](CreateRequest& request) { request.target = account; });
    }
    QStringList ids()
    {
        QStringList found;
        const auto accounts = ask(ListAccounts{});
        for (const ProviderAccount& account : accounts.value_or(QList<ProviderAccount>()))
            found.append(toString(account.id));
        return found;
    }

    PracticeProcess m_play; ///< practice itself: what the accounts are played by is not its own
    PracticeProcess m_first;
    PracticeProcess m_second;
    std::shared_ptr<KeptSecrets::Entries> m_secrets = std::make_shared<KeptSecrets::Entries>();
    EngineHarness m_harness{m_play};
};

} // namespace visgate::test
