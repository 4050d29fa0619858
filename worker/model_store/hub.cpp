// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/hub.h"

#include "core/foundation/backoff.h"
#include "core/foundation/hash.h"
#include "core/foundation/http/rate_limit.h"
#include "worker/model_store/hub_layout.h"
#include "worker/model_store/web_address.h"
#include "worker/queue/link.h"
#include "worker/queue/pause.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace visgate::worker {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int mostHops = 5;
constexpr std::size_t mostAnswerBytes = 16 * 1024 * 1024;
constexpr std::size_t mostRefusalBytes = 64 * 1024;
constexpr std::size_t mostPages = 200;
constexpr std::size_t mostFiles = 100'000;
constexpr std::uint64_t largestText = 16ULL * 1024 * 1024;
constexpr std::size_t mostWords = 300;
constexpr seconds slice{5};

tl::unexpected<Error> failed(const std::string& why)
{
    return fail(ErrorCode::ModelFetchFailed, why);
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool mayPass(int status)
{
    return status == 408 || status == 429 || status >= 500;
}

bool mayPass(ErrorCode code)
{
    return code == ErrorCode::NetworkUnreachable || code == ErrorCode::NetworkTimeout;
}

/// How long the hub wants to be left alone.
milliseconds orderedPause(const WebReply& reply)
{
    const std::string_view after = reply.headers.get("Retry-After");
    long wanted = 0;
    if (std::from_chars(after.data(), after.data() + after.size(), wanted).ec == std::errc() && wanted > 0) {
        return seconds(std::min(wanted, 1'000'000L));
    }
    seconds longest{0};
    if (reply.status == 429) {
        for (const RateLimit& limit : parseRateLimit(reply.headers.get("RateLimit"))) {
            longest = limit.remaining == 0 ? std::max(longest, limit.resetsIn) : longest;
        }
    }
    return longest;
}

} // namespace

struct Hub::Question {
    std::string range;                ///< empty: the whole file
    const OnBytes* onBytes = nullptr; ///< none: the body is in the reply
};

/// One call's patience.
class Hub::Retries {
public:
    Retries(const Patience& limits, const OnWait& onWait)
        : m_patience(limits), m_onWait(onWait), m_backoff(limits.first, limits.longest, seededRandom())
    {
    }

    void moved() { m_backoff.reset(); }

    /// Waits for the next try. Whatever it returns ends the call.
    [[nodiscard]] Result<void> next(const std::string& why, milliseconds ordered, const http::CancelToken& cancel)
    {
        if (ordered > m_patience.ordered) {
            return failed("the hub asks to come back in " + std::to_string(ordered.count() / 1000) + " seconds");
        }
        if (m_backoff.failures() + 1 >= m_patience.attempts) {
            return failed("asked " + std::to_string(m_patience.attempts) + " times, and at last: " + why);
        }
        milliseconds left = m_backoff.next();
        if (!pauseFor(left, cancel)) {
            return fail(ErrorCode::Cancelled);
        }
        for (left = ordered; left.count() > 0; left -= std::min<milliseconds>(left, slice)) {
            if (m_onWait) {
                m_onWait();
            }
            if (!pauseFor(std::min<milliseconds>(left, slice), cancel)) {
                return fail(ErrorCode::Cancelled);
            }
        }
        return {};
    }

private:
    const Patience& m_patience;
    const OnWait& m_onWait;
    Backoff m_backoff;
};

bool isHubAddress(const std::string& base)
{
    return reachOfHub(base).has_value();
}

Hub::Hub(std::string base, Secret token, OnWait onWait, Patience patience)
    : m_base(base.ends_with('/') ? base.substr(0, base.size() - 1) : std::move(base)), m_token(std::move(token)),
      m_onWait(std::move(onWait)), m_patience(patience)
{
}

std::string Hub::fileUrl(const std::string& id, const std::string& commit, const std::string& path) const
{
    std::string url = m_base + '/' + id + "/resolve/" + commit;
    for (std::string_view rest = path; !rest.empty();) {
        const std::string_view name = rest.substr(0, rest.find('/'));
        url += '/' + http::percentEncode(name);
        rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    }
    return url;
}

