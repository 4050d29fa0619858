// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"

#include "core/base/path.h"
#include "core/base/settings.h"
#include "core/engine/sessions/hub_models.h"
#include "core/foundation/decimal.h"
#include "core/foundation/http/client.h"
#include "core/foundation/path_text.h"
#include "core/picture_engine/engine_folder.h"
#include "core/practice/launcher.h"
#include "core/providers/runpod/runpod_descriptor.h"
#include "core/providers/runpod/runpod_provider.h"
#include "core/providers/this_computer/this_computer_descriptor.h"
#include "core/providers/this_computer/this_computer_provider.h"
#include "core/secrets/keychain_store.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>

#include <chrono>
#include <thread>

namespace visgate {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto kOwnerPatience = 10s;
constexpr auto kLookAgain = 30ms;
constexpr auto kControlTimeout = 5s;

QString programBeside(const QString& name)
{
    const QDir here(QCoreApplication::applicationDirPath());
    for (const QString& folder : {u"."_s, u"../libexec"_s, u"../libexec/visgate"_s}) {
        const QFileInfo file(QDir(here.filePath(folder)).filePath(name));
        if (file.isFile() && file.isExecutable())
            return file.canonicalFilePath();
    }
    return {};
}

QUrl urlOf(const std::string& text)
{
    return QUrl(QString::fromStdString(text));
}

/// A process that runs already keeps its speed unless it is told.
Result<void> setSpeed(const practice::Addresses& practice, double speed)
{
    http::Client client(http::Peer{.address = "127.0.0.1", .port = practice.port, .localSocket = {}});
    const http::Request request{"POST", QUrl(QString::fromStdString(practice.control)).path().toStdString() + "/time",
        {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + practice.keys.token}},
        "{\"speed\":" + decimal(speed) + "}", {}};
    const auto response = client.send(request, kControlTimeout);
    if (!response)
        return fail(ErrorCode::PracticeUnavailable, response.error().detail);
    if (response->status != 200)
        return fail(ErrorCode::PracticeUnavailable, "status " + std::to_string(response->status));
    return {};
}

Result<PracticeAddress> startPractice(
    const Paths& paths, const Programs& programs, Redactor& redactor, double speed, const http::CancelToken& cancel)
{
    const std::filesystem::path folder = toPath(paths.practice());
    const double wanted = speed > 0.0 ? speed : Settings(paths.settings()).value(Settings::table().practiceSpeed);
    const auto running = practice::findRunning(folder, cancel);
    if (!running && (programs.visgatectl.isEmpty() || programs.worker.isEmpty()))
        return fail(ErrorCode::PracticeUnavailable, "visgatectl or visgate-worker is missing");
    const auto address = running ? *running
                                 : practice::findOrStart(folder,
                                     {toPath(programs.visgatectl),
                                         {"practice", "serve", "--data", toUtf8(folder), "--speed", decimal(wanted),
                                             "--worker", programs.worker.toStdString()}},
                                     cancel);
    if (!address)
        return fail(address.error());
    // What opens its doors: the control routes, and hub and registry, whose addresses lead through one.
    redactor.addSecret(address->keys.token);
    redactor.addSecret(address->keys.door);
    if (running && speed > 0.0) {
        if (auto told = setSpeed(*address, speed); !told)
            return fail(told.error());
    }
    return PracticeAddress{{urlOf(address->rest), urlOf(address->queue), urlOf(address->hub), urlOf(address->registry),
                               QString::fromStdString(address->volumes), urlOf(address->graphql)},
        std::make_shared<const Secret>(address->keys.apiKey),
        {QString::fromStdString(address->keys.storageKeyId),
            std::make_shared<const Secret>(address->keys.storageSecret)}};
}

ThisComputerSettings thisComputer(const Paths& paths, const Programs& programs, const EngineConfig& config)
{
    ThisComputerSettings settings;
    settings.folder = paths.thisComputer();
    settings.worker = programs.worker;
    settings.python = [file = paths.settings(), data = paths.data] {
        const QString named = Settings(file).value(Settings::table().pictureEnginePython);
        return named.isEmpty() ? pictureEnginePython(data).value_or(QString()) : named;
    };
    settings.clock = config.clock;
    settings.redactor = config.redactor;
    settings.log = config.log.network;
    return settings;
}

