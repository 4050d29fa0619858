// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/picture_fetcher.h"

#include "worker/queue/link.h"
#include "worker/supervisor/picture_header.h"

#include <algorithm>

namespace visgate::worker {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

std::vector<BadField> PictureFetcher::fetch(JobInput& input, const http::CancelToken& cancel)
{
    std::vector<BadField> bad;
    const auto fetchOne = [&](const char* name, std::string& address, std::string& bytes) {
        if (address.empty()) {
            return;
        }
        auto fetched = bytesOf(std::exchange(address, {}), cancel);
        if (!fetched) {
            bad.push_back({name, "cannot be fetched from its address: " + fetched.error().detail});
        } else if (std::string problem = pictureProblem(*fetched); !problem.empty()) {
            bad.push_back({name, std::move(problem)});
        } else {
            bytes = std::move(*fetched);
        }
    };
    fetchOne("image", input.imageAddress, input.image);
    fetchOne("mask", input.maskAddress, input.mask);
    return bad;
}

Result<std::string> PictureFetcher::bytesOf(std::string address, const http::CancelToken& cancel)
{
    const auto late = steady_clock::now() + m_rules.patience;
    for (int redirects = 0; redirects <= m_rules.redirects; ++redirects) {
        const auto left = std::chrono::duration_cast<milliseconds>(late - steady_clock::now());
        if (!address.starts_with(m_rules.scheme + "://")) {
            return fail(ErrorCode::InvalidRequest, "only " + m_rules.scheme + " addresses are followed");
        }
        WebRequest request;
        request.url = address;
        request.reach = m_rules.reach;
        request.isDirect = true;
        request.timeout = std::max(left, milliseconds(1));
        auto reply = m_transport.send(request, cancel, m_rules.mostBytes);
        if (!reply) {
            return fail(reply.error().code == ErrorCode::ReplyTooLarge
                    ? Error{ErrorCode::ReplyTooLarge, "it is larger than a picture may be", 0, {}, {}}
                    : reply.error());
        }
        if (isRedirect(reply->status)) {
            address = resolved(address, std::string(reply->headers.get("Location")));
            continue;
        }
        if (reply->status != 200) {
            return fail(ErrorCode::UnexpectedReply, "status " + std::to_string(reply->status));
        }
        return std::move(reply->body);
    }
    return fail(ErrorCode::UnexpectedReply, "it is redirected too often");
}

} // namespace visgate::worker
