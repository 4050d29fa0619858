// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/errors/error_catalog.h"
#include "ui/theme/colours.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace visgate::ui {

class Format;

/// What a deployment wants from its user: one sentence, one piece of advice, one button.
struct Attention {
    Tone tone = Tone::Warning;
    QString sentence;
    QString advice;
    QString button;
    RemedyAction action = RemedyAction::None;
    bool isQuestion = false; ///< the button says yes to the dearer plan
};

/// The same words at the top of Home and of the studio.
class Attentions {
    Q_DECLARE_TR_FUNCTIONS(Attentions)

public:
    [[nodiscard]] static std::optional<Attention> of(const Deployment& deployment, const Format& format);
    /// Whether it cannot go on without its user: a question, a failure, a start that hangs, a limit, a missing key.
    [[nodiscard]] static bool isNeeded(const Deployment& deployment);
};

} // namespace visgate::ui
