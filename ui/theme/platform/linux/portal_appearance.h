// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/system_appearance.h"

#include <QDBusVariant>

class QDBusConnection;

namespace visgate::ui {

/// Colour scheme and contrast from org.freedesktop.portal.Settings, namespace org.freedesktop.appearance
/// (color-scheme: 0 none, 1 dark, 2 light; contrast: 0 normal, 1 high), motion from org.gnome.desktop.interface.
/// Asks without waiting for answers; without a portal the last known appearance stays.
class PortalAppearance final : public SystemAppearance {
    Q_OBJECT

public:
    explicit PortalAppearance(const Appearance& lastKnown) : m_appearance(lastKnown) { }
    [[nodiscard]] Appearance current() const override { return m_appearance; }
    /// Connects to the session bus, which costs a start a few milliseconds.
    void watch() override;

private Q_SLOTS:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask(const QDBusConnection& bus, const QString& group, const QString& key);
    void take(const QString& group, const QString& key, const QVariant& value);

    Appearance m_appearance;
};

} // namespace visgate::ui
