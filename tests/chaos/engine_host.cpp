// SPDX-License-Identifier: GPL-3.0-or-later
// The engine in a process of its own, so that a test can end it anywhere:
//   engine_host --data DIR --practice JSON [--points FILE] [--kill-at POINT] [--kill-nth N] [--do deploy|resume|clean]
// deploy: one deployment with a first picture, a second picture, then its deletion. resume: whatever the folder holds,
// until it settles. clean: resume, then the deletion of all. It prints "accepted ID" for what the engine said yes to,
// "found ID" for what was in the store at the start and "state STATUS" a deployment once all is settled. With --kill-at
// it ends itself by SIGKILL when the engine passes that point for the nth time.
#include "core/engine/step_probe.h"
#include "tests/support/engine_harness.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <cstdio>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

/// Writes each point down, each time, before it may kill: what is in the file was reached.
class KillingProbe final : public StepProbe {
public:
    KillingProbe(const QString& file, QByteArray killAt, int nth)
        : m_file(file), m_killAt(std::move(killAt)), m_left(nth)
    {
        if (!file.isEmpty() && !m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
            std::fputs("engine_host: the points cannot be written\n", stderr);
    }
    void at(std::string_view point) override
    {
        if (m_file.isOpen())
            m_file.write(QByteArray(point.data(), static_cast<qsizetype>(point.size())) + '\n');
        if (point == std::string_view(m_killAt.constData(), static_cast<std::size_t>(m_killAt.size())) && --m_left == 0)
            std::raise(SIGKILL);
    }

private:
    QFile m_file;
    QByteArray m_killAt;
    int m_left = 1;
};

PracticeAddress addressFrom(const QByteArray& text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    PracticeAddress practice;
    practice.address.rest = QUrl(object["rest"_L1].toString());
    practice.address.queue = QUrl(object["queue"_L1].toString());
    practice.address.hub = QUrl(object["hub"_L1].toString());
    practice.key = std::make_shared<const Secret>(object["key"_L1].toString().toStdString());
    return practice;
}

QList<Deployment> everything(Engine& engine)
{
    auto page = test::await(engine.listDeployments(100, {}));
    return page ? page->deployments : QList<Deployment>();
}

/// Nothing will happen by itself any more.
bool isSettledHere(Engine& engine)
{
    for (const Deployment& deployment : everything(engine)) {
        const auto jobs = test::await(engine.jobs(deployment.id));
        const bool worksOn = deployment.status != DeploymentStatus::Ready && !isSettled(deployment.status);
        const bool hasJob = deployment.status == DeploymentStatus::Ready && jobs
            && std::any_of(jobs->begin(), jobs->end(), [](const Job& job) { return !isFinished(job.status); });
        const bool stops = deployment.status == DeploymentStatus::Failed && deployment.workers.max > 0;
        if (worksOn || hasJob || stops)
            return false;
    }
    return true;
}

bool settle(Engine& engine)
{
    bool dirty = true;
    const QObject guard; // ends the connections with this call
    QObject::connect(&engine, &Engine::deploymentChanged, &guard, [&] { dirty = true; });
    QObject::connect(&engine, &Engine::jobChanged, &guard, [&] { dirty = true; });
    return test::waitUntil([&] { return std::exchange(dirty, false) && isSettledHere(engine); }, seconds(110));
}

/// Flushed at once: what was said before a kill counts.
void say(const char* what, const QString& value)
{
    std::printf("%s %s\n", what, qPrintable(value));
    std::fflush(stdout);
}

bool deploy(Engine& engine)
{
    CreateRequest request;
    request.modelId = u"stabilityai/sdxl-turbo"_s;
    request.target = Target::Practice;
    request.limits.initTimeout = std::chrono::hours(24); // the workers start in real time, practice's clock runs fast
    request.firstInput = JobInput();
    request.firstInput->prompt = u"a small blue square on a yellow background"_s;
    const auto created = test::await(engine.createDeployment(request));
    if (!created)
        return false;
    say("accepted", QString::fromStdString(created->id.value()));
    say("accepted", QString::fromStdString(created->firstJob.value()));
    if (!settle(engine))
        return false;
    const auto second = test::await(engine.submitJob(created->id, *request.firstInput));
    if (!second)
        return false;
    say("accepted", QString::fromStdString(second->id.value()));
    return settle(engine);
}

bool removeAll(Engine& engine)
{
    for (const Deployment& deployment : everything(engine)) {
        if (!test::await(engine.deleteDeployment(deployment.id)))
            return false;
    }
    return settle(engine);
}

void sayFound(Engine& engine)
{
    for (const Deployment& deployment : everything(engine))
        say("found", QString::fromStdString(deployment.id.value()));
    const auto jobs = test::await(engine.jobs(DeploymentId()));
    for (const Job& job : jobs ? *jobs : QList<Job>())
        say("found", QString::fromStdString(job.id.value()));
}

int run(const QCommandLineParser& options)
{
    const QString data = options.value(u"data"_s);
    EngineConfig config = test::practiceConfig(data, addressFrom(options.value(u"practice"_s).toUtf8()));
    config.probe = std::make_shared<KillingProbe>(options.value(u"points"_s), options.value(u"kill-at"_s).toUtf8(),
        std::max(1, options.value(u"kill-nth"_s).toInt()));
    Engine engine(std::move(config));
    if (!test::await(engine.start()))
        return 3;
    sayFound(engine);
    const QString task = options.value(u"do"_s);
    if (task == "deploy"_L1 && !deploy(engine))
        return 4;
    if (!settle(engine))
        return 5;
    for (const Deployment& deployment : everything(engine))
        say("state", toString(deployment.status));
    if (task != "resume"_L1 && !removeAll(engine))
        return 6;
    return 0;
}

} // namespace
} // namespace visgate

int main(int argc, char** argv)
{
    using namespace Qt::Literals::StringLiterals;
    const QCoreApplication application(argc, argv);
    QCommandLineParser options;
    for (const QString& name : {u"data"_s, u"practice"_s, u"points"_s, u"kill-at"_s, u"kill-nth"_s})
        options.addOption(QCommandLineOption(name, {}, u"value"_s));
    options.addOption(QCommandLineOption(u"do"_s, {}, u"task"_s, u"resume"_s));
    options.process(application);
    return visgate::run(options);
}
