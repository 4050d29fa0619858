// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/own_log.h"
#include "core/api/service_access.h"
#include "core/base/paths.h"
#include "core/foundation/redactor.h"
#include "core/foundation/result.h"

#include <QString>

namespace visgate {

/// Our own programs, as they lie beside the one that runs (or in ../libexec). Empty when not there.
struct Programs {
    QString visgatectl;
    QString worker;

    /// Needs a QCoreApplication.
    [[nodiscard]] static Programs find();
};

/// The program's own log, and the one redactor that masks it and everything else.
struct ProgramLog {
    std::shared_ptr<Redactor> redactor;
    std::shared_ptr<OwnLogFile> file;

    /// With the levels of the settings. `verbose`: everything, on standard error, too.
    [[nodiscard]] static ProgramLog make(const Paths& paths, bool verbose);
    [[nodiscard]] const OwnLogs& parts() const { return file->parts(); }
};

/// The engine with the real provider, hub, keychain and practice, and the service on top. What window and command line
/// pass to ServiceAccess::open.
[[nodiscard]] ServiceAccess::Options serviceOptions(
    const Paths& paths, const Programs& programs, const ProgramLog& log);

/// Starts `visgatectl serve` in the background for this data folder; it leaves by itself when nothing runs and nobody
/// is connected. False if it cannot be started.
[[nodiscard]] bool launchBackgroundOwner(const Paths& paths, const Programs& programs);

/// Starts it and waits until it answers. Blocks for up to ten seconds: not for the GUI thread. OwnerUnavailable.
[[nodiscard]] Result<void> startBackgroundOwner(const Paths& paths, const Programs& programs);

} // namespace visgate
