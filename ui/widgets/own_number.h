// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/widgets.h"

#include <QSignalBlocker>
#include <QString>
#include <QVBoxLayout>
#include <QWidget>

#include <functional>
#include <optional>
#include <utility>

namespace visgate::ui {

/// A number that every model has one of its own for. It stands in the box, and is left to the model until somebody
/// changes it. `Box` is QSpinBox or QDoubleSpinBox.
template <typename Box> class OwnNumber final : public QWidget {
public:
    using Value = decltype(std::declval<const Box>().value());

    OwnNumber(const QString& objectName, Value step)
        : m_caption(makeLabel(TextStyle::Strong)), m_box(new Box), m_note(makeLabel(TextStyle::Caption))
    {
        m_box->setObjectName(objectName);
        m_box->setSingleStep(step);
        m_box->setKeyboardTracking(false); // what is half typed is no choice yet
        auto* column = makeLayout<QVBoxLayout>(0.5);
        column->addWidget(m_caption);
        column->addWidget(m_box);
        column->addWidget(m_note);
        setLayout(column);
        connect(m_box, &Box::valueChanged, this, [this](Value value) {
            m_chosen = m_isOwnKnown && value == m_own ? std::nullopt : std::optional(value);
            if (m_onChanged)
                m_onChanged();
        });
    }

    void setLimits(Value least, Value most, Value own, bool isOwnKnown)
    {
        const QSignalBlocker quiet(m_box);
        m_box->setRange(least, most);
        m_own = own;
        m_isOwnKnown = isOwnKnown;
    }
    void show(std::optional<Value> chosen)
    {
        const QSignalBlocker quiet(m_box);
        m_chosen = chosen;
        m_box->setValue(chosen.value_or(m_own));
    }
    /// What was chosen, with what is being typed; unset: the model's own.
    [[nodiscard]] std::optional<Value> chosen() const { return m_chosen; }
    [[nodiscard]] Value own() const { return m_own; }
    [[nodiscard]] bool isOwnKnown() const { return m_isOwnKnown; }
    [[nodiscard]] Box* box() const { return m_box; }

    void onChanged(std::function<void()> then) { m_onChanged = std::move(then); }
    void setWords(const QString& caption, const QString& note)
    {
        m_caption->setText(caption);
        m_note->setText(note);
        m_box->setAccessibleName(caption);
        m_box->setAccessibleDescription(note);
    }

private:
    QLabel* m_caption;
    Box* m_box;
    QLabel* m_note;
    std::function<void()> m_onChanged;
    std::optional<Value> m_chosen;
    Value m_own{};
    bool m_isOwnKnown = false;
};

} // namespace visgate::ui
