// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http_client.h"

#include "core/base/masked.h"
#include "core/foundation/redactor.h"
#include "core/net/completion.h"
#include "core/net/http_attempt.h"
#include "core/net/manager_pool.h"
#include "core/net/request_gate.h"

#include <QDateTime>
#include <QNetworkAccessManager>
#include <QTimer>

#include <algorithm>
#include <map>
#include <mutex>

namespace visgate {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool isIdempotent(const QByteArray& method)
{
    return method == "GET" || method == "HEAD" || method == "DELETE";
}

bool isWorthRepeating(const Result<HttpReply>& reply)
{
    if (!reply)
        return reply.error().code == ErrorCode::NetworkUnreachable || reply.error().code == ErrorCode::NetworkTimeout;
    return reply->status == 429 || (reply->status >= 500 && reply->status != 501 && reply->status != 505);
}

Error rateLimited(const QUrl& url, milliseconds pause)
{
    const auto wait = std::chrono::ceil<seconds>(pause);
    Error error;
    error.code = ErrorCode::RateLimited;
    error.detail = QStringLiteral("%1: no request before %2 s").arg(url.host()).arg(wait.count()).toStdString();
    error.arguments = {std::to_string(wait.count())};
    return error;
}

/// Where another thread's cancel() reaches this one, as long as the client lives.
struct Mailbox {
    std::mutex mutex;
    QObject* receiver = nullptr;
};

} // namespace

class HttpClient::Impl {
public:
    explicit Impl(HttpClientSettings settings)
        : m_settings(std::move(settings)),
          m_gate(std::make_shared<RequestGate>(m_settings.clock, m_settings.longestPause))
    {
        if (m_settings.userAgent.isEmpty())
            m_settings.userAgent = defaultUserAgent();
        if (!m_settings.random)
            m_settings.random = seededRandom();
        if (!m_settings.redactor)
            m_settings.redactor = std::make_shared<const Redactor>();
        m_mailbox->receiver = &m_context;
    }

    ~Impl()
    {
        {
            const std::lock_guard lock(m_mailbox->mutex);
            m_mailbox->receiver = nullptr;
        }
        stop();
    }

    void stop()
    {
        m_stopped = true;
        while (!m_pending.empty())
            cancel(m_pending.begin()->first);
    }

    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    [[nodiscard]] bool isBeyondPatience(const HttpRequest& request) const
    {
        return m_gate->delayFor(request.url, request.quota, request.priority) > m_settings.longestPause;
    }

    std::optional<std::int64_t> remaining(const QUrl& url) const { return m_gate->remaining(url); }
    std::optional<double> perMinute(const QUrl& url) const { return m_gate->perMinute(url); }

    /// Zero: it may go out now. Otherwise the pause that is too long to wait for; unset when it was cancelled.
    Completion<std::optional<milliseconds>> admission(const HttpRequest& request)
    {
        Completion<std::optional<milliseconds>> completion;
        if (m_stopped) {
            completion.complete(std::nullopt);
            return completion;
        }
        const quint64 id = ++m_lastId;
        auto* pass = new RequestGate::Pass(
            *m_gate, request.url, request.quota, request.priority, [this, id, completion](milliseconds wait) {
                remove(id)->deleteLater();
                completion.complete(wait);
            });
        add(id, request.cancel, pass, [completion] { completion.complete(std::nullopt); });
        pass->enter();
        return completion;
    }

    std::optional<TimePoint> lastDate() const { return m_lastDate; }

