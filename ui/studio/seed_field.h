// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace visgate::ui {

/// The number that a picture begins with. Unlocked, each picture gets a new one, which is shown; locked, the same one
/// again. Whoever types one locks it.
class SeedField final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit SeedField(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] std::optional<qint64> seed() const; ///< unset: none, or no seed
    [[nodiscard]] bool isKept() const;
    /// Whether what is typed can be used.
    [[nodiscard]] bool isUsable() const;
    void show(std::optional<qint64> seed, bool isKept);

Q_SIGNALS:
    void changed();

protected:
    void retranslate() override;

private:
    const UiContext& m_context;
    QLabel* m_caption;
    QLineEdit* m_field;
    QCheckBox* m_lock;
    QLabel* m_problem;
};

} // namespace visgate::ui
