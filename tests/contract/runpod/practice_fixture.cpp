// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/runpod/practice_fixture.h"

#include <stdexcept>

namespace visgate {

PracticeHost::PracticeHost()
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(PRACTICE_HOST),
        {QStringLiteral("--data"), m_folder.path(), QStringLiteral("--speed"), QStringLiteral("300"),
            QStringLiteral("--worker"), QStringLiteral(VISGATE_SOURCE_DIR "/tests/contract/practice/fake_worker.py")});
    if (!m_process.waitForStarted() || !m_process.waitForReadyRead(200'000))
        throw std::runtime_error("practice_host did not start");
    m_addresses = QJsonDocument::fromJson(m_process.readLine()).object();
    provider = providerWithKey("rpa_practice_contract");
}

PracticeHost::~PracticeHost()
{
    provider.reset();
    m_process.terminate();
    if (!m_process.waitForFinished(200'000))
        m_process.kill();
    EXPECT_EQ(m_process.exitCode(), 0);
}

QUrl PracticeHost::address(const char* part) const
{
    return QUrl(m_addresses[QLatin1String(part)].toString());
}

std::unique_ptr<RunpodProvider> PracticeHost::providerWithKey(const char* key) const
{
    RunpodSettings settings;
    settings.rest = address("rest");
    settings.queue = address("queue");
    settings.graphql = address("graphql");
    settings.http.backoffBase = std::chrono::milliseconds(20);
    return std::make_unique<RunpodProvider>(settings, std::make_shared<const Secret>(key));
}

QJsonObject PracticeHost::control(const char* method, const char* path, const QJsonObject& body)
{
    HttpClient client;
    HttpRequest request;
    request.method = method;
    request.url = address("control");
    request.url.setPath(request.url.path() + QString::fromLatin1(path));
    if (request.method == "POST")
        request.body = QJsonDocument(body).toJson();
    const auto reply = test::await(client.send(request));
    if (!reply || !reply->isSuccess())
        throw std::runtime_error(
            std::string("control ") + path + ": " + (reply ? reply->body.toStdString() : reply.error().detail));
    return QJsonDocument::fromJson(reply->body).object();
}

EndpointSpec PracticeHost::spec(const char* name)
{
    EndpointSpec out;
    out.name = QString::fromLatin1(name);
    out.image = QStringLiteral("visgate/practice-worker:1");
    out.gpuPools = {QStringLiteral("AMPERE_16"), QStringLiteral("AMPERE_24")};
    out.limits.idleTimeout = std::chrono::hours(1); // 12 seconds here: one worker for the whole test
    out.env = {{QStringLiteral("HF_MODEL_ID"), QStringLiteral("stabilityai/sdxl-turbo")}};
    out.secretEnv = {{QStringLiteral("HF_TOKEN"), QStringLiteral("hf_practice_token")}};
    return out;
}

EndpointId PracticeHost::create(EndpointSpec wanted)
{
    const auto created = test::await(provider->createEndpoint(std::move(wanted)));
    if (!created)
        throw std::runtime_error("create: " + created.error().detail);
    return created->id;
}

ProviderJobId PracticeHost::submit(const EndpointId& id, const QJsonObject& input)
{
    const auto job = test::await(provider->submitJob(id, input, std::chrono::seconds(600)));
    if (!job)
        throw std::runtime_error("run: " + job.error().detail);
    return *job;
}

ProviderJob PracticeHost::jobOnceIt(const EndpointId& id, const ProviderJobId& job, JobStatus status)
{
    ProviderJob seen;
    const bool came = test::becomesTrue([&] {
        const auto state = test::await(provider->job(id, job));
        if (state)
            seen = *state;
        return state && seen.status == status;
    });
    if (!came) {
        throw std::runtime_error("the job stays " + toString(seen.status).toStdString() + " instead of "
            + toString(status).toStdString() + " " + seen.error.toStdString());
    }
    return seen;
}

} // namespace visgate
