// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/ids.h"

#include "core/foundation/clock.h"
#include "core/foundation/hash.h"

#include <cstdlib>
#include <openssl/rand.h>

namespace visgate {

DeploymentId newDeploymentId(std::chrono::system_clock::time_point now)
{
    return DeploymentId("dep_" + formatUtc(now).substr(0, 4) + "_" + randomHex(4));
}

JobId newJobId(std::chrono::system_clock::time_point now)
{
    const std::string time = formatUtc(now); // YYYY-MM-DDT...
    return JobId("job_" + time.substr(0, 4) + time.substr(5, 2) + time.substr(8, 2) + "_" + randomHex(4));
}

std::string randomHex(std::size_t bytes)
{
    std::string random(bytes, '\0');
    // Without randomness no id and no callback secret can be trusted; there is no useful way to go on.
    if (bytes > 0 && RAND_bytes(reinterpret_cast<unsigned char*>(random.data()), static_cast<int>(bytes)) != 1)
        std::abort();
    return toHex(random);
}

} // namespace visgate