/// Its words for the user: what it says of the model, and what is to be done.
Error Hub::refusal(const WebReply& reply, const std::string& id) const
{
    const std::string_view code = reply.headers.get("X-Error-Code");
    const std::string words(reply.headers.get("X-Error-Message").substr(0, mostWords));
    const std::string said = words.empty() ? std::string() : " (" + words + ")";
    const auto error = [&](ErrorCode kind, const std::string& what) {
        return Error{kind, what + said, reply.status, {}, {id}};
    };
    if (code == "GatedRepo" || reply.status == 403) {
        return error(ErrorCode::LicenceNotAccepted,
            m_token.isEmpty() ? "The hub gives " + id + " only to those who accepted its licence: accept it at "
                    + m_base + '/' + id + " and store a token of that account in Visgate"
                              : "The hub does not give " + id + " to this token: accept the licence at " + m_base + '/'
                    + id + " with the account of the token, or use one that may read gated models");
    }
    if (code == "RevisionNotFound") {
        return error(ErrorCode::ModelNotFound, "The hub has no such revision of " + id);
    }
    if (reply.status == 401 && code.empty() && !m_token.isEmpty()) {
        return error(ErrorCode::TokenRejected, "The hub does not accept the token: make a new one and store it");
    }
    if (code == "RepoNotFound" || reply.status == 401 || (reply.status == 404 && code != "EntryNotFound")) {
        return error(ErrorCode::ModelNotFound,
            "The hub has no model " + id
                + (m_token.isEmpty() ? ", or it is private" : ", or this token may not see it"));
    }
    return error(ErrorCode::ModelFetchFailed, "The hub refuses " + id + " with status " + std::to_string(reply.status));
}

Result<WebReply> Hub::follow(Transport& transport, std::string url, const Question& question, std::string& ended,
    const http::CancelToken& cancel) const
{
    for (int hop = 0; hop <= mostHops; ++hop) {
        const auto reach = reachOfRedirect(m_base, url);
        if (!reach) {
            return failed("the hub sends on to an address that is not asked: only https ones are");
        }
        WebRequest request;
        request.url = url;
        request.reach = *reach;
        request.timeout = milliseconds(0);
        request.silence = m_patience.silence;
        if (!m_token.isEmpty() && isSameHost(m_base, url)) {
            request.headers.emplace_back("Authorization", "Bearer " + std::string(m_token.reveal()));
        }
        if (!question.range.empty()) {
            request.headers.emplace_back("Range", question.range);
            request.bodyStatus = 206;
        }
        if (question.onBytes != nullptr) {
            request.onBody = *question.onBytes;
        }
        const std::size_t most = question.onBytes != nullptr ? mostRefusalBytes : mostAnswerBytes;
        auto reply = transport.send(request, cancel, most);
        if (!reply || !isRedirect(reply->status)) {
            ended = url;
            return reply;
        }
        url = resolved(url, std::string(reply->headers.get("Location")));
    }
    return failed("the hub sends on from address to address without end");
}

Result<WebReply> Hub::ask(
    Transport& transport, const std::string& url, const std::string& id, const http::CancelToken& cancel) const
{
    Retries retries(m_patience, m_onWait);
    for (;;) {
        std::string ended;
        auto reply = follow(transport, url, {}, ended, cancel);
        if (m_onWait) {
            m_onWait(); // an answer, whatever it is
        }
        if (reply && reply->status >= 200 && reply->status < 300) {
            return reply;
        }
        if (reply && !mayPass(reply->status)) {
            return fail(refusal(*reply, id));
        }
        if (!reply && reply.error().code == ErrorCode::ReplyTooLarge) {
            return failed("the hub's answer is larger than any it has");
        }
        if (!reply && !mayPass(reply.error().code)) {
            return reply.error().code == ErrorCode::TlsFailed ? failed(reply.error().detail) : fail(reply.error());
        }
        const std::string why = reply ? "status " + std::to_string(reply->status) : reply.error().detail;
        if (auto again = retries.next(why, reply ? orderedPause(*reply) : milliseconds(0), cancel); !again) {
            return fail(again.error());
        }
    }
}

Result<std::string> Hub::commitOf(
    Transport& transport, const std::string& id, const std::string& revision, const http::CancelToken& cancel) const
{
    const auto reply
        = ask(transport, m_base + "/api/models/" + id + "/revision/" + http::percentEncode(revision), id, cancel);
    if (!reply) {
        return fail(reply.error());
    }
    auto commit = hub::readCommit(reply->body);
    return commit ? commit : failed(commit.error().detail);
}

