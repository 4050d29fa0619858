// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/system_proxy.h"

#include <QHostAddress>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isThisComputer(const QString& host)
{
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) || QHostAddress(host).isLoopback();
}

} // namespace

QList<QNetworkProxy> SystemProxy::queryProxy(const QNetworkProxyQuery& query)
{
    if (isThisComputer(query.peerHostName()))
        return {QNetworkProxy(QNetworkProxy::NoProxy)};
    return systemProxyForQuery(query);
}

void SystemProxy::use()
{
    setApplicationProxyFactory(new SystemProxy);
}

} // namespace visgate
