// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxyFactory>

namespace visgate {

/// The proxy that this computer is set to use, and none for this computer itself: practice answers on a loopback
/// address. Thread-safe.
class SystemProxy final : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override;
    /// For every connection of the program from now on.
    static void use();
};

} // namespace visgate