Result<std::vector<hub::File>> Hub::filesOf(
    Transport& transport, const std::string& id, const std::string& commit, const http::CancelToken& cancel) const
{
    std::vector<hub::File> files;
    std::string url = m_base + "/api/models/" + id + "/tree/" + commit + "?recursive=true";
    for (std::size_t page = 0; !url.empty(); ++page) {
        if (page == mostPages || files.size() > mostFiles) {
            return failed("the hub lists more files of " + id + " than any model has");
        }
        const auto reply = ask(transport, url, id, cancel);
        if (!reply) {
            return fail(reply.error());
        }
        auto more = hub::readTree(reply->body);
        if (!more) {
            return failed(more.error().detail);
        }
        files.insert(files.end(), std::make_move_iterator(more->begin()), std::make_move_iterator(more->end()));
        const std::string next = hub::nextPage(reply->headers.get("Link"));
        url = next.empty() ? next : resolved(url, next);
        if (!next.empty() && !isSameHost(m_base, url)) {
            return failed("the hub's list of files goes on at another host");
        }
    }
    return files;
}

Result<std::string> Hub::text(Transport& transport, const std::string& id, const std::string& commit,
    const hub::File& file, const http::CancelToken& cancel) const
{
    if (file.bytes > largestText) {
        return failed(file.path + " is larger than any such file");
    }
    std::string text;
    Place place;
    const auto taken = bytes(
        transport, id, commit, file, place, 0, file.bytes,
        [&text](std::string_view piece) {
            text += piece;
            return true;
        },
        cancel);
    if (!taken) {
        return fail(taken.error());
    }
    if ((file.isLarge() ? sha256Hex(text) : gitBlobHex(text)) != file.sum) {
        return failed(file.path + " is not what the hub says it is: its sum is another");
    }
    return text;
}

Result<void> Hub::bytes(Transport& transport, const std::string& id, const std::string& commit, const hub::File& file,
    Place& place, std::uint64_t offset, std::uint64_t count, const OnBytes& onBytes,
    const http::CancelToken& cancel) const
{
    Retries retries(m_patience, m_onWait);
    std::uint64_t got = 0;
    while (got < count) {
        const std::uint64_t before = got;
        bool isTooMuch = false;
        bool isRefused = false;
        const OnBytes take = [&](std::string_view piece) {
            isTooMuch = piece.size() > count - got;
            isRefused = !isTooMuch && !onBytes(piece);
            got += piece.size();
            return !isTooMuch && !isRefused;
        };
        Question question;
        question.onBytes = &take;
        if (const std::uint64_t from = offset + got; from > 0 || count < file.bytes) {
            question.range = "bytes=" + std::to_string(from) + '-' + std::to_string(offset + count - 1);
        }
        const std::string url = place.url.empty() ? fileUrl(id, commit, file.path) : place.url;
        std::string ended = url;
        const auto reply = follow(transport, url, question, ended, cancel);
        if (isRefused) {
            return fail(ErrorCode::Cancelled);
        }
        if (isTooMuch || (!reply && reply.error().code == ErrorCode::ReplyTooLarge)
            || (reply && !question.range.empty() && reply->status == 200)) {
            return failed("the hub sends more of " + file.path + " than was asked for");
        }
        if (got > before) {
            retries.moved();
        }
        const bool isGood = reply && (reply->status == 200 || reply->status == 206);
        place.url = isGood ? ended : std::string(); // one that is refused now may have been for a time only
        if (got == count) {
            return {};
        }
        if (reply && !isGood && isSameHost(m_base, ended) && !mayPass(reply->status)) {
            return fail(refusal(*reply, id));
        }
        if (!reply && !mayPass(reply.error().code)) {
            return reply.error().code == ErrorCode::TlsFailed ? failed(reply.error().detail) : fail(reply.error());
        }
        const std::string why = !reply ? reply.error().detail
            : isGood                   ? file.path + " ended early"
                                       : "status " + std::to_string(reply->status);
        if (auto again = retries.next(why, reply ? orderedPause(*reply) : milliseconds(0), cancel); !again) {
            return fail(again.error());
        }
    }
    return {};
}

} // namespace visgate::worker
