// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/context/pause.h"
#include "core/engine/sessions/model_source.h"
#include "core/net/s3_client.h"
#include "core/providers/provider.h"

#include <map>
#include <memory>
#include <tuple>

namespace visgate {

/// Keeps models near: copies a model's files from the hub into a volume, through the S3 side of the provider's volumes.
/// Each file is checked against the hub's sum; what is there already is left; the completion marker is written last. A
/// fill that was cut off goes on at the next start, file by file. Engine thread only.
class CacheFiller {
public:
    explicit CacheFiller(EngineContext& context);
    ~CacheFiller();

    /// Takes up what the last run of the program left unfinished.
    Result<void> takeUp();
    /// Makes the wish durable and begins. Conflict while the same model is being filled there.
    Result<void> begin(VolumeFill fill);
    /// Ends the filling of a volume that is about to go.
    void abandon(AccountId target, const VolumeId& volume);
    void stop();

private:
    struct Entry;

    void start(VolumeFill fill);
    Task<void> drive(std::shared_ptr<Entry> entry);
    /// One try from the beginning; what is in the volume already is not sent again.
    Task<Result<void>> fillOnce(std::shared_ptr<Entry> entry);
    Task<Result<QList<HubFile>>> sizesOf(std::shared_ptr<Entry> entry, HubFiles files);
    Task<Result<void>> copy(std::shared_ptr<Entry> entry, HubFile file);
    Task<Result<void>> copyInParts(std::shared_ptr<Entry> entry, HubFile file, QString key);
    void save(Entry& entry);
    [[nodiscard]] bool isOver(const Entry& entry) const;

    EngineContext& m_context;
    std::map<std::tuple<AccountId, VolumeId, QString>, std::shared_ptr<Entry>> m_entries;
};

} // namespace visgate
