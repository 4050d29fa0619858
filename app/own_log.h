// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace spdlog {
class logger;
}

namespace visgate {

class Redactor;
struct Paths;

/// The program's own log: a rotating file in the data folder, each line redacted before it is written. Thread-safe.
/// A file that cannot be opened leaves a logger that drops everything.
[[nodiscard]] std::shared_ptr<spdlog::logger> openOwnLog(const Paths& paths, std::shared_ptr<const Redactor> redactor);

} // namespace visgate
