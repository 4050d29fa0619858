// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/backoff.h"
#include "core/net/http_message.h"
#include "core/net/request_gate.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace visgate {

class ManagerPool;
class SseParser;

/// One server-sent event (HTML standard, section 9.2).
struct ServerEvent {
    QByteArray id;   ///< the stream's last id at this event
    QByteArray type; ///< "message" when the server gave none
    QByteArray data;
};

struct EventRequest {
    QUrl url;
    std::shared_ptr<const Secret> bearer;
    QByteArray lastEventId; ///< where to go on; empty: from wherever the server begins
    /// A connection without a single byte for this long is taken for dead and opened anew. There is no other time-out.
    /// Doubled each time that the new one is as silent, up to an hour: each opening is a request of the budget.
    std::chrono::milliseconds silence{180'000};
    std::chrono::milliseconds backoffBase{500}; ///< pause before the first reconnection, doubled each time
    std::chrono::milliseconds backoffCap{30'000};
};

/// A server-sent event stream that reconnects by itself from the last event's id (`Last-Event-ID`), for as long as
/// the object lives. Events that a server repeats after a reconnection are dropped. Lives on one thread; may be
/// destroyed from its own callbacks. Uses a lent network manager, so it never delays a control call.
class EventStream final : public QObject {
public:
    using OnEvent = std::function<void(const ServerEvent&)>;
    /// The server answered with a status or a type that trying again will not change; `reply` is that answer. Not
    /// called for lost connections, 429 and 5xx (it tries again), nor when the stream is destroyed.
    using OnEnd = std::function<void(const HttpReply& reply)>;

    /// What the streams of one account share.
    struct Shared {
        QByteArray userAgent;
        std::shared_ptr<RequestGate> gate;
        std::shared_ptr<ManagerPool> managers;
        Backoff::Random random;
    };

    EventStream(Shared shared, EventRequest request, OnEvent onEvent, OnEnd onEnd);
    ~EventStream() override;

    [[nodiscard]] QByteArray lastEventId() const { return m_request.lastEventId; }
    /// The present connection was accepted by the server.
    [[nodiscard]] bool isConnected() const { return m_connected || (m_reply != nullptr && !m_unanswered); }

private:
    void getInLine();
    void open();
    void close();
    void answered(const HttpReply* reply);
    void onReadyRead();
    void onFinished();
    void onSilence();
    void reconnectLater();
    void dispatch(const ServerEvent& event);
    [[nodiscard]] bool isRepeated(const ServerEvent& event);
    [[nodiscard]] HttpReply replyHead() const;

    Shared m_shared;
    EventRequest m_request;
    OnEvent m_onEvent;
    OnEnd m_onEnd;
    std::shared_ptr<QNetworkAccessManager> m_manager;
    QNetworkReply* m_reply = nullptr;
    std::unique_ptr<SseParser> m_parser;
    QTimer m_silence;
    QTimer m_reconnect;
    QByteArray m_refusal;             ///< body of a reply that is not a stream
    QList<QByteArray> m_seenAtLastId; ///< data of the events that carried the last id
    QList<QByteArray> m_mayComeAgain; ///< those of them that this connection has not repeated yet
    QByteArray m_resumedFrom;
    bool m_connected = false;
    bool m_unanswered = false; ///< a request is out whose head has not come
    std::chrono::milliseconds m_patience;
    std::unique_ptr<RequestGate::Pass> m_pass;
    Backoff m_backoff;
};

} // namespace visgate
