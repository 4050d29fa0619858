// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/http/client.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"
#include "worker/model_store/cached_model.h"
#include "worker/model_store/fetch_progress.h"
#include "worker/model_store/file_choice.h"
#include "worker/model_store/hub.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace visgate::worker {

class HubLayout;

/// A model on this machine.
struct StoredModel {
    std::filesystem::path folder;
    std::string revision;  ///< its commit where that is known, else what was asked for
    bool wasThere = false; ///< nothing had to be fetched
};

/// Where a model comes from: a folder that its id names, the provider's cache, folders that we fill, files baked into
/// the image, and at last the hub. Blocks; one call at a time.
class ModelStore {
public:
    struct Settings {
        std::string modelId;
        std::string revision;             ///< a commit or a name; empty: the main one
        std::string precision;            ///< chooseFiles()
        std::vector<ModelFolder> folders; ///< in the order in which they are looked into
        /// In the order in which they are tried for what has to be fetched: the first that can be written to and has
        /// room.
        std::vector<std::filesystem::path> writable;
        std::string hub = "https://huggingface.co";
        Secret token;
        Hub::Patience patience = {};
        int threads = 8;
    };
    using OnNote = std::function<void(const std::string& words)>;

    ModelStore(Settings settings, const Clock& clock, OnNote onNote);

    /// Errors: Hub's, chooseFiles()', WorkerDiskFull, FileUnwritable; Cancelled as soon as `cancel` is pulled. A second
    /// worker on the same folder waits for the first and tells of its progress.
    [[nodiscard]] Result<StoredModel> fetch(const FetchProgress::Listener& listener, const http::CancelToken& cancel);

private:
    [[nodiscard]] std::optional<StoredModel> present() const;
    [[nodiscard]] Result<StoredModel> fromHub(FetchProgress& progress, const http::CancelToken& cancel);
    [[nodiscard]] Result<std::filesystem::path> roomFor(const std::string& commit, const hub::FileChoice& choice) const;
    [[nodiscard]] Result<StoredModel> fill(const HubLayout& layout, const std::string& commit,
        const hub::FileChoice& choice, const Hub& hub, FetchProgress& progress, const http::CancelToken& cancel);

    const Settings m_settings;
    const Clock& m_clock;
    const OnNote m_onNote;
};

} // namespace visgate::worker