    Completion<Result<HttpReply>> attempt(const HttpRequest& request)
    {
        Completion<Result<HttpReply>> completion;
        const quint64 id = ++m_lastId;
        const QUrl url = request.url;
        const QByteArray quota = request.quota;
        QNetworkAccessManager& manager = request.priority == HttpPriority::Urgent ? m_urgentManager
            : request.priority == HttpPriority::Create                            ? m_createManager
                                                                                  : m_manager;
        const auto begun = std::chrono::steady_clock::now();
        auto* attempt = new HttpAttempt(manager, request, m_settings.userAgent,
            [this, id, url, quota, completion, begun, method = request.method](Result<HttpReply> reply) {
                remove(id)->deleteLater();
                note(method, url, reply, begun);
                m_gate->answered(url, quota, reply ? &*reply : nullptr);
                if (reply)
                    noteDate(*reply);
                completion.complete(withMaskedTrouble(std::move(reply)));
            });
        add(id, request.cancel, attempt, [this, url, quota, completion] {
            m_gate->answered(url, quota, nullptr);
            completion.complete(fail(ErrorCode::Cancelled));
        });
        attempt->start();
        return completion;
    }

    /// True when the time is over, false when the wait was cancelled.
    Completion<bool> pause(milliseconds duration, const http::CancelToken& token)
    {
        Completion<bool> completion;
        const quint64 id = ++m_lastId;
        auto* timer = new QTimer;
        timer->setSingleShot(true);
        QObject::connect(timer, &QTimer::timeout, &m_context, [this, id, completion] {
            remove(id)->deleteLater();
            completion.complete(true);
        });
        add(id, token, timer, [completion] { completion.complete(false); });
        timer->start(std::chrono::ceil<milliseconds>(m_gate->clock().timerFor(duration)));
        return completion;
    }

    std::unique_ptr<EventStream> openEvents(
        EventRequest request, EventStream::OnEvent onEvent, EventStream::OnEnd onEnd)
    {
        return std::make_unique<EventStream>(
            EventStream::Shared{m_settings.userAgent, m_gate, m_streamManagers, m_settings.random}, std::move(request),
            std::move(onEvent), std::move(onEnd));
    }

    Backoff newBackoff() const { return {m_settings.backoffBase, m_settings.backoffCap, m_settings.random}; }

private:
    struct Pending {
        std::unique_ptr<QObject> work; ///< its destruction ends the work silently
        std::function<void()> cancel;
        http::CancelToken token;
        std::size_t hook = 0;
    };

    /// Queries and user names are left out: what signs or opens an address stands there.
    void note(const QByteArray& method, const QUrl& url, const Result<HttpReply>& reply,
        std::chrono::steady_clock::time_point begun) const
    {
        const bool isFine = reply && reply->status < 400;
        logTo(m_settings.log, isFine ? LogLevel::Debug : LogLevel::Warning, [&] {
            const auto took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun);
            const QString outcome = reply
                ? QString::number(reply->status)
                : QString::fromStdString(std::string(toString(reply.error().code)) + " " + reply.error().detail);
            return QStringLiteral("%1 %2: %3 in %4 ms")
                .arg(QString::fromLatin1(method),
                    url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment), outcome)
                .arg(took.count())
                .toStdString();
        });
    }

    /// Refusals quote what was sent, addresses with passwords among it; they end in errors that are shown and stored.
    Result<HttpReply> withMaskedTrouble(Result<HttpReply> reply) const
    {
        const Redactor& redactor = *m_settings.redactor;
        if (!reply) {
            reply.error().detail = redactor.redact(reply.error().detail);
        } else if (reply->status >= 400) {
            reply->body = maskedJson(reply->body, redactor);
            for (HttpHeader& header : reply->headers)
                header.value = QByteArray::fromStdString(redactor.redact(header.value.toStdString()));
        }
        return reply;
    }

    void noteDate(const HttpReply& reply)
    {
        const QDateTime date = QDateTime::fromString(QString::fromLatin1(reply.header("date")), Qt::RFC2822Date);
        if (date.isValid())
            m_lastDate = TimePoint(std::chrono::seconds(date.toSecsSinceEpoch()));
    }

    void add(quint64 id, const http::CancelToken& token, QObject* work, std::function<void()> onCancel)
    {
        Pending& pending = m_pending[id];
        pending.work.reset(work);
        pending.cancel = std::move(onCancel);
        pending.token = token;
        pending.hook = token.onCancel([this, id, mailbox = m_mailbox] {
            const std::lock_guard lock(mailbox->mutex);
            if (mailbox->receiver != nullptr)
                QMetaObject::invokeMethod(
                    mailbox->receiver, [this, id] { cancel(id); }, Qt::QueuedConnection);
        });
    }

    QObject* remove(quint64 id)
    {
        const auto it = m_pending.find(id);
        it->second.token.removeCallback(it->second.hook);
        QObject* work = it->second.work.release();
        m_pending.erase(it);
        return work;
    }

    void cancel(quint64 id)
    {
        const auto it = m_pending.find(id);
        if (it == m_pending.end())
            return;
        const std::function<void()> cancelIt = std::move(it->second.cancel);
        const std::unique_ptr<QObject> work(remove(id));
        cancelIt();
    }

    HttpClientSettings m_settings;
    QObject m_context;
    QNetworkAccessManager m_manager;
    QNetworkAccessManager m_urgentManager; ///< no slow call may hold up a delete
    QNetworkAccessManager m_createManager; ///< nor what a user asks to be made
    std::shared_ptr<RequestGate> m_gate;
    std::shared_ptr<ManagerPool> m_streamManagers = std::make_shared<ManagerPool>();
    std::map<quint64, Pending> m_pending;
    quint64 m_lastId = 0;
    bool m_stopped = false;
    std::optional<TimePoint> m_lastDate;
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>();
};

