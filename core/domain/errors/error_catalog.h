// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"

#include <QString>

namespace visgate {

/// What the one button under an error does. The window maps each to an action; None has no button.
enum class RemedyAction {
    None,
    Retry,
    PasteProviderKey,
    OpenProviderKeyPage,
    OpenProviderBilling,
    FreeWorkerSlots,
    OpenLicencePage,
    PasteHubToken,
    OpenHubTokenPage,
    SearchModels,
    ShowImageModels,
    ChooseLargerGpu,
    AddGpus,
    SetWorkerImage,
    InstallPictureEngine,
    UseSmallerSize,
    RaiseTimeout,
    RaiseStartLimit,
    RaiseLimit, ///< of what may be spent
    UseStorage,
    OpenModelCache,
    OpenClockSettings,
    FreeDiskSpace,
    UseSessionKey,
    UnlockKeychain,
    CheckNetwork,
    ShowLog,
};

/// One clear sentence, one remedy, in the application's language (translation context "Errors").
struct ErrorText {
    QString message;
    QString remedy; ///< what to do, as a sentence
    QString button; ///< the button's label; empty when action is None
    RemedyAction action = RemedyAction::None;
};

/// Total: every ErrorCode has its text. Provider text in `detail` is appended where it helps.
[[nodiscard]] ErrorText describe(const Error& error);

} // namespace visgate
