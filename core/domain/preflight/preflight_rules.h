// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/preflight/preflight.h"
#include "core/domain/preflight/preflight_facts.h"

#include <QList>

/// What the facts mean for the user: one pure function a concern, each in the file of its name. A rule returns the
/// lines it has something to say about; none where it was not asked.
namespace visgate::preflight {

[[nodiscard]] QList<PreflightLine> connection(
    const PreflightFacts& facts); ///< preflight_connection.cpp: reachable, TLS, clock
[[nodiscard]] QList<PreflightLine> keychain(const PreflightFacts& facts);    ///< preflight_key.cpp
[[nodiscard]] QList<PreflightLine> key(const PreflightFacts& facts);         ///< preflight_key.cpp
[[nodiscard]] QList<PreflightLine> money(const PreflightFacts& facts);       ///< preflight_money.cpp: bills, credit
[[nodiscard]] QList<PreflightLine> workerSlots(const PreflightFacts& facts); ///< preflight_slots.cpp
[[nodiscard]] QList<PreflightLine> here(const PreflightFacts& facts);    ///< preflight_here.cpp: what runs a model here
[[nodiscard]] QList<PreflightLine> image(const PreflightFacts& facts);   ///< preflight_image.cpp: manifest, CUDA floor
[[nodiscard]] QList<PreflightLine> model(const PreflightFacts& facts);   ///< preflight_model.cpp: there, form, task
[[nodiscard]] QList<PreflightLine> licence(const PreflightFacts& facts); ///< preflight_licence.cpp
[[nodiscard]] QList<PreflightLine> memory(const PreflightFacts& facts);  ///< preflight_memory.cpp: GPU memory, stock
[[nodiscard]] QList<PreflightLine> size(
    const PreflightFacts& facts); ///< preflight_memory.cpp: of what is asked for first
[[nodiscard]] QList<PreflightLine> disk(const PreflightFacts& facts);   ///< preflight_disk.cpp
[[nodiscard]] QList<PreflightLine> limits(const PreflightFacts& facts); ///< preflight_limits.cpp: start and run time
[[nodiscard]] QList<PreflightLine> output(const PreflightFacts& facts); ///< preflight_output.cpp: size of the result

/// All of them, in the order in which they are shown.
[[nodiscard]] PreflightReport judge(const PreflightFacts& facts);

/// The line's title in the user's language.
[[nodiscard]] QString title(const QString& id);

} // namespace visgate::preflight