HttpClient::HttpClient(HttpClientSettings settings) : m_impl(std::make_shared<Impl>(std::move(settings))) { }

HttpClient::~HttpClient() = default;

QCoro::Task<Result<HttpReply>> HttpClient::send(HttpRequest request)
{
    return run(m_impl, std::move(request));
}

void HttpClient::stop()
{
    m_impl->stop();
}

std::unique_ptr<EventStream> HttpClient::openEvents(
    EventRequest request, EventStream::OnEvent onEvent, EventStream::OnEnd onEnd)
{
    return m_impl->openEvents(std::move(request), std::move(onEvent), std::move(onEnd));
}

std::optional<std::int64_t> HttpClient::remainingRequests(const QUrl& url) const
{
    return m_impl->remaining(url);
}

std::optional<TimePoint> HttpClient::lastDate() const
{
    return m_impl->lastDate();
}

std::optional<double> HttpClient::requestsPerMinute(const QUrl& url) const
{
    return m_impl->perMinute(url);
}

QCoro::Task<Result<HttpReply>> HttpClient::run(std::weak_ptr<Impl> client, HttpRequest request)
{
    // The client's owner holds the only lasting reference: the pointer is good until a wait says Cancelled.
    Impl* const impl = client.lock().get();
    const int attempts = isIdempotent(request.method) ? std::max(request.attempts, 1) : 1;
    Backoff backoff = impl->newBackoff();
    for (int made = 1;; ++made) {
        const Completion<std::optional<milliseconds>> admission = impl->admission(request);
        const std::optional<milliseconds> refusedFor = co_await admission;
        if (!refusedFor)
            co_return fail(ErrorCode::Cancelled);
        if (refusedFor->count() > 0)
            co_return fail(rateLimited(request.url, *refusedFor));
        const Completion<Result<HttpReply>> attempt = impl->attempt(request);
        Result<HttpReply> reply = co_await attempt;
        if (made == attempts || !isWorthRepeating(reply))
            co_return reply;
        if (reply && impl->isBeyondPatience(request))
            co_return reply;
        const Completion<bool> pause = impl->pause(backoff.next(), request.cancel);
        const bool elapsed = co_await pause;
        if (!elapsed)
            co_return fail(ErrorCode::Cancelled);
    }
}

QByteArray defaultUserAgent()
{
    return QByteArrayLiteral("Visgate/" VISGATE_VERSION);
}

} // namespace visgate
