// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"
#include "ui/common/ui_context.h"

#include <QCoreApplication>
#include <QIcon>
#include <QStyledItemDelegate>

namespace visgate::ui {

/// Paints one model as a card: title, id, what it does, licence, size, memory, whether its licence must be
/// accepted first, and where it runs or why it cannot.
class ModelCardDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit ModelCardDelegate(const UiContext& context, QObject* parent = nullptr);
    void setCardSize(QSize size) { m_cardSize = size; }
    void setLocalGb(double gb) { m_localGb = gb; } ///< this computer's memory
    [[nodiscard]] static int cardHeight(const QFont& font);
    /// The card's words as one sentence, for assistive technology.
    [[nodiscard]] QString spoken(const ModelSpec& model) const;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    struct Fact {
        QIcon icon;
        QString text;
    };
    [[nodiscard]] QList<Fact> facts(const ModelSpec& model) const;
    [[nodiscard]] Fact mark(const ModelSpec& model) const;

    const UiContext& m_context;
    QSize m_cardSize{320, 148};
    double m_localGb = 0.0;
};

} // namespace visgate::ui
