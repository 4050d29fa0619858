// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/system_proxy.h"

#include <QUrl>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;

namespace visgate {
namespace {

QNetworkProxy proxyFor(const QString& url)
{
    SystemProxy proxy;
    return proxy.queryProxy(QNetworkProxyQuery(QUrl(url))).first();
}

TEST(SystemProxy, IsAskedForOtherComputersOnly)
{
    qputenv("https_proxy", "http://proxy.example:3128");
    qputenv("http_proxy", "http://proxy.example:3128");
    const QNetworkProxy out = proxyFor(u"https://api.runpod.io/v2/serverless"_s);
    EXPECT_EQ(out.hostName(), u"proxy.example"_s);
    EXPECT_EQ(out.port(), 3128);
    for (const QString& here :
        {u"http://127.0.0.1:40123/rest/v2"_s, u"http://localhost:8080/"_s, u"http://[::1]:8080/"_s}) {
        EXPECT_EQ(proxyFor(here).type(), QNetworkProxy::NoProxy) << here.toStdString();
    }
    qunsetenv("https_proxy");
    qunsetenv("http_proxy");
}

} // namespace
} // namespace visgate
