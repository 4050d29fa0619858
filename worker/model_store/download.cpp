// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/download.h"

#include "core/foundation/bytes.h"
#include "core/foundation/file_error.h"
#include "core/foundation/hash.h"
#include "worker/model_store/partial_file.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace visgate::worker {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t hashedAtOnce = 4 * kMiB;
constexpr int mostWrongSums = 2;

bool isThere(const HubLayout& layout, const hub::File& file)
{
    std::error_code error;
    const auto size = fs::file_size(layout.blob(file.sum), error);
    return !error && size == file.bytes; // it got its name only when its sum was right
}

/// Several files may be the same bytes.
std::vector<const hub::File*> wanted(const Download& download, const HubLayout& layout)
{
    std::set<std::string> sums;
    std::vector<const hub::File*> files;
    for (const hub::File& file : download.files) {
        if (sums.insert(file.sum).second && !isThere(layout, file)) {
            files.push_back(&file);
        }
    }
    return files;
}

Error inWords(const Error& error, const HubLayout& layout)
{
    if (error.code != ErrorCode::StoreFull) {
        return error;
    }
    const std::string folder = toUtf8(layout.cache());
    return Error{ErrorCode::WorkerDiskFull, "The disk of " + folder + " became full while the model was written to it",
        0, {}, {}};
}

/// One file on its way. Its parts may be with several threads.
struct Coming {
    const hub::File* file = nullptr;
    std::optional<PartialFile> partial;
    std::mutex mutex;
    Hub::Place place;
    std::size_t partsLeft = 0;
    int wrongSums = 0;
};

class Crew {
public:
    Crew(const Download& download, const HubLayout& layout, const Hub& hub, FetchProgress& progress)
        : m_download(download), m_layout(layout), m_hub(hub), m_progress(progress)
    {
    }

    Result<void> prepare()
    {
        std::error_code error;
        fs::create_directories(m_layout.blobs(), error);
        if (error) {
            return fail(fileError(ErrorCode::FileUnwritable, m_layout.blobs(), error.message()));
        }
        for (const hub::File* file : wanted(m_download, m_layout)) {
            auto coming = std::make_unique<Coming>();
            coming->file = file;
            auto partial = PartialFile::open(m_layout.blob(file->sum), file->bytes);
            if (!partial) {
                return fail(inWords(partial.error(), m_layout));
            }
            coming->partial.emplace(std::move(*partial));
            add(*coming);
            m_files.push_back(std::move(coming));
        }
        return {};
    }

    Result<void> run(int threads, const http::CancelToken& cancel)
    {
        for (const auto& coming : m_files) {
            if (coming->partsLeft == 0) { // empty, or ended between the last part and the name
                if (auto ended = finish(*coming); !ended) {
                    return ended;
                }
            }
        }
        const auto handle = cancel.onCancel([this] { m_stop.cancel(); });
        std::vector<std::thread> crew;
        const auto needed = std::min<std::size_t>(static_cast<std::size_t>(std::max(1, threads)), m_parts.size());
        crew.reserve(needed);
        for (std::size_t i = 0; i < needed; ++i) {
            crew.emplace_back([this] { work(); });
        }
        for (std::thread& thread : crew) {
            thread.join();
        }
        cancel.removeCallback(handle);
        if (m_error) {
            return fail(inWords(*m_error, m_layout));
        }
        return cancel.isCancelled() ? fail(ErrorCode::Cancelled) : Result<void>();
    }

private:
    struct Task {
        Coming* coming = nullptr;
        FilePart part;
    };

    /// Its missing parts go to the end of what is to be done.
    void add(Coming& coming)
    {
        const auto missing = coming.partial->missing();
        const std::lock_guard lock(m_mutex);
        coming.partsLeft = missing.size();
        for (const FilePart& part : missing) {
            m_parts.push_back({&coming, part});
        }
    }

    std::optional<Task> next()
    {
        const std::lock_guard lock(m_mutex);
        if (m_parts.empty() || m_stop.isCancelled()) {
            return std::nullopt;
        }
        const Task task = m_parts.front();
        m_parts.pop_front();
        return task;
    }

