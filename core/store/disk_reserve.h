// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace visgate {

/// A file of some 100 KB that gives its room back when the disk is full, so that what stops and deletes can still be
/// written down. Made again when there is room.
class DiskReserve {
public:
    explicit DiskReserve(const QString& folder);

    /// Makes the file if it is missing and the disk has plenty of room. Whether it is there.
    bool refill() const;
    /// Gives the room back; false if there was none to give.
    bool release() const;
    /// Whether a write is refused because the disk is full.
    [[nodiscard]] bool isDiskFull() const;

private:
    QString m_folder;
    QString m_file;
};

} // namespace visgate
