// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "worker/delivery/picture_result.h"

#include <string>
#include <vector>

namespace visgate::worker {

class Transport;

/// Puts each file to the address that the job brought for it; it keeps the address (without its signature) in place of
/// its bytes. The n-th file goes to the n-th address. What cannot be put stays as it is, and the return value says why;
/// it is empty if nothing went wrong.
[[nodiscard]] std::string uploadFiles(std::vector<PictureFile>& files, const std::vector<std::string>& addresses,
    Transport& transport, const http::CancelToken& cancel);

/// Whether a signed address may be used (upload_address.h): https, or http on this computer.
[[nodiscard]] bool isUploadAddress(const std::string& address);

} // namespace visgate::worker