    void work()
    {
        Transport transport;
        for (auto task = next(); task; task = next()) {
            auto done = fetch(transport, *task);
            if (done && isLast(*task->coming)) {
                done = finish(*task->coming);
            }
            if (!done) {
                const std::lock_guard lock(m_mutex);
                if (!m_error && !m_stop.isCancelled()) {
                    m_error = done.error();
                }
                m_stop.cancel();
            }
        }
    }

    Result<void> fetch(Transport& transport, const Task& task)
    {
        Coming& coming = *task.coming;
        Hub::Place place;
        {
            const std::lock_guard lock(coming.mutex);
            place = coming.place;
        }
        std::uint64_t offset = task.part.offset;
        std::optional<Error> unwritten;
        const auto taken = m_hub.bytes(
            transport, m_download.id, m_download.commit, *coming.file, place, task.part.offset, task.part.bytes,
            [&](std::string_view piece) {
                if (auto written = coming.partial->write(offset, piece); !written) {
                    unwritten = written.error();
                    return false;
                }
                offset += piece.size();
                m_progress.add(piece.size());
                return true;
            },
            m_stop);
        if (unwritten) {
            return fail(*unwritten);
        }
        if (!taken) {
            return taken;
        }
        {
            const std::lock_guard lock(coming.mutex);
            coming.place = place;
        }
        return coming.partial->partDone(task.part);
    }

    bool isLast(Coming& coming)
    {
        const std::lock_guard lock(m_mutex);
        return --coming.partsLeft == 0;
    }

    /// All bytes are there. What is not what it should be comes once more.
    Result<void> finish(Coming& coming)
    {
        const auto sum = sumOf(coming);
        if (!sum) {
            return fail(sum.error());
        }
        if (*sum == coming.file->sum) {
            return coming.partial->finish();
        }
        if (++coming.wrongSums == mostWrongSums) {
            return fail(ErrorCode::ModelFetchFailed,
                coming.file->path + " of " + m_download.id + " came twice with another sum than the hub tells");
        }
        m_progress.takeBack(coming.file->bytes);
        if (auto discarded = coming.partial->discard(); !discarded) {
            return discarded;
        }
        add(coming);
        return {};
    }

    Result<std::string> sumOf(const Coming& coming)
    {
        const hub::File& file = *coming.file;
        if (!file.isLarge()) {
            const auto bytes = coming.partial->read(0, file.bytes);
            return bytes ? Result<std::string>(gitBlobHex(*bytes)) : fail(bytes.error());
        }
        Sha256 sum;
        for (std::uint64_t offset = 0; offset < file.bytes; offset += hashedAtOnce) {
            const auto bytes = coming.partial->read(offset, hashedAtOnce);
            if (!bytes) {
                return fail(bytes.error());
            }
            if (m_stop.isCancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            sum.add(*bytes);
            m_progress.sign();
        }
        return toHex(sum.finish());
    }

    const Download& m_download;
    const HubLayout& m_layout;
    const Hub& m_hub;
    FetchProgress& m_progress;
    http::CancelToken m_stop; ///< of all threads: the caller's wish, or one's failure
    std::vector<std::unique_ptr<Coming>> m_files;
    std::mutex m_mutex;
    std::deque<Task> m_parts;
    std::optional<Error> m_error;
};

} // namespace

std::uint64_t missingBytes(const Download& download, const HubLayout& layout)
{
    std::uint64_t sum = 0;
    for (const hub::File* file : wanted(download, layout)) {
        sum += PartialFile::missingBytes(layout.blob(file->sum), file->bytes);
    }
    return sum;
}

Result<void> fetchFiles(const Download& download, const HubLayout& layout, const Hub& hub, FetchProgress& progress,
    int threads, const http::CancelToken& cancel)
{
    Crew crew(download, layout, hub, progress);
    auto done = crew.prepare();
    return done ? crew.run(threads, cancel) : done;
}

} // namespace visgate::worker
