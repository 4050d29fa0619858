// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace visgate {

/// What is said of a value that is refused, in the user's language (translation context "Fields").
struct SettingRule {
    QString name; ///< as the window and the command line call it: "Prefix"
    QString rule; ///< what may stand there, as a sentence
};

/// By the field's name in the local API ("prefix"); nothing for a field that has no rule of its own.
[[nodiscard]] std::optional<SettingRule> settingRule(const QString& field);

} // namespace visgate
