// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/jobs/job.h"
#include "core/domain/provider/account_id.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/jobs/artifact_files.h"

#include <QJsonArray>
#include <QJsonObject>

#include <chrono>
#include <memory>

namespace visgate {

class S3Client;

/// Results by way of the user's own bucket: the job brings an address for each picture, signed for it alone; what the
/// worker put there is fetched and kept like any other result. Engine thread only.
class JobUploads {
public:
    JobUploads(EngineContext& context, const ArtifactFiles& files) : m_context(context), m_files(files) { }

    /// Where the worker may put the pictures; empty where no bucket is set up. `limit`: of the job's run. Fails where
    /// there is a bucket whose keys cannot be read.
    Task<Result<QJsonArray>> addressesFor(Job job, AccountId target, std::chrono::seconds limit);
    /// The pictures that the worker put into the bucket, as files; none where it gave them in its answer. Cancelled
    /// when the engine goes down.
    Task<Result<FetchedArtifacts>> fetch(Job job, AccountId target, QJsonObject output);

private:
    Task<Result<FetchedArtifact>> fetchOne(std::shared_ptr<S3Client> client, QString key, QString path);

    EngineContext& m_context;
    const ArtifactFiles& m_files;
};

} // namespace visgate
