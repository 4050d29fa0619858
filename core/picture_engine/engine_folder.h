// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <QString>

#include <optional>

namespace visgate {

/// What an installation left in its folder: how far it came, or that it is whole.
struct EngineRecord {
    QString fingerprint; ///< of the lock that it follows
    int batches = 0;     ///< how many of its batches are in
    bool isWhole = false;
    QString version; ///< of what is whole
    QString device;
};

/// Where the picture engine lies: DATA/picture-engine. Values and files only; any thread.
class EngineFolder {
public:
    explicit EngineFolder(const QString& dataFolder);

    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] QString environment() const; ///< Python's virtual environment
    [[nodiscard]] QString python() const;      ///< in it; perhaps not there
    [[nodiscard]] QString scratch() const;     ///< for what is on its way
    [[nodiscard]] QString requirements() const;
    [[nodiscard]] qint64 freeBytes() const;
    /// What lies in scratch().
    [[nodiscard]] qint64 scratchBytes() const;

    [[nodiscard]] EngineRecord record() const; ///< that of nothing where none can be read
    /// FileUnwritable, StoreFull.
    [[nodiscard]] Result<void> setRecord(const EngineRecord& record) const;
    /// Makes the folder, for this user only.
    [[nodiscard]] Result<void> make() const;

private:
    QString m_path;
};

/// The Python of the installation that is whole; nothing where there is none.
[[nodiscard]] std::optional<QString> pictureEnginePython(const QString& dataFolder);

} // namespace visgate
