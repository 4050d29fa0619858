// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/request_bodies.h"
#include "core/api/route_support.h"
#include "core/api/routes.h"
#include "core/codec/codec.h"
#include "core/operations/jobs.h"

#include <QFile>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kMaxArtifactBytes = 256 * 1024 * 1024;

JobId jobIdOf(const Call& call)
{
    return JobId(call.parameters.front());
}

http::Response wholeJob(const Job& job)
{
    return replies::object(200, toJson(job));
}

http::Response fileReply(const Artifact& artifact)
{
    QFile file(artifact.filePath);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMaxArtifactBytes)
        return replies::error(Error{ErrorCode::FileUnreadable, artifact.filePath.toStdString(), 0, {}, {}});
    return {200, {{"Content-Type", artifact.contentType.toStdString()}}, file.readAll().toStdString()};
}

void sendArtifact(DeploymentService& service, const Call& call)
{
    bool ok = false;
    const int index = QString::fromStdString(call.parameters[1]).toInt(&ok);
    whenDone(ask(service, GetJob{jobIdOf(call)}), &service, [call, index, ok](const Result<Job>& job) {
        if (!job)
            call.exchange->respond(replies::error(job.error(), Subject::Job));
        else if (!ok || index < 0 || index >= job->artifacts.size())
            call.exchange->respond(replies::error(Error{ErrorCode::NotFound, call.parameters[1], 0, {}, {}}));
        else
            call.exchange->respond(fileReply(job->artifacts.at(index)));
    });
}

} // namespace

void addJobRoutes(Router& router, DeploymentService& service)
{
    router.add("POST", "/v1/inference/jobs", [&service](const Call& call) {
        if (auto submit = bodyOrRefuse(call, submitFromBody))
            answer(service, ask(service, SubmitJob{submit->deployment, std::move(submit->input)}), call,
                Subject::Deployment, [](const Job& job) { return replies::object(202, toJson(job)); });
    });
    router.add("GET", "/v1/inference/jobs", [&service](const Call& call) {
        const DeploymentId deployment(call.exchange->request().query("deployment_id"));
        answer(service, ask(service, ListJobs{deployment}), call, Subject::Deployment, [](const QList<Job>& jobs) {
            return replies::object(200, {{u"jobs"_s, toJson(jobs)}});
        });
    });
    router.add("GET", "/v1/inference/jobs/{}", [&service](const Call& call) {
        answer(service, ask(service, GetJob{jobIdOf(call)}), call, Subject::Job, wholeJob);
    });
    router.add("POST", "/v1/inference/jobs/{}/cancel", [&service](const Call& call) {
        whenDone(ask(service, CancelJob{jobIdOf(call)}), &service, [&service, call](const Result<void>& cancelled) {
            if (cancelled)
                answer(service, ask(service, GetJob{jobIdOf(call)}), call, Subject::Job, wholeJob);
            else
                call.exchange->respond(replies::error(cancelled.error(), Subject::Job));
        });
    });
    router.add("POST", "/v1/inference/jobs/{}/retry", [&service](const Call& call) {
        answer(service, ask(service, RetryJob{jobIdOf(call)}), call, Subject::Job,
            [](const Job& job) { return replies::object(202, toJson(job)); });
    });
    router.add(
        "GET", "/v1/inference/jobs/{}/artifacts/{}", [&service](const Call& call) { sendArtifact(service, call); });
}

} // namespace visgate
