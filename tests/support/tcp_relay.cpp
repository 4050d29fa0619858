// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tcp_relay.h"

#include <stdexcept>

namespace visgate::test {

TcpRelay::TcpRelay(quint16 target) : m_target(target)
{
    connect(&m_server, &QTcpServer::newConnection, this, &TcpRelay::connectThrough);
    if (!m_server.listen(QHostAddress::LocalHost))
        throw std::runtime_error("the relay cannot listen");
    m_port = m_server.serverPort();
}

void TcpRelay::refuse()
{
    m_server.close();
    const auto sockets = std::exchange(m_sockets, {});
    for (const QPointer<QTcpSocket>& socket : sockets) {
        if (socket)
            socket->abort();
    }
}

void TcpRelay::accept()
{
    if (!m_server.isListening() && !m_server.listen(QHostAddress::LocalHost, m_port))
        throw std::runtime_error("the relay cannot listen again");
}

void TcpRelay::connectThrough()
{
    while (QTcpSocket* const near = m_server.nextPendingConnection()) {
        auto* const far = new QTcpSocket(near);
        m_sockets.append({QPointer(near), QPointer(far)});
        connect(near, &QTcpSocket::readyRead, far, [near, far] {
            if (far->state() == QAbstractSocket::ConnectedState)
                far->write(near->readAll());
        });
        connect(far, &QTcpSocket::connected, near, [near, far] { far->write(near->readAll()); });
        connect(far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
        connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::disconnectFromHost);
        connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
        far->connectToHost(QHostAddress::LocalHost, m_target);
    }
}

} // namespace visgate::test
