// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/starts/start_causes.h"

#include <array>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMostDetail = 200;

enum class From { System, Anywhere };

struct Cause {
    const char* words; ///< in lower case
    ErrorCode code;
    From from;
    bool mayPass;
};

/// The one table of causes. The first that fits counts: "pull access denied ... manifest unknown" is no login's matter.
constexpr std::array kCauses{
    Cause{"unsatisfied condition: cuda", ErrorCode::HostDriverTooOld, From::Anywhere, false},
    Cause{"cuda driver version is insufficient", ErrorCode::HostDriverTooOld, From::Anywhere, false},
    Cause{"nvidia driver on your system is too old", ErrorCode::HostDriverTooOld, From::Anywhere, false},
    Cause{"manifest unknown", ErrorCode::WorkerImageUnknown, From::System, false},
    Cause{"manifest not found", ErrorCode::WorkerImageUnknown, From::System, false},
    Cause{"toomanyrequests", ErrorCode::ImagePullLimited, From::System, false},
    Cause{"pull rate limit", ErrorCode::ImagePullLimited, From::System, false},
    Cause{"no matching manifest for", ErrorCode::ImageWrongMachine, From::System, false},
    Cause{"pull access denied", ErrorCode::ImagePullDenied, From::System, false},
    Cause{"requested access to the resource is denied", ErrorCode::ImagePullDenied, From::System, false},
    Cause{"unauthorized", ErrorCode::ImagePullDenied, From::System, false},
    Cause{"no basic auth credentials", ErrorCode::ImagePullDenied, From::System, false},
    Cause{"exec format error", ErrorCode::ImageWrongMachine, From::Anywhere, false},
    Cause{"no space left on device", ErrorCode::WorkerDiskFull, From::System, false},
    // The worker may go on with less: a smaller precision, parts kept off the GPU, another folder.
    Cause{"no space left on device", ErrorCode::WorkerDiskFull, From::Anywhere, true},
    Cause{"cuda out of memory", ErrorCode::OutOfGpuMemory, From::Anywhere, true},
    Cause{"torch.outofmemoryerror", ErrorCode::OutOfGpuMemory, From::Anywhere, true},
    Cause{"cuda error: out of memory", ErrorCode::OutOfGpuMemory, From::Anywhere, true},
    Cause{"oomkilled", ErrorCode::WorkerMemoryFull, From::System, true},
    Cause{"oom-kill", ErrorCode::WorkerMemoryFull, From::System, true},
    Cause{"out of memory: killed process", ErrorCode::WorkerMemoryFull, From::System, true},
    Cause{"memory cgroup out of memory", ErrorCode::WorkerMemoryFull, From::System, true},
    Cause{"exited with code 137", ErrorCode::WorkerMemoryFull, From::System, true},
    // Whatever else keeps it away: the provider goes on trying.
    Cause{"error pulling image", ErrorCode::ImagePullFailing, From::System, true},
    Cause{"failed to pull image", ErrorCode::ImagePullFailing, From::System, true},
};

/// From where it becomes interesting to the end of that line: the rest of it is the container tool's own affairs.
QString tellingPart(const QString& line, qsizetype at)
{
    const qsizetype end = line.indexOf(u'\n', at);
    return line.mid(at, end < 0 ? -1 : end - at).trimmed().left(kMostDetail);
}

} // namespace

std::optional<StartCause> startCauseOf(const QString& line, bool isSystem)
{
    for (const Cause& cause : kCauses) {
        if (cause.from == From::System && !isSystem)
            continue;
        const qsizetype at = line.indexOf(QLatin1String(cause.words), 0, Qt::CaseInsensitive);
        if (at >= 0)
            return StartCause{{cause.code, tellingPart(line, at).toStdString(), 0, {}, {}}, cause.mayPass};
    }
    return std::nullopt;
}

} // namespace visgate
