// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/queue/output_limit.h"

#include "core/foundation/json/json_value.h"
#include "core/foundation/worker_protocol/worker_code.h"

namespace visgate::worker {

std::string outputTooLarge(std::size_t bytes, std::size_t most)
{
    return nlohmann::json({{"code", toString(WorkerCode::OutputTooLarge)},
                              {"message",
                                  "The result has " + std::to_string(bytes) + " bytes; at most " + std::to_string(most)
                                      + " can be returned directly."}})
        .dump();
}

} // namespace visgate::worker
