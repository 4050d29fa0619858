// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/platform/linux/portal_appearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr QLatin1StringView service("org.freedesktop.portal.Desktop");
constexpr QLatin1StringView path("/org/freedesktop/portal/desktop");
constexpr QLatin1StringView interface("org.freedesktop.portal.Settings");
constexpr QLatin1StringView appearanceGroup("org.freedesktop.appearance");
constexpr QLatin1StringView gnomeGroup("org.gnome.desktop.interface");

/// Read wraps the value in a variant once more than ReadOne and the signal do.
QVariant unwrapped(QVariant value)
{
    while (value.metaType() == QMetaType::fromType<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

void PortalAppearance::watch()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(
        service, path, interface, u"SettingChanged"_s, this, SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    ask(bus, appearanceGroup, u"color-scheme"_s);
    ask(bus, appearanceGroup, u"contrast"_s);
    ask(bus, gnomeGroup, u"enable-animations"_s);
}

void PortalAppearance::ask(const QDBusConnection& bus, const QString& group, const QString& key)
{
    auto call = QDBusMessage::createMethodCall(service, path, interface, u"Read"_s);
    call << group << key;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, group, key](QDBusPendingCallWatcher* done) {
        done->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (!reply.isError())
            take(group, key, reply.value().variant());
    });
}

void PortalAppearance::onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value)
{
    take(group, key, value.variant());
}

void PortalAppearance::take(const QString& group, const QString& key, const QVariant& value)
{
    const Appearance before = m_appearance;
    const QVariant plain = unwrapped(value);
    if (group == appearanceGroup && key == "color-scheme"_L1)
        m_appearance.dark = plain.toUInt() == 1;
    else if (group == appearanceGroup && key == "contrast"_L1)
        m_appearance.highContrast = plain.toUInt() == 1;
    else if (group == gnomeGroup && key == "enable-animations"_L1)
        m_appearance.reduceMotion = !plain.toBool();
    if (m_appearance != before)
        Q_EMIT changed();
}

std::unique_ptr<SystemAppearance> makeSystemAppearance(const Appearance& lastKnown)
{
    return std::make_unique<PortalAppearance>(lastKnown);
}

} // namespace visgate::ui
