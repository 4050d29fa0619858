// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/errors/error_catalog.h"

#include <QCoreApplication>

#include <span>

namespace visgate {

/// %1, %2 ... are Error::arguments; a row whose arguments may be missing has a second sentence without them.
struct ErrorRow {
    ErrorCode code;
    const char* message;
    const char* plainMessage; ///< when the arguments are not known; null if `message` has none
    const char* remedy;
    const char* button;
    RemedyAction action;
    bool showsDetail; ///< the provider's own words help here
};

/// Rows of error_catalog.cpp that concern models of the hub (error_rows_models.cpp).
[[nodiscard]] std::span<const ErrorRow> modelErrorRows();
/// Rows of error_catalog.cpp that concern a worker's start and end (error_rows_worker.cpp).
[[nodiscard]] std::span<const ErrorRow> workerErrorRows();
/// Rows of error_catalog.cpp that concern this computer: keychain, files, ports, recipes, Visgate's own processes
/// (error_rows_computer.cpp).
[[nodiscard]] std::span<const ErrorRow> computerErrorRows();

} // namespace visgate
