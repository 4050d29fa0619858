// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_models/thumbnails.h"

#include "core/service/when_done.h"
#include "ui/common/picture_file.h"

#include <QGuiApplication>

namespace visgate::ui {
namespace {

constexpr int mostKept = 200;
constexpr qsizetype mostWanted = 64; ///< more than any window shows at once
constexpr qsizetype mostAtOnce = 2;  ///< a whole picture is decoded for each

} // namespace

Thumbnails::Thumbnails(QObject* parent) : QObject(parent), m_known(mostKept) { }

const Thumbnail* Thumbnails::find(const QString& file)
{
    if (const Thumbnail* const known = m_known.object(file))
        return known;
    if (!m_reading.contains(file)) {
        m_wanted.removeOne(file);
        m_wanted.append(file);
        if (m_wanted.size() > mostWanted)
            m_wanted.removeFirst(); // scrolled past; asked for again when it is seen again
        readNext();
    }
    return nullptr;
}

void Thumbnails::forget()
{
    m_known.clear();
    m_wanted.clear();
}

void Thumbnails::readNext()
{
    while (m_reading.size() < mostAtOnce && !m_wanted.isEmpty()) {
        const QString file = m_wanted.takeLast();
        m_reading.insert(file);
        // For the sharpest screen, and half as much again: what is not square is cut to a square.
        const int side = qRound(1.5 * kSide * qGuiApp->devicePixelRatio());
        whenDone(readThumbnail(file, side), this, [this, file](const PictureRead& read) { take(file, read); });
    }
}

void Thumbnails::take(const QString& file, const PictureRead& read)
{
    m_reading.remove(file);
    m_known.insert(file, new Thumbnail{QPixmap::fromImage(read.image), read.isGone});
    readNext();
    Q_EMIT ready(file);
}

} // namespace visgate::ui
