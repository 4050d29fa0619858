// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/told_secrets.h"

#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/keys.h"
#include "core/operations/storage.h"
#include "core/operations/volumes.h"

#include <QJsonArray>

#include <array>
#include <gtest/gtest.h>
#include <tuple>
#include <utility>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;

namespace {

using Guest = std::pair<const char*, const char*>; ///< a key and a token

// The first is refused, the second replaced by the third. Practice takes what begins as its keys do.
constexpr std::array kAccountKeys{
    "rpa_7RefusedAccountKey4OfOurs9QzXv2", "rpa_practice_8REPLACEDu3Fg7HjK", "rpa_practice_2KEPTs5Vb9NmQw"};
constexpr std::array kHubTokens{
    "hf_3RefusedHubTokenOfOursAbCdEf8xYw", "hf_practice_6REPLACEDr4Ty1UiO", "hf_practice_9KEPTp2As6DfGh"};
constexpr std::array kTriedKeys{"Zq4/tried+key=9\"xW\\7mK2Lp8", "rpa_practice_5TRIEDz8Xc3VbN"};
constexpr std::array kVolumeSecrets{"rps_5ReplacedVolumeSecret1mNpQ", "rps_1KeptVolumeSecretOfOurs7jKl"};
constexpr std::array kStorageSecrets{
    "wJ4lrXReplaced/K7MDENG+bPxRfiCYEX9kEy", "0f3a9c5b7e1d24680f3a9c5b7e1d2468a1b2c3d4"};
constexpr std::array kGuestsWhoAskThePrice{Guest{"rpa_practice_1GUESTc5Vf8BgT", "hf_practice_1GUESTa2Sx7DcR"},
    Guest{"rpa_6RefusedGuest0TsRuW3", "hf_6RefusedGuest5YhNbG8"}};
constexpr std::array kGuestsWhoDeploy{Guest{"rpa_practice_4GUESTw7Er2TyU", "hf_practice_4GUESTq8Wz5XcV"},
    Guest{"rpa_practice_3GUESTn6Mk1LpO", "hf_practice_3GUESTb9Hg4FdS"}};

template <typename T> bool isDone(const QFuture<Result<T>>& future)
{
    return await(future).has_value();
}

} // namespace

ToldSecrets::ToldSecrets(EngineHarness& harness, const PracticeProcess& practice)
    : m_harness(harness), m_practice(practice)
{
    actAsRunpod(harness.folder(), practice.address().address);
    Settings(Paths{harness.folder(), {}, {}}.settings()).set(Settings::table().workerImage, imageOfNobody());
    harness.start();
    harness.engine().setCallbackAddress(CallbackAddress{QUrl(u"http://127.0.0.1:1"_s)});
    enterKeys();
    askWithKeys();
    deployWithKeys();
}

std::shared_ptr<const Secret> ToldSecrets::told(const std::string& text)
{
    EXPECT_GE(text.size(), 20U);
    m_typed.push_back(text);
    return std::make_shared<const Secret>(text);
}

void ToldSecrets::enterKeys()
{
    Engine& engine = m_harness.engine();
    for (const char* key : kAccountKeys)
        EXPECT_EQ(isDone(engine.call(SetKey{KeyKind::Runpod, told(key), true})), key != kAccountKeys.front());
    for (const char* token : kHubTokens)
        EXPECT_EQ(isDone(engine.call(SetKey{KeyKind::HuggingFace, told(token), true})), token != kHubTokens.front());
    for (const char* key : kTriedKeys)
        EXPECT_TRUE(isDone(engine.call(TryKey{told(key)})));
    for (const char* key : kVolumeSecrets)
        EXPECT_TRUE(isDone(engine.call(SetVolumeKeys{{u"user_volumes"_s, told(key)}, true})));
    const StorageSettings storage{QUrl(u"https://storage.example"_s), u"any-1"_s, u"pictures"_s, {}};
    for (const char* key : kStorageSecrets)
        EXPECT_TRUE(isDone(engine.call(SetStorage{storage, {u"user_storage"_s, told(key)}, true})));
}

void ToldSecrets::comeWith(const Guest& guest, CreateRequest& request)
{
    request.target = AccountId::runpod();
    request.firstInput.reset();
    request.providerKey = told(guest.first);
    request.hubToken = told(guest.second);
}

void ToldSecrets::askWithKeys()
{
    for (const Guest& guest : kGuestsWhoAskThePrice) {
        CreateRequest request;
        request.modelId = u"stabilityai/sdxl-turbo"_s;
        comeWith(guest, request);
        std::ignore = await(m_harness.engine().call(GetQuote{request}));
    }
}

void ToldSecrets::deployWithKeys()
{
    std::vector<DeploymentId> deployments;
    for (const Guest& guest : kGuestsWhoDeploy) {
        const auto created = m_harness.create([&](CreateRequest& request) { comeWith(guest, request); });
        EXPECT_TRUE(created);
        if (created)
            deployments.push_back(created->id);
    }
    m_all = m_typed;
    EXPECT_TRUE(waitUntil([&] { return m_practice.endpointCount() == static_cast<int>(deployments.size()); }));
    const QJsonArray endpoints = m_practice.state()["endpoints"_L1].toArray();
    for (const QJsonValue& endpoint : endpoints)
        m_all.push_back(endpoint["env"_L1]["VISGATE_INTERNAL_SECRET"_L1].toString().toStdString());
    EXPECT_EQ(m_all.size(), m_typed.size() + kGuestsWhoDeploy.size());
    for (const DeploymentId& id : deployments)
        EXPECT_TRUE(await(m_harness.engine().call(DeleteDeployment{id})));
    EXPECT_TRUE(waitUntil([&] { return m_practice.endpointCount() == 0; }));
}

} // namespace visgate::test
