// SPDX-License-Identifier: GPL-3.0-or-later
// The engine in a process of its own, so that a test can end it anywhere:
//   engine_host --data DIR --practice JSON [--points FILE] [--kill-at POINT] [--kill-nth N]
//               [--do deploy|use|volume|resume|clean]
// deploy: one deployment with a first picture, a second picture, then its deletion. use: one deployment, and then all
// that can be done with one that stands. volume: one is bought, grows and is deleted. resume: whatever the folder
// holds, until it settles. clean: resume, then the deletion of all. It prints "accepted ID" for what the engine said
// yes to, "asked KIND VALUE" and "kept KIND VALUE" around each change, "found ID" for what was in the store at the
// start, and once all is settled "state STATUS" and "shown JSON" a deployment, "volume NAME GB USD" a volume and
// "volumes USD" what they cost together. With --kill-at it ends itself by SIGKILL when the engine passes that point for
// the nth time.
#include "core/engine/context/step_probe.h"
#include "core/foundation/http/client.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/operations/money.h"
#include "core/operations/storage.h"
#include "core/operations/volumes.h"
#include "tests/support/engine_harness.h"
#include "tests/support/probed_provider.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

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
    practice.address.volumes = object["volumes"_L1].toString();
    practice.volumeKeys
        = {u"user_practice"_s, std::make_shared<const Secret>(std::string("rps_practice_play_storage"))};
    practice.key = std::make_shared<const Secret>(object["key"_L1].toString().toStdString());
    return practice;
}

QList<Deployment> everything(Engine& engine)
{
    auto page = test::await(engine.call(ListDeployments{100, {}}));
    return page ? page->deployments : QList<Deployment>();
}

/// Nothing will happen by itself any more.
bool isSettledHere(Engine& engine)
{
    for (const Deployment& deployment : everything(engine)) {
        const auto jobs = test::await(engine.call(ListJobs{deployment.id}));
        const bool worksOn = deployment.status != DeploymentStatus::Ready && !isSettled(deployment.status);
        const bool hasJob = deployment.status == DeploymentStatus::Ready && jobs
            && std::any_of(jobs->begin(), jobs->end(), [](const Job& job) { return !isFinished(job.status); });
        const bool stops = deployment.status == DeploymentStatus::Failed && deployment.workers.max > 0;
        const bool isAsleep
            = deployment.status == DeploymentStatus::Paused || deployment.status == DeploymentStatus::Parked;
        if ((worksOn && !isAsleep) || hasJob || stops || !deployment.unconfirmed.isEmpty())
            return false;
    }
    const auto volumes = test::await(engine.call(ListVolumes{AccountId::practice()}));
    return !volumes || std::none_of(volumes->begin(), volumes->end(), [](const ModelVolume& volume) {
        return volume.state == FillState::Filling || !volume.unconfirmed.isEmpty();
    });
}

bool settle(Engine& engine)
{
    bool dirty = true;
    const QObject guard; // ends the connections with this call
    QObject::connect(&engine, &Engine::deploymentChanged, &guard, [&] { dirty = true; });
    QObject::connect(&engine, &Engine::jobChanged, &guard, [&] { dirty = true; });
    QTimer look; // a volume that is being filled says nothing by itself
    QObject::connect(&look, &QTimer::timeout, &guard, [&] { dirty = true; });
    look.start(500);
    return test::waitUntil([&] { return std::exchange(dirty, false) && isSettledHere(engine); }, seconds(600));
}

/// Flushed at once: what was said before a kill counts.
void say(const char* what, const QString& value)
{
    std::printf("%s %s\n", what, qPrintable(value));
    std::fflush(stdout);
}

CreateRequest requestOf()
{
    CreateRequest request;
    request.modelId = u"stabilityai/sdxl-turbo"_s;
    request.target = AccountId::practice();
    request.limits.initTimeout = std::chrono::hours(24); // the workers start in real time, practice's clock runs fast
    request.firstInput = JobInput();
    request.firstInput->prompt = u"a small blue square on a yellow background"_s;
    return request;
}

/// The id of one that is there and has drawn its first picture; empty when that failed.
DeploymentId makeOne(Engine& engine)
{
    const auto created = test::await(engine.call(CreateDeployment{requestOf()}));
    if (!created)
        return {};
    say("accepted", QString::fromStdString(created->id.value()));
    say("accepted", QString::fromStdString(created->firstJob.value()));
    return settle(engine) ? created->id : DeploymentId();
}

