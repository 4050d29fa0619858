// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/settings.h"

namespace visgate {

Settings::Settings(const QString& file) : m_store(file, QSettings::IniFormat) { }

const SettingsTable& Settings::table()
{
    static const SettingsTable instance;
    return instance;
}

} // namespace visgate
