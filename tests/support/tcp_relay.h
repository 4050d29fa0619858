// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace visgate::test {

/// A port of this computer that leads to another one, byte for byte, until it is closed: then connections end and new
/// ones are refused, as by a service that is not there. Needs the event loop of its thread.
class TcpRelay : public QObject {
public:
    explicit TcpRelay(quint16 target);
    [[nodiscard]] quint16 port() const { return m_port; }
    void refuse();
    void accept();

private:
    void connectThrough();

    QTcpServer m_server{this};
    quint16 m_target = 0;
    quint16 m_port = 0;
    QList<QPointer<QTcpSocket>> m_sockets;
};

} // namespace visgate::test
