// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QVariant>

#include <optional>

namespace visgate::test {

/// How a command ended.
struct Ran {
    int code = -1;
    QByteArray out;
    QByteArray err;
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

/// visgatectl as a person uses it: the real program in a data folder of its own, practice behind it. Without a session
/// bus unless asked for, so without a keychain; with one, it waits until no other test uses the session's keychain.
class CliHarness {
public:
    enum class Keychain { None, OfTheSession };

    explicit CliHarness(Keychain keychain = Keychain::None);
    ~CliHarness(); ///< ends the practice process of this folder
    CliHarness(const CliHarness&) = delete;
    CliHarness& operator=(const CliHarness&) = delete;

    void start(QProcess& process, const QStringList& arguments) const;
    [[nodiscard]] Ran run(const QStringList& arguments, const QByteArray& input = {}) const;
    /// A bash script in the same environment, with the program as $VISGATECTL; `under` is the command that starts bash.
    [[nodiscard]] Ran script(const QString& text, const QStringList& under = {}) const;

    /// Until this `serve`, begun just now, owns the data folder.
    void waitForOwner(QProcess& serve) const;
    /// Ends the owner that a command has left behind, as a power cut would.
    void endOwner() const;
    [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString dataFolder() const { return m_folder.filePath(QStringLiteral("data")); }
    void set(const QString& name, const QString& value) { m_environment.insert(name, value); }
    /// From now on the programs run on a desktop of this locale ("tr_TR.UTF-8"), words and all. False where it cannot
    /// be made here.
    [[nodiscard]] bool liveIn(const QString& locale);
    /// Lines of settings.ini: {"runpod/rest_url", "http://..."}.
    void setting(const QString& key, const QVariant& value) const;

    /// Starts practice (by asking for its GPUs); where it is: "port", "rest", "queue", "hub", "control".
    QJsonObject practice() const;
    /// A practice account plays Runpod: its addresses and a worker image that it runs go into the settings.
    void actAsRunpod(const QJsonObject& addresses, const QString& image) const;
    QJsonObject control(const char* method, const QString& path, const QJsonObject& body = {}) const;
    [[nodiscard]] QByteArray rawControl(const char* method, const QString& path, const QJsonObject& body = {}) const;

private:
    [[nodiscard]] Ran finish(QProcess& process, const QString& what) const;
    [[nodiscard]] QJsonObject running() const;

    std::optional<QLockFile> m_keychain;
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

} // namespace visgate::test
