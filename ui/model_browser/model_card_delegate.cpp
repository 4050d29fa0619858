// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_browser/model_card_delegate.h"

#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/model_items.h"
#include "ui/item_models/task_words.h"
#include "ui/model_browser/model_verdict.h"
#include "ui/theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int padding = 20;
constexpr int gap = 12; ///< right of and below each card; the view has no spacing of its own

QFont scaled(QFont font, double factor, QFont::Weight weight)
{
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setWeight(weight);
    return font;
}

QFont titleFont(const QFont& base)
{
    return scaled(base, 1.15, QFont::DemiBold);
}
QFont smallFont(const QFont& base)
{
    return scaled(base, 0.92, QFont::Normal);
}

} // namespace

ModelCardDelegate::ModelCardDelegate(const UiContext& context, QObject* parent)
    : QStyledItemDelegate(parent), m_context(context)
{
}

int ModelCardDelegate::cardHeight(const QFont& font)
{
    const int small = QFontMetrics(smallFont(font)).height();
    return gap + 2 * padding + QFontMetrics(titleFont(font)).height() + small + 12 + 3 * small + 12;
}

QList<ModelCardDelegate::Fact> ModelCardDelegate::facts(const ModelSpec& model) const
{
    const Format& format = m_context.language.format();
    const Theme& theme = m_context.theme;
    QList<Fact> result;
    if (!model.tasks.isEmpty())
        result.append({theme.icon(u"studio"_s, Ink::Muted), Tasks::word(model.tasks.first())});
    if (model.gating != Gating::Open)
        result.append({theme.icon(u"lock"_s, Ink::Warning), tr("Licence page first")});
    else if (!model.licence.isEmpty())
        result.append({theme.icon(u"licence"_s, Ink::Muted), model.licence});
    if (const double vram = plannedVramGb(model); vram > 0.0)
        result.append({theme.icon(u"gpu"_s, Ink::Muted), tr("%1 GPU").arg(format.gigabytes(vram))});
    if (model.downloadBytes > 0)
        result.append({theme.icon(u"disk"_s, Ink::Muted), format.bytes(model.downloadBytes)});
    return result;
}

ModelCardDelegate::Fact ModelCardDelegate::mark(const ModelSpec& model) const
{
    const QString text = ModelVerdict(m_context.language.format()).mark(model, m_localGb);
    return {model.refusal ? m_context.theme.icon(u"failed"_s, Ink::Bad) : m_context.theme.icon(u"ready"_s, Ink::Good),
        text};
}

QString ModelCardDelegate::spoken(const ModelSpec& model) const
{
    QStringList words{model.title.isEmpty() ? model.id : model.title};
    for (const Fact& fact : facts(model))
        words << fact.text;
    words << mark(model).text;
    return words.join(u", "_s);
}

QSize ModelCardDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const
{
    return m_cardSize;
}

void ModelCardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto model = index.data(ModelItems::SpecRole).value<ModelSpec>();
    const Colours& c = m_context.theme.colours();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect card = option.rect.adjusted(0, 0, -gap, -gap);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    const bool pointed = option.state.testFlag(QStyle::State_MouseOver);
    const qreal pen = focused ? 2.0 : 1.0;
    painter->setPen(QPen(focused ? c.accentText : (pointed ? c.controlBorder : c.border), pen));
    painter->setBrush(c.surface);
    painter->drawRoundedRect(
        QRectF(card).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), metrics::cardRadius, metrics::cardRadius);

    QRect inner = card.adjusted(padding, padding - 2, -padding, -padding + 2);
    const auto line = [&](const QFont& font, const QColor& colour, const QString& text) {
        painter->setFont(font);
        painter->setPen(colour);
        const QFontMetrics fontMetrics(font);
        const QRect box(inner.left(), inner.top(), inner.width(), fontMetrics.height());
        painter->drawText(
            box, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics.elidedText(text, Qt::ElideRight, box.width()));
        inner.setTop(box.bottom() + 1);
    };
    line(titleFont(option.font), c.text, model.title.isEmpty() ? model.id : model.title);
    line(smallFont(option.font), c.mutedText, model.id);
    inner.setTop(inner.top() + 12);

    const QFont font = smallFont(option.font);
    const QFontMetrics fontMetrics(font);
    painter->setFont(font);
    painter->setPen(c.text);
    const int column = inner.width() / 2;
    const int row = fontMetrics.height() + 6;
    const auto tell = [&](const Fact& fact, int x, int y, int width) {
        constexpr int icon = 16;
        fact.icon.paint(painter, x, y + (fontMetrics.height() - icon) / 2, icon, icon);
        const QRect box(x + icon + 6, y, width - icon - 12, fontMetrics.height());
        painter->drawText(
            box, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics.elidedText(fact.text, Qt::ElideRight, box.width()));
    };
    int number = 0;
    for (const Fact& fact : facts(model)) {
        tell(fact, inner.left() + (number % 2) * column, inner.top() + (number / 2) * row, column);
        ++number;
    }
    tell(mark(model), inner.left(), inner.top() + 2 * row, inner.width());
    painter->restore();
}

} // namespace visgate::ui
