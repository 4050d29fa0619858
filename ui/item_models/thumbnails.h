// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QString>
#include <QStringList>

namespace visgate::ui {

struct PictureRead;

/// What is shown of a result in little.
struct Thumbnail {
    QPixmap picture;     ///< null for what cannot be shown here: a video
    bool isGone = false; ///< its file was deleted
};

/// Small pictures of result files, made on pool threads and only for those that are asked for; keeps a few hundred.
/// GUI thread.
class Thumbnails final : public QObject {
    Q_OBJECT

public:
    static constexpr int kSide = 72; ///< logical pixels

    explicit Thumbnails(QObject* parent = nullptr);
    /// Null while it is not there; ready() comes then. The answer lives until the next call.
    [[nodiscard]] const Thumbnail* find(const QString& file);
    /// Files are read anew: one may have gone, or come back.
    void forget();

Q_SIGNALS:
    void ready(const QString& file);

private:
    void readNext();
    void take(const QString& file, const PictureRead& read);

    QCache<QString, Thumbnail> m_known;
    QStringList m_wanted; ///< the latest asked for last: it is the one in sight
    QSet<QString> m_reading;
};

} // namespace visgate::ui
