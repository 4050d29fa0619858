// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/picture_strip.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int cellGap = 8;
constexpr int scrollBarRoom = 14;
constexpr qreal cellRadius = 8.0;
constexpr int signSide = 24; ///< of the icon where there is no thumbnail

/// A thumbnail cut to a square; a sign where its file is gone or cannot be shown here.
class ThumbnailDelegate final : public QStyledItemDelegate {
public:
    ThumbnailDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) { }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const override
    {
        return {Thumbnails::kSide + cellGap, Thumbnails::kSide + cellGap};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Colours& colours = m_theme.colours();
        const QRectF cell(QPointF(option.rect.topLeft()) + QPointF(cellGap / 2.0, cellGap / 2.0),
            QSizeF(Thumbnails::kSide, Thumbnails::kSide));
        QPainterPath outline;
        outline.addRoundedRect(cell, cellRadius, cellRadius);
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        painter->fillPath(outline, colours.sunken);
        drawContent(*painter, outline, index);
        const bool isChosen = option.state.testFlag(QStyle::State_Selected);
        const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(hasFocus ? colours.text
                : isChosen            ? colours.accentText
                                      : colours.border,
            isChosen || hasFocus ? 3.0 : 1.0));
        painter->drawPath(outline);
        painter->restore();
    }

private:
    void drawContent(QPainter& painter, const QPainterPath& outline, const QModelIndex& index) const
    {
        const QVariant decoration = index.data(Qt::DecorationRole);
        if (!decoration.isValid())
            return; // on its way
        const QRectF cell = outline.boundingRect();
        const auto thumbnail = decoration.value<QPixmap>();
        if (thumbnail.isNull()) {
            const bool isGone = index.data(PictureItems::GoneRole).toBool();
            QRectF sign(0, 0, signSide, signSide);
            sign.moveCenter(cell.center());
            m_theme.icon(isGone ? u"remove"_s : u"play"_s, Ink::Muted).paint(&painter, sign.toRect());
            return;
        }
        QRectF part(QPointF(), QSizeF(cell.size()).scaled(thumbnail.size(), Qt::KeepAspectRatio));
        part.moveCenter(QRectF(thumbnail.rect()).center());
        painter.setClipPath(outline);
        painter.drawPixmap(cell, thumbnail, part);
        painter.setClipping(false);
    }

    const Theme& m_theme;
};

} // namespace

PictureStrip::PictureStrip(const Theme& theme, PictureItems& pictures, QWidget* parent) : Retranslated(parent)
{
    setObjectName(u"pastPictures"_s);
    setFlow(QListView::LeftToRight);
    setWrapping(false);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setFixedHeight(Thumbnails::kSide + cellGap + scrollBarRoom);
    setItemDelegate(new ThumbnailDelegate(theme, this));
    setModel(&pictures);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    retranslate();
}

void PictureStrip::choose(int row)
{
    setCurrentIndex(model()->index(row, 0));
}

void PictureStrip::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    Retranslated::currentChanged(current, previous);
    if (current.isValid())
        Q_EMIT chosen(current.row());
}

void PictureStrip::retranslate()
{
    setAccessibleName(tr("All pictures, newest first"));
}

} // namespace visgate::ui
