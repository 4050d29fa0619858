// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace visgate::test {

/// A disk of a few megabytes at a folder, which a test can fill to the last byte.
class SmallDisk {
public:
    explicit SmallDisk(const QString& folder);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    /// Only root may mount one.
    [[nodiscard]] bool isAvailable() const { return m_isMounted; }
    [[nodiscard]] QString folder() const { return m_folder; }
    void fill() const;
    void makeRoom() const;

private:
    QString m_folder;
    bool m_isMounted = false;
};

} // namespace visgate::test
