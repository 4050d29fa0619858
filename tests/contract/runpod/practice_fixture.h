// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/providers/runpod/runpod_provider.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <gtest/gtest.h>
#include <memory>

namespace visgate {

/// A practice process of its own, 300 times as fast as the real thing, with a small scripted worker; and the provider
/// talking to it.
class PracticeHost {
public:
    PracticeHost();
    ~PracticeHost();

    [[nodiscard]] std::unique_ptr<RunpodProvider> providerWithKey(const char* key) const;
    [[nodiscard]] QUrl address(const char* part) const;
    [[nodiscard]] QUrl hubUrl() const { return address("hub"); }
    /// One call of practice's control route, which plays fate.
    QJsonObject control(const char* method, const char* path, const QJsonObject& body = {});
    [[nodiscard]] static EndpointSpec spec(const char* name = "visgate-0123456789-test--model-deadbeef");
    /// The id of a new endpoint.
    [[nodiscard]] EndpointId create(EndpointSpec spec = PracticeHost::spec());
    /// The id of a new job on that endpoint; `input` is for tests/contract/practice/fake_worker.py.
    [[nodiscard]] ProviderJobId submit(const EndpointId& id, const QJsonObject& input);
    /// The job once its status is that one.
    [[nodiscard]] ProviderJob jobOnceIt(const EndpointId& id, const ProviderJobId& job, JobStatus status);

    std::unique_ptr<RunpodProvider> provider;

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QJsonObject m_addresses;
};

/// A test with one.
class PracticeTest : public testing::Test, protected PracticeHost { };

} // namespace visgate
