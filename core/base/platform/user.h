// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace visgate::platform {

/// Tells this user's files from another's in a shared folder: the numeric user id on POSIX.
[[nodiscard]] QString userTag();
[[nodiscard]] bool isOwnedByUser(const QString& path);

/// What stands at a path in a folder that others write to, links not followed.
enum class Place { Free, OurFolder, Foreign };
[[nodiscard]] Place placeAt(const QString& path);
[[nodiscard]] bool mayWriteIn(const QString& folder);
/// Whether anybody but this user may do anything with the file, or nobody can tell.
[[nodiscard]] bool isOpenToOthers(const QString& path);

/// Lets a program that was begun without the desktop's environment (over ssh, by cron) find its user's session bus, and
/// with it the keychain. Before the first thread starts.
void joinSessionBus();
/// From now on, new files and folders are this user's alone.
void keepNewFilesPrivate();
/// From now on, a crash writes no memory to disk, and no other process of the user may read it. Children keep the
/// first.
void forbidCoreDumps();

} // namespace visgate::platform