bool deploy(Engine& engine)
{
    const DeploymentId id = makeOne(engine);
    if (id.isEmpty())
        return false;
    const auto second = test::await(engine.call(SubmitJob{id, *requestOf().firstInput}));
    if (!second)
        return false;
    say("accepted", QString::fromStdString(second->id.value()));
    return settle(engine);
}

/// One change: said before it is asked for, and again when the engine has said yes.
template <typename T> bool change(const QString& kindAndValue, const QFuture<Result<T>>& call)
{
    const auto done = test::await(call);
    if (done)
        say("kept", kindAndValue);
    else
        std::fprintf(stderr, "engine_host: %s: %s %s\n", qPrintable(kindAndValue),
            std::string(toString(done.error().code)).c_str(), done.error().detail.c_str());
    return done.has_value();
}

bool setPool(Engine& engine, const DeploymentId& id, const QString& word, const PoolPolicy& policy)
{
    const auto price = test::await(engine.call(GetWarmPrice{id, policy}));
    if (!price)
        return false;
    say("asked", u"pool "_s + word);
    return change(u"pool "_s + word, engine.call(SetPool{id, policy, price->usdPerMonth}));
}

bool scale(Engine& engine, const DeploymentId& id, int most)
{
    ScaleRequest limits;
    limits.workersMax = most;
    const QString word = u"max %1"_s.arg(most);
    say("asked", word);
    return change(word, engine.call(ScaleDeployment{id, limits}));
}

bool pause(Engine& engine, const DeploymentId& id)
{
    say("asked", u"run no"_s);
    return change(u"run no"_s, engine.call(PauseDeployment{id}));
}

bool resume(Engine& engine, const DeploymentId& id)
{
    say("asked", u"run yes"_s);
    return change(u"run yes"_s, engine.call(ResumeDeployment{id}));
}

/// Somebody gives it another disk, at the provider itself.
bool changeElsewhere(const PracticeAddress& practice, const EndpointId& endpoint)
{
    http::Peer peer;
    peer.port = static_cast<std::uint16_t>(practice.address.rest.port());
    http::Client client(peer);
    http::Request request;
    request.method = "PATCH";
    request.target = practice.address.rest.path().toStdString() + "/serverless/" + endpoint.value();
    request.body = "{\"disk\": 77}";
    request.headers.set("Content-Type", "application/json");
    request.headers.set("Authorization", "Bearer " + std::string(practice.key->reveal()));
    const auto reply = client.send(request, seconds(60));
    return reply && reply->status == 200;
}

/// All that is done with a deployment that stands: warm for a while, at hours, always; other limits; asleep and back;
/// an earlier release; a model kept near; where results go; another key; everything stopped; a second one that wakes
/// it.
bool use(Engine& engine, const PracticeAddress& practice)
{
    const DeploymentId id = makeOne(engine);
    if (id.isEmpty())
        return false;
    PoolPolicy whileHere;
    whileHere.keepUntil = std::chrono::system_clock::now() + std::chrono::minutes(20);
    PoolPolicy hours{PoolMode::ScheduledWarm, {windowFromText(u"daily 00:00-24:00"_s)->window}, u"UTC"_s, {}};
    const PoolPolicy always{PoolMode::AlwaysOn, {}, {}, {}};
    KeepNear near;
    near.modelId = u"stabilityai/sdxl-turbo"_s;
    StorageSettings storage;
    storage.endpoint = QUrl(u"https://s3.example.org"_s);
    storage.region = u"eu-central-1"_s;
    storage.bucket = u"pictures"_s;
    const StorageKeys keys{u"AKIDEXAMPLE"_s, std::make_shared<const Secret>(std::string("not a real one"))};
    const bool used = setPool(engine, id, u"while"_s, whileHere) && setPool(engine, id, u"hours"_s, hours)
        && setPool(engine, id, u"always"_s, always) && scale(engine, id, 2) && setPool(engine, id, u"off"_s, {})
        && pause(engine, id) && resume(engine, id) && change(u"volume near"_s, engine.call(KeepModelNear{near}))
        && change(u"storage set"_s, engine.call(SetStorage{storage, keys, true}))
        && change(u"key set"_s, engine.call(SetVolumeKeys{keys, true}));
    if (!used)
        return false;
    const auto there = test::await(engine.call(GetDeployment{id}));
    if (!there || !changeElsewhere(practice, there->endpointId)
        || !change(u"release 1"_s, engine.call(RollBack{id, 1})))
        return false;
    say("asked", u"run no"_s);
    if (!change(u"run no"_s, engine.call(StopEverything{})))
        return false;
    const DeploymentId second = makeOne(engine); // finds it asleep, and wakes it
    return !second.isEmpty() && settle(engine);
}

