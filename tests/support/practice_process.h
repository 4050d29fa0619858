// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/context/engine_config.h"

#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace visgate::test {

/// A worker image that practice runs, too, and whose registry is a closed port of this computer.
[[nodiscard]] inline QString imageOfNobody()
{
    return QStringLiteral("127.0.0.1:1/visgate/practice-worker:1");
}

/// A public image that practice has, whose containers run what their arguments say.
[[nodiscard]] inline QString publicImage()
{
    return QStringLiteral("runpod/pytorch:practice");
}

/// Practice in a process of its own, with the real worker program, for the life of the object.
class PracticeProcess {
public:
    /// `more`: further options of practice_host.
    explicit PracticeProcess(double speed = 200.0, const QStringList& more = {});
    ~PracticeProcess();
    PracticeProcess(const PracticeProcess&) = delete;
    PracticeProcess& operator=(const PracticeProcess&) = delete;

    /// What an engine is given to call it.
    [[nodiscard]] PracticeAddress address(const std::string& key = "rpa_practice_test_0001") const;
    [[nodiscard]] QJsonObject addresses() const { return m_addresses; }

    /// The control route: what is there now.
    [[nodiscard]] QJsonObject state() const;
    /// Endpoints and workers that live at this moment, as "2 endpoints, 1 workers".
    [[nodiscard]] QString remains() const;
    [[nodiscard]] int endpointCount() const;
    [[nodiscard]] int workerCount() const;
    /// "POST /rest/v2/serverless 201" for each request that matches, in order.
    [[nodiscard]] QStringList calls(const QString& method, const QString& pathPart) const
    {
        return calls(QStringList{method}, pathPart);
    }
    [[nodiscard]] QStringList calls(const QStringList& methods, const QString& pathPart) const;
    [[nodiscard]] QByteArray rawRequests() const;
    QJsonObject control(const char* method, const QString& path, const QJsonObject& body = {}) const;
    void fault(const QString& method, const QString& path, const QJsonObject& effect) const;
    /// Each such request gets this answer from now on; `more` may hold "headers" and "content_type".
    void answer(
        const QString& method, const QString& path, int status, const QByteArray& body, QJsonObject more = {}) const;
    void clearFaults() const;
    void condition(const QString& kind) const;
    /// Somebody changes an endpoint with other means than ours.
    void edit(const std::string& endpoint, const QJsonObject& change) const;
    /// Another program makes an endpoint in the same account.
    void makeElsewhere(const QString& name, int workersMax, int workersMin = 0) const;

private:
    /// Straight at the provider, with the account's key.
    void asUser(const char* method, const std::string& path, const QJsonObject& body) const;
    QByteArray send(const char* method, const QString& path, const QJsonObject& body) const;

    QTemporaryDir m_folder;
    QProcess m_process;
    QJsonObject m_addresses;
};

} // namespace visgate::test
