// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/colours.h"

#include <QObject>

#include <memory>

namespace visgate::ui {

/// What the desktop prefers. One implementation a platform, in platform/.
class SystemAppearance : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    [[nodiscard]] virtual Appearance current() const = 0;
    /// Begins to ask the desktop; until it answers, current() is what was last known.
    virtual void watch() = 0;

Q_SIGNALS:
    void changed();
};

/// The running platform's. `lastKnown` is shown until the desktop answers, so that a dark desktop does not see a
/// white flash.
[[nodiscard]] std::unique_ptr<SystemAppearance> makeSystemAppearance(const Appearance& lastKnown);

} // namespace visgate::ui