bool useVolume(Engine& engine)
{
    const auto bought = test::await(engine.call(CreateVolume{AccountId::practice(), u"mine"_s, 20, u"EU-RO-1"_s}));
    return bought && change(u"size 50"_s, engine.call(GrowVolume{AccountId::practice(), bought->id, 50}))
        && change(u"size 0"_s, engine.call(DeleteVolume{AccountId::practice(), bought->id}));
}

bool removeAll(Engine& engine)
{
    for (const Deployment& deployment : everything(engine)) {
        if (!test::await(engine.call(DeleteDeployment{deployment.id})))
            return false;
    }
    const auto volumes = test::await(engine.call(ListVolumes{AccountId::practice()}));
    for (const ModelVolume& volume : volumes.value_or(QList<ModelVolume>()))
        [[maybe_unused]] const auto gone = test::await(engine.call(DeleteVolume{AccountId::practice(), volume.id}));
    return settle(engine);
}

/// What everybody sees of it, to be compared with the provider's own state.
QJsonObject shownJson(const Deployment& deployment)
{
    return {{u"endpoint"_s, QString::fromStdString(deployment.endpointId.value())},
        {u"status"_s, toString(deployment.status)}, {u"warm"_s, deployment.warm},
        {u"pool"_s, toString(deployment.pool.mode)}, {u"max"_s, deployment.limits.workersMax},
        {u"unconfirmed"_s, deployment.unconfirmed.join(u' ')}};
}

void sayFound(Engine& engine)
{
    for (const Deployment& deployment : everything(engine))
        say("found", QString::fromStdString(deployment.id.value()));
    const auto jobs = test::await(engine.call(ListJobs{DeploymentId()}));
    for (const Job& job : jobs ? *jobs : QList<Job>())
        say("found", QString::fromStdString(job.id.value()));
}

/// Each volume, and what money's own report says of them.
void sayVolumes(Engine& engine)
{
    const auto volumes = test::await(engine.call(ListVolumes{AccountId::practice()}));
    for (const ModelVolume& volume : volumes.value_or(QList<ModelVolume>()))
        say("volume", u"%1 %2 %3"_s.arg(volume.name).arg(volume.sizeGb).arg(volume.monthlyUsd));
    SpendQuery query;
    query.target = AccountId::practice();
    query.to = std::chrono::system_clock::now();
    query.from = query.to - std::chrono::hours(1);
    const auto spend = test::await(engine.call(GetSpend{query}));
    if (spend && spend->volumes)
        say("volumes", QString::number(spend->volumes->monthlyUsd));
}

int run(const QCommandLineParser& options)
{
    const QString data = options.value(u"data"_s);
    const PracticeAddress practice = addressFrom(options.value(u"practice"_s).toUtf8());
    EngineConfig config = test::practiceConfig(data, practice);
    test::probeWith(config,
        std::make_shared<KillingProbe>(options.value(u"points"_s), options.value(u"kill-at"_s).toUtf8(),
            std::max(1, options.value(u"kill-nth"_s).toInt())));
    Engine engine(std::move(config));
    if (!test::await(engine.start()))
        return 3;
    sayFound(engine);
    const QString task = options.value(u"do"_s);
    if (task == "deploy"_L1 && !deploy(engine))
        return 4;
    if (task == "use"_L1 && !use(engine, practice))
        return 7;
    if (task == "volume"_L1 && !useVolume(engine))
        return 8;
    if (!settle(engine))
        return 5;
    for (const Deployment& deployment : everything(engine)) {
        say("state", toString(deployment.status));
        say("shown", QString::fromUtf8(QJsonDocument(shownJson(deployment)).toJson(QJsonDocument::Compact)));
    }
    sayVolumes(engine);
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
