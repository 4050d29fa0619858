// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <chrono>

namespace visgate::test {

/// A session bus of the test's own and a real GNOME keyring on it, which can be locked, silent or not there at all.
/// Nothing on this bus starts by itself. At first there is no keyring.
class PrivateKeyring {
public:
    PrivateKeyring();
    ~PrivateKeyring();
    PrivateKeyring(const PrivateKeyring&) = delete;
    PrivateKeyring& operator=(const PrivateKeyring&) = delete;

    /// Whether dbus-daemon and gnome-keyring-daemon are installed, and the bus runs.
    [[nodiscard]] bool isAvailable() const { return !m_address.isEmpty(); }
    /// For DBUS_SESSION_BUS_ADDRESS.
    [[nodiscard]] QString address() const { return m_address; }

    enum class Begin { Unlocked, Locked };
    /// Starts the keyring, anew where one runs; what it kept is still in it.
    void start(Begin begin = Begin::Unlocked);
    /// Locks the one that runs.
    void lock();
    void kill();
    /// It takes every call and answers none.
    void silence();
    void answerAgain();

private:
    [[nodiscard]] QProcessEnvironment environment() const;
    [[nodiscard]] bool waitForName(bool there) const;
    void signalKeyring(int number) const;

    QTemporaryDir m_folder;
    QProcess m_bus;
    QProcess m_keyring;
    QString m_address;
};

} // namespace visgate::test
