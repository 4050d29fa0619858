// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/model_store.h"

#include "core/foundation/file_error.h"
#include "core/foundation/ids.h"
#include "core/foundation/path_text.h"
#include "worker/model_store/download.h"
#include "worker/model_store/hub_layout.h"
#include "worker/model_store/model_lock.h"
#include "worker/model_store/partial_file.h"

#include <fstream>
#include <utility>

namespace visgate::worker {
namespace {

namespace fs = std::filesystem;

constexpr const char* mainRevision = "main";

/// "12.34 GB"
std::string gigabytes(std::uint64_t bytes)
{
    constexpr std::uint64_t hundredth = 10'000'000;
    const std::uint64_t rounded = (bytes + hundredth / 2) / hundredth;
    const std::string cents = std::to_string(rounded % 100);
    return std::to_string(rounded / 100) + (cents.size() == 1 ? ".0" : ".") + cents + " GB";
}

bool canBeWrittenTo(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    const fs::path probe = folder / (".visgate-" + randomHex(8));
    const bool isWritable = static_cast<bool>(std::ofstream(probe) << '\n');
    fs::remove(probe, error);
    return isWritable;
}

/// What downloads of other revisions left behind; nobody else fills this model while the lock is held.
void removePartialFiles(const HubLayout& layout)
{
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(layout.blobs(), ignored)) {
        if (toUtf8(entry.path().filename()).find(PartialFile::suffix) != std::string::npos) {
            std::error_code busy;
            fs::remove(entry.path(), busy);
        }
    }
}

Error aboutDisk(Error error, const HubLayout& layout)
{
    if (error.code == ErrorCode::StoreFull) {
        error.code = ErrorCode::WorkerDiskFull;
        error.detail = "The disk of " + toUtf8(layout.cache()) + " became full while the model was written to it";
    }
    return error;
}

} // namespace

ModelStore::ModelStore(Settings settings, const Clock& clock, OnNote onNote)
    : m_settings(std::move(settings)), m_clock(clock), m_onNote(std::move(onNote))
{
}

std::optional<StoredModel> ModelStore::present() const
{
    const fs::path named = pathFromUtf8(m_settings.modelId);
    std::error_code ignored;
    if (named.is_absolute()) {
        return fs::is_directory(named, ignored) ? std::optional(StoredModel{named, m_settings.revision, true})
                                                : std::nullopt;
    }
    const auto found = findCachedModel(m_settings.folders, m_settings.modelId, m_settings.revision);
    if (!found) {
        return std::nullopt;
    }
    const std::string name = toUtf8(found->filename());
    return StoredModel{*found, isHexName(name) ? name : m_settings.revision, true};
}

Result<StoredModel> ModelStore::fetch(const FetchProgress::Listener& listener, const http::CancelToken& cancel)
{
    if (auto model = present()) {
        return *model;
    }
    if (!m_settings.revision.empty() && !isPlainPath(m_settings.revision)) {
        return fail(ErrorCode::ModelNotFound, m_settings.revision + " is no name of a revision");
    }
    if (!isModelId(m_settings.modelId)) {
        return fail(ErrorCode::ModelNotFound, m_settings.modelId + " is neither a folder here nor the name of a model");
    }
    FetchProgress progress(m_clock, listener);
    progress.begin(0, 0);
    auto model = fromHub(progress, cancel);
    return cancel.isCancelled() ? fail(ErrorCode::Cancelled) : std::move(model);
}

Result<StoredModel> ModelStore::fromHub(FetchProgress& progress, const http::CancelToken& cancel)
{
    const std::string& id = m_settings.modelId;
    const Hub hub(
        m_settings.hub, m_settings.token.clone(), [&progress] { progress.sign(); }, m_settings.patience);
    Transport transport;
    const auto commit
        = hub.commitOf(transport, id, m_settings.revision.empty() ? mainRevision : m_settings.revision, cancel);
    const auto files = commit ? hub.filesOf(transport, id, *commit, cancel) : fail(commit.error());
    if (!files) {
        return fail(files.error());
    }
    const auto choice = hub::chooseFiles(id, *files, m_settings.precision,
        [&](const hub::File& file) { return hub.text(transport, id, *commit, file, cancel); });
    const auto folder = choice ? roomFor(*commit, *choice) : fail(choice.error());
    if (!folder) {
        return fail(folder.error());
    }
    return fill(HubLayout(*folder, id), *commit, *choice, hub, progress, cancel);
}

Result<fs::path> ModelStore::roomFor(const std::string& commit, const hub::FileChoice& choice) const
{
    Error why{ErrorCode::FileUnwritable, "There is no folder that a model could be written to", 0, {}, {}};
    for (const fs::path& folder : m_settings.writable) {
        if (!canBeWrittenTo(folder)) {
            continue;
        }
        const std::uint64_t needed
            = missingBytes({m_settings.modelId, commit, choice.files}, HubLayout(folder, m_settings.modelId));
        std::error_code unknown;
        const auto space = fs::space(folder, unknown);
        if (unknown || space.available >= needed) {
            return folder;
        }
        if (why.code != ErrorCode::WorkerDiskFull) {
            why = {ErrorCode::WorkerDiskFull,
                m_settings.modelId + " needs " + gigabytes(needed) + " more in " + toUtf8(folder) + ", and "
                    + gigabytes(space.available) + " are free there",
                0, {}, {}};
        }
    }
    return fail(why);
}

Result<StoredModel> ModelStore::fill(const HubLayout& layout, const std::string& commit, const hub::FileChoice& choice,
    const Hub& hub, FetchProgress& progress, const http::CancelToken& cancel)
{
    const auto lock = ModelLock::take(layout.lock(), progress, cancel);
    if (!lock) {
        return fail(lock.error());
    }
    if (!lock->isHeld()) {
        m_onNote("There are no locks in " + toUtf8(layout.cache()) + "; another worker may fetch the same model.");
    }
    std::error_code ignored;
    if (fs::is_regular_file(layout.snapshot(commit) / HubLayout::marker, ignored)) {
        return StoredModel{layout.snapshot(commit), commit, true}; // another worker was here
    }
    const Download download{m_settings.modelId, commit, choice.files};
    const std::uint64_t missing = missingBytes(download, layout);
    m_onNote("Fetching " + m_settings.modelId + " at " + commit + " into " + toUtf8(layout.cache()) + ": "
        + std::to_string(choice.files.size()) + " files, " + gigabytes(missing) + " of " + gigabytes(choice.bytes())
        + " are missing.");
    progress.alsoTell([&lock](const FetchProgress::State& state) { lock->note(state); });
    progress.begin(choice.bytes() - missing, choice.bytes());
    const auto fetched = fetchFiles(download, layout, hub, progress, m_settings.threads, cancel);
    progress.end();
    progress.alsoTell({});
    if (!fetched) {
        return fail(fetched.error());
    }
    for (const hub::File& file : choice.files) {
        if (auto placed = layout.place(file.sum, commit, file.path); !placed) {
            return fail(aboutDisk(placed.error(), layout));
        }
    }
    if (lock->isHeld()) {
        removePartialFiles(layout);
    }
    const std::string name = m_settings.revision.empty() ? mainRevision : m_settings.revision;
    if (auto completed = layout.complete(commit, name); !completed) {
        return fail(aboutDisk(completed.error(), layout));
    }
    return StoredModel{layout.snapshot(commit), commit, false};
}

} // namespace visgate::worker
