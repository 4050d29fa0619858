// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "core/net/http_message.h"

#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <functional>

class QNetworkAccessManager;
class QNetworkRequest;

namespace visgate {

/// What may wait unread inside Qt; TCP holds the sender back.
inline constexpr qint64 kReadBufferBytes = 64 * 1024;

/// One try of a request, its redirects included, with the limits of core/net: body sent from a sequential device,
/// reply capped as it arrives, one deadline over all. Internal to HttpClient.
class HttpAttempt final : public QObject {
public:
    /// `done` is called once from the event loop, never from inside start() or the network stack, so it may destroy
    /// anything. It is not called if the attempt is destroyed first.
    using Done = std::function<void(Result<HttpReply>)>;

    HttpAttempt(QNetworkAccessManager& manager, HttpRequest request, const QByteArray& userAgent, Done done);
    ~HttpAttempt() override;

    void start();

private:
    void send();
    void dropReply();
    void onSent();
    void onMetaData();
    void onReadyRead();
    void onFinished();
    [[nodiscard]] bool isRedirect(int status) const;
    void follow(int status, const QByteArray& location);
    [[nodiscard]] HttpReply takeReply(int status);
    void finish(Result<HttpReply> result);

    QNetworkAccessManager& m_manager;
    HttpRequest m_request;
    QByteArray m_userAgent;
    Done m_done;
    QTimer m_deadline;
    QTimer m_silence; ///< until the request is taken, then until the answer begins
    QNetworkReply* m_reply = nullptr;
    QByteArray m_body;
    int m_redirects = 0;
};

/// The request as Qt sends it: User-Agent, no cookies, no cache, no redirects of its own, HTTP/1.1.
[[nodiscard]] QNetworkRequest toNetworkRequest(const HttpRequest& request, const QByteArray& userAgent);

} // namespace visgate
