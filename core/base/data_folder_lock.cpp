// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/data_folder_lock.h"

#include "core/base/paths.h"

#include <utility>

namespace visgate {

DataFolderLock::DataFolderLock(platform::FileLock lock) : m_lock(std::move(lock)) { }

Result<DataFolderLock> DataFolderLock::take(const Paths& paths)
{
    auto lock = platform::FileLock::take(paths.lock());
    if (!lock)
        return fail(std::move(lock.error()));
    return DataFolderLock(std::move(*lock));
}

} // namespace visgate
