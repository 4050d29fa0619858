// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cli_harness.h"

#include "core/foundation/http/client.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSettings>
#include <QUrl>

#include <csignal>
#include <gtest/gtest.h>
#include <stdexcept>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kPatience = 1'200'000;

QString program()
{
    return QCoreApplication::applicationDirPath() + "/visgatectl"_L1;
}

} // namespace

CliHarness::CliHarness(Keychain keychain)
{
    m_environment = QProcessEnvironment::systemEnvironment();
    if (keychain == Keychain::OfTheSession) {
        const QDir session(m_environment.value(u"XDG_RUNTIME_DIR"_s, QDir::tempPath()));
        m_keychain.emplace(session.filePath(u"keychain.lock"_s));
        m_keychain->setStaleLockTime(0); // a test may take minutes; the lock of a dead one is broken all the same
        EXPECT_TRUE(m_keychain->tryLock(kPatience));
    }
    QDir(m_folder.path()).mkpath(u"run"_s);
    QDir(m_folder.path()).mkpath(u"data"_s);
    m_environment.insert(u"VISGATE_DATA_DIR"_s, dataFolder());
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.filePath(u"run"_s));
    // Numbers and case are those of the session's locale; the words that tests look for are English.
    m_environment.insert(u"LANG"_s, m_environment.value(u"LC_ALL"_s, u"C.UTF-8"_s));
    m_environment.insert(u"LC_MESSAGES"_s, u"C.UTF-8"_s);
    m_environment.remove(u"LC_ALL"_s);
    if (keychain == Keychain::None)
        m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
}

CliHarness::~CliHarness()
{
    if (const qint64 practice = running().value("pid"_L1).toInteger(); practice > 0)
        ::kill(static_cast<pid_t>(practice), SIGTERM);
}

bool CliHarness::liveIn(const QString& locale)
{
    const QStringList name = locale.split(u'.');
    const int made = QProcess::execute(u"localedef"_s, {u"-i"_s, name.value(0), u"-f"_s, name.value(1), file(locale)});
    m_environment.insert(u"LOCPATH"_s, m_folder.path());
    m_environment.insert(u"LC_ALL"_s, locale);
    return made == 0;
}

void CliHarness::start(QProcess& process, const QStringList& arguments) const
{
    process.setProcessEnvironment(m_environment);
    process.start(program(), arguments);
}

Ran CliHarness::finish(QProcess& process, const QString& what) const
{
    process.closeWriteChannel();
    EXPECT_TRUE(process.waitForFinished(kPatience)) << what.toStdString();
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

Ran CliHarness::run(const QStringList& arguments, const QByteArray& input) const
{
    QProcess process;
    start(process, arguments);
    process.write(input);
    return finish(process, arguments.join(u' '));
}

void CliHarness::waitForOwner(QProcess& serve) const
{
    ASSERT_TRUE(serve.waitForStarted());
    // No command may ask: one that comes first would be the owner itself.
    QFile lock(m_environment.value(u"VISGATE_DATA_DIR"_s) + "/owner.lock"_L1);
    while (!serve.waitForFinished(50)) {
        const QByteArray noted = lock.open(QIODevice::ReadOnly) ? lock.readAll() : QByteArray();
        lock.close();
        if (noted.split('\n').value(1) == QByteArray::number(serve.processId()))
            return;
    }
    FAIL() << "it ended: " << serve.readAllStandardError().toStdString();
}

void CliHarness::endOwner() const
{
    const QString lock = m_environment.value(u"VISGATE_DATA_DIR"_s) + "/owner.lock"_L1;
    // Its pid stands in the lock file's second line, which holds as long as the lock is held.
    const Ran ended = script(u"for try in $(seq 600); do flock -n %1 true && exit 0; "
                             "kill -9 $(sed -n 2p %1) 2>/dev/null; sleep 0.1; done; exit 1"_s.arg(lock));
    EXPECT_EQ(ended.code, 0) << ended.err.toStdString();
}

Ran CliHarness::script(const QString& text, const QStringList& under) const
{
    QProcessEnvironment environment = m_environment;
    environment.insert(u"VISGATECTL"_s, program());
    QStringList command = under + QStringList{u"/bin/bash"_s, u"-c"_s, text};
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProgram(command.takeFirst());
    process.setArguments(command);
    process.start();
    return finish(process, text);
}

void CliHarness::setting(const QString& key, const QVariant& value) const
{
    QSettings settings(dataFolder() + "/settings.ini"_L1, QSettings::IniFormat);
    settings.setValue(key, value);
}

QJsonObject CliHarness::running() const
{
    QFile file(dataFolder() + "/practice/practice.json"_L1);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

QJsonObject CliHarness::practice() const
{
    if (running().isEmpty()) {
        const Ran started = run({u"gpus"_s, u"--target"_s, u"practice"_s});
        EXPECT_EQ(started.code, 0) << started.err.toStdString();
    }
    return running();
}

void CliHarness::actAsRunpod(const QJsonObject& addresses, const QString& image) const
{
    setting(u"runpod/rest_url"_s, addresses["rest"_L1].toString());
    setting(u"runpod/queue_url"_s, addresses["queue"_L1].toString());
    setting(u"runpod/graphql_url"_s, addresses["graphql"_L1].toString());
    setting(u"runpod/volumes_url"_s, addresses["volumes"_L1].toString());
    setting(u"hub/url"_s, addresses["hub"_L1].toString());
    setting(u"worker/registry_url"_s, addresses["registry"_L1].toString());
    setting(u"worker/image"_s, image);
}

QByteArray CliHarness::rawControl(const char* method, const QString& path, const QJsonObject& body) const
{
    const QJsonObject address = practice();
    http::Client client(http::Peer{
        .address = "127.0.0.1", .port = static_cast<std::uint16_t>(address["port"_L1].toInt()), .localSocket = {}});
    http::Request request;
    request.method = method;
    request.headers.set("Authorization", "Bearer " + address["token"_L1].toString().toStdString());
    request.target = (QUrl(address["control"_L1].toString()).path() + path).toStdString();
    if (!body.isEmpty()) {
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString();
        request.headers.set("Content-Type", "application/json");
    }
    const auto reply = client.send(request, std::chrono::seconds(20), {}, 64 * 1024 * 1024);
    if (!reply || reply->status != 200)
        throw std::runtime_error("practice's control route does not answer as expected");
    return QByteArray::fromStdString(reply->body);
}

QJsonObject CliHarness::control(const char* method, const QString& path, const QJsonObject& body) const
{
    return QJsonDocument::fromJson(rawControl(method, path, body)).object();
}

} // namespace visgate::test
