// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/own_log.h"

#include <QString>

#include <cstddef>
#include <memory>

namespace visgate {

class Redactor;

/// The program's own log: a rotating file, and standard error with --verbose. Each line is one entry, its secrets
/// masked and its control characters shown. Thread-safe once made; what is written before openFile() goes to standard
/// error alone.
class OwnLogFile {
public:
    struct Size {
        std::size_t bytes = 4UL * 1024 * 1024; ///< of one file
        std::size_t older = 3;                 ///< files kept besides
    };

    /// `levels` is the level of every part, then of single ones: "info, network=debug". What it does not understand
    /// counts as "info". `verbose`: everything, to standard error as well.
    OwnLogFile(std::shared_ptr<const Redactor> redactor, const QString& levels, bool verbose);

    /// Lines go into this file, too, as long as what is returned lives. For the owner of the data folder alone: two
    /// processes would rotate it under each other. A file that cannot be written drops them.
    [[nodiscard]] std::shared_ptr<const void> openFile(const QString& path, Size size);
    [[nodiscard]] std::shared_ptr<const void> openFile(const QString& path) { return openFile(path, Size()); }

    [[nodiscard]] const OwnLogs& parts() const { return m_parts; }

private:
    class Sinks;
    std::shared_ptr<Sinks> m_sinks;
    OwnLogs m_parts;
};

} // namespace visgate
