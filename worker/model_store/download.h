// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/result.h"
#include "worker/model_store/fetch_progress.h"
#include "worker/model_store/hub.h"
#include "worker/model_store/hub_layout.h"

#include <string>
#include <vector>

namespace visgate::worker {

/// What is to come into a cache's blobs.
struct Download {
    std::string id;
    std::string commit;
    std::vector<hub::File> files;
};

/// Bytes of it that are not in the cache yet.
[[nodiscard]] std::uint64_t missingBytes(const Download& download, const HubLayout& layout);

/// Brings the missing files into the cache: `threads` parts at once, each file under its sum only once the sum is right
/// (a wrong one is fetched once more). Blocks; ends at once when `cancel` is pulled. What is there by then stays, and
/// the next call goes on from it. Errors: those of Hub; WorkerDiskFull; FileUnwritable.
[[nodiscard]] Result<void> fetchFiles(const Download& download, const HubLayout& layout, const Hub& hub,
    FetchProgress& progress, int threads, const http::CancelToken& cancel);

} // namespace visgate::worker