EngineConfig engineConfig(const Paths& paths, const Programs& programs, const ProgramLog& log)
{
    EngineConfig config;
    config.dataFolder = paths.data;
    config.clock = std::make_shared<RealClock>();
    config.redactor = log.redactor;
    config.log = log.parts();
    config.logFile = log.file->openFile(paths.ownLog());
    config.publicImage = PublicImage::builtIn();
    config.providers = {practiceDescriptor(), runpodDescriptor()};
    if (!programs.worker.isEmpty())
        config.providers.append(thisComputerDescriptor());
    const auto here = accountsOfThisComputer(thisComputer(paths, programs, config));
    config.makeProvider
        = [here, network = config.log.network, redactor = config.redactor](AccountId account,
              const TargetAddress& address, std::shared_ptr<const Secret> key) -> std::unique_ptr<Provider> {
        if (account.isThisComputer())
            return here();
        RunpodSettings settings;
        settings.rest = address.rest;
        settings.queue = address.queue;
        settings.graphql = address.graphql;
        settings.redactor = redactor;
        settings.http.log = network;
        return std::make_unique<RunpodProvider>(std::move(settings), std::move(key));
    };
    // The registry is read where and when it is first needed, not while the program starts.
    config.makeModels = [registry = std::shared_ptr<const ModelRegistry>(), network = config.log.network,
                            redactor = config.redactor](const TargetAddress& address) mutable {
        if (!registry)
            registry = std::make_shared<const ModelRegistry>(ModelRegistry::builtIn());
        HubSettings settings;
        settings.base = address.hub;
        settings.http.log = network;
        settings.http.redactor = redactor;
        return std::make_unique<HubModels>(registry, std::move(settings));
    };
    config.makeSecrets = [] { return std::make_unique<KeychainStore>(u"visgate"_s); };
    config.startPractice
        = [paths, programs, redactor = config.redactor](double speed, const http::CancelToken& cancel) {
              return startPractice(paths, programs, *redactor, speed, cancel);
          };
    return config;
}

} // namespace

Programs Programs::find()
{
    return {programBeside(u"visgatectl"_s), programBeside(u"visgate-worker"_s)};
}

ProgramLog ProgramLog::make(const Paths& paths, bool verbose)
{
    auto redactor = std::make_shared<Redactor>();
    auto file = std::make_shared<OwnLogFile>(
        redactor, Settings(paths.settings()).value(Settings::table().logLevels), verbose);
    return {std::move(redactor), std::move(file)};
}

ServiceAccess::Options serviceOptions(const Paths& paths, const Programs& programs, const ProgramLog& log)
{
    const Settings settings(paths.settings());
    ServiceAccess::Options options;
    options.paths = paths;
    options.makeConfig = [paths, programs, log] { return engineConfig(paths, programs, log); };
    options.log = log.parts();
    options.receivesCallbacks = settings.value(Settings::table().callbackReceiver);
    options.callbackPort = static_cast<std::uint16_t>(settings.value(Settings::table().callbackPort));
    return options;
}

bool launchBackgroundOwner(const Paths& paths, const Programs& programs)
{
    QProcess serve;
    serve.setProgram(programs.visgatectl);
    serve.setArguments({u"serve"_s, u"--leave-when-idle"_s, u"--data-dir"_s, paths.data});
    serve.setStandardInputFile(QProcess::nullDevice());
    serve.setStandardOutputFile(QProcess::nullDevice());
    serve.setStandardErrorFile(QProcess::nullDevice());
    return !programs.visgatectl.isEmpty() && serve.startDetached();
}

Result<void> startBackgroundOwner(const Paths& paths, const Programs& programs)
{
    if (!launchBackgroundOwner(paths, programs))
        return fail(ErrorCode::OwnerUnavailable, "visgatectl serve did not start");
    http::Client client(http::Peer{.address = {}, .port = 0, .localSocket = toPath(paths.socket())});
    const auto deadline = std::chrono::steady_clock::now() + kOwnerPatience;
    while (std::chrono::steady_clock::now() < deadline) {
        if (client.send({"GET", "/health", {}, {}, {}}, kOwnerPatience))
            return {};
        std::this_thread::sleep_for(kLookAgain);
    }
    return fail(ErrorCode::OwnerUnavailable, "visgatectl serve does not answer");
}

} // namespace visgate
