// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"
#include "ui/common/format.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QString>

namespace visgate::ui {

/// What will become of a model, said before anything is paid.
class ModelVerdict {
    Q_DECLARE_TR_FUNCTIONS(ModelVerdict)

public:
    explicit ModelVerdict(const Format& format) : m_format(format) { }

    /// In short, for a card: where it runs, or that it cannot and why. `localGb`: this computer's memory; 0: not known.
    [[nodiscard]] QString mark(const ModelSpec& model, double localGb) const;
    /// That it can be used, for what and as what.
    [[nodiscard]] QString sentence(const ModelSpec& model) const;
    /// What it needs and what its licence says.
    [[nodiscard]] QString advice(const ModelSpec& model) const;
    /// Whether there is something to think about first.
    [[nodiscard]] static Tone tone(const ModelSpec& model);

private:
    const Format& m_format;
};

} // namespace visgate::ui
