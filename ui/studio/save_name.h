// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace visgate::ui {

/// What is known of a picture that is to be saved.
struct SavedPicture {
    QString prompt;
    QString modelTitle;
    qint64 seed = 0;
    QString suffix; ///< "png"
};

/// A name for its file out of its own words: "a red circle on white - SDXL Turbo - 42.png". Every system takes it:
/// letters and digits alone, of any writing, and short enough for each file system.
[[nodiscard]] QString saveName(const SavedPicture& picture);

} // namespace visgate::ui
