// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/event_stream.h"

#include "core/foundation/http/sse.h"
#include "core/net/http_attempt.h"
#include "core/net/manager_pool.h"
#include "core/net/network_error.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace visgate {

namespace {

using std::chrono::milliseconds;

constexpr qsizetype kMaxRefusalBytes = 64 * 1024;
constexpr qsizetype kMaxSeenAtOneId = 1000;
constexpr std::chrono::hours kLongestSilence{1};

bool mayChange(int status)
{
    return status == 408 || status == 425 || status == 429 || status >= 500;
}

} // namespace

EventStream::EventStream(Shared shared, EventRequest request, OnEvent onEvent, OnEnd onEnd)
    : m_shared(std::move(shared)), m_request(std::move(request)), m_onEvent(std::move(onEvent)),
      m_onEnd(std::move(onEnd)), m_manager(m_shared.managers->lease()), m_patience(m_request.silence),
      m_backoff(m_request.backoffBase, m_request.backoffCap, m_shared.random)
{
    m_silence.setSingleShot(true);
    m_reconnect.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &EventStream::onSilence);
    connect(&m_reconnect, &QTimer::timeout, this, &EventStream::getInLine);
    m_reconnect.start(0); // callbacks come from the event loop only
}

EventStream::~EventStream()
{
    close();
}

void EventStream::getInLine()
{
    m_pass = std::make_unique<RequestGate::Pass>(
        *m_shared.gate, m_request.url, QByteArray(), HttpPriority::Observe, [this](milliseconds refusedFor) {
            m_pass.release()->deleteLater();
            if (refusedFor.count() > 0)
                m_reconnect.start(m_request.backoffCap);
            else
                open();
        });
    m_pass->enter();
}

/// The head of a reply, or that none will come: the budget counts what is under way.
void EventStream::answered(const HttpReply* reply)
{
    if (std::exchange(m_unanswered, false))
        m_shared.gate->answered(m_request.url, QByteArray(), reply);
}

void EventStream::open()
{
    m_unanswered = true;
    HttpRequest request;
    request.url = m_request.url;
    request.bearer = m_request.bearer;
    request.headers = {{"Accept", "text/event-stream"}, {"Cache-Control", "no-store"}};
    if (!m_request.lastEventId.isEmpty())
        request.headers.append({"Last-Event-ID", m_request.lastEventId});

    m_parser = std::make_unique<SseParser>();
    m_refusal.clear();
    m_resumedFrom = m_request.lastEventId;
    m_mayComeAgain = m_seenAtLastId;
    m_reply = m_manager->sendCustomRequest(toNetworkRequest(request, m_shared.userAgent), request.method);
    m_reply->setReadBufferSize(kReadBufferBytes);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] {
        if (const HttpReply head = replyHead(); head.status != 0)
            answered(&head); // before the first event, which may be hours away
    });
    connect(m_reply, &QNetworkReply::readyRead, this, &EventStream::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &EventStream::onFinished);
    m_silence.start(m_patience);
}

void EventStream::close()
{
    m_silence.stop();
    m_connected = false;
    m_pass.reset();
    if (m_reply == nullptr)
        return;
    answered(nullptr);
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

HttpReply EventStream::replyHead() const
{
    HttpReply head;
    head.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto& headers = m_reply->rawHeaderPairs();
    for (const auto& [name, value] : headers)
        head.headers.append({name, value});
    head.url = m_request.url;
    return head;
}

void EventStream::onReadyRead()
{
    m_patience = m_request.silence;
    m_silence.start(m_patience);
    const QByteArray bytes = m_reply->readAll();
    if (!m_connected) {
        const HttpReply head = replyHead();
        const bool isStream = head.status == 200 && head.header("content-type").startsWith("text/event-stream");
        if (!isStream) {
            m_refusal.append(bytes.left(kMaxRefusalBytes - m_refusal.size()));
            if (m_refusal.size() == kMaxRefusalBytes)
                onFinished();
            return;
        }
        m_connected = true;
        answered(&head);
    }
    const QPointer<EventStream> self(this); // an event's receiver may destroy the stream
    const QNetworkReply* const reply = m_reply;
    const bool parsed = m_parser->feed(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())),
        [&self, reply](const SseEvent& event) {
            if (self && self->m_reply == reply) {
                self->dispatch({QByteArray::fromStdString(event.id), QByteArray::fromStdString(event.type),
                    QByteArray::fromStdString(event.data)});
            }
        });
    if (self && !parsed && m_reply == reply)
        reconnectLater(); // an event beyond the limit: take what follows it, if the server has moved on
}

void EventStream::dispatch(const ServerEvent& event)
{
    if (isRepeated(event))
        return;
    m_backoff.reset();
    if (!event.id.isEmpty() && event.id != m_request.lastEventId) {
        m_request.lastEventId = event.id;
        m_seenAtLastId.clear();
    }
    if (m_seenAtLastId.size() < kMaxSeenAtOneId)
        m_seenAtLastId.append(event.data);
    m_onEvent(event);
}

bool EventStream::isRepeated(const ServerEvent& event)
{
    // A server may begin with the event that Last-Event-ID names, and ids that are times may belong to several events.
    return event.id == m_resumedFrom && !event.id.isEmpty() && m_mayComeAgain.removeOne(event.data);
}

void EventStream::onFinished()
{
    HttpReply head = replyHead();
    const bool isAnswered = head.status != 0 && isHttpStatusError(m_reply->error());
    const bool wasStream
        = m_connected || (head.status == 200 && head.header("content-type").startsWith("text/event-stream"));
    if (isAnswered)
        answered(&head);
    if (!isAnswered || wasStream || mayChange(head.status)) {
        reconnectLater();
        return;
    }
    head.body = m_refusal + m_reply->readAll().left(kMaxRefusalBytes - m_refusal.size());
    close();
    const OnEnd onEnd = m_onEnd;
    onEnd(head);
}

void EventStream::onSilence()
{
    m_patience = std::min<milliseconds>(m_patience * 2, std::max<milliseconds>(kLongestSilence, m_request.silence));
    reconnectLater();
}

void EventStream::reconnectLater()
{
    close();
    m_reconnect.start(m_backoff.next());
}

} // namespace visgate
