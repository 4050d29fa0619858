// SPDX-License-Identifier: GPL-3.0-or-later
// A connection's bytes: requests are the same however they are cut, limits hold, and targets can be taken apart.
#include "core/foundation/http/wire.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace visgate;

namespace {

constexpr std::size_t kHeaderBytes = 512;
constexpr std::size_t kBodyBytes = 256;

// What a server makes of a connection: its requests, and whether it went on.
class Reader {
public:
    void take(std::string_view bytes)
    {
        m_input += bytes;
        while (m_isOpen && !m_input.empty()) {
            if (!m_parser)
                m_parser = std::make_unique<http::wire::RequestParser>(kHeaderBytes, kBodyBytes);
            const std::size_t taken = m_parser->feed(m_input);
            m_input.erase(0, taken);
            m_isOpen = m_parser->refusal() == 0;
            if (m_isOpen && m_parser->isComplete()) {
                m_isOpen = m_parser->keepsAlive();
                requests.push_back(m_parser->takeRequest());
                m_parser.reset();
            } else if (taken == 0) {
                break;
            }
        }
        fuzz::require(!m_isOpen || m_input.size() <= kHeaderBytes);
    }

    std::vector<http::Request> requests;

private:
    std::string m_input;
    std::unique_ptr<http::wire::RequestParser> m_parser;
    bool m_isOpen = true;
};

void useTarget(const http::Request& request)
{
    std::size_t length = 0;
    for (const std::string& segment : request.pathSegments())
        length += segment.size();
    fuzz::require(length <= request.target.size());
    fuzz::require(request.query("a").empty() || request.hasQuery("a"));
}

} // namespace

void fuzzOne(std::string_view input)
{
    fuzz::Pieces pieces(input);
    Reader whole;
    whole.take(pieces.whole());
    Reader cut;
    while (pieces.hasNext())
        cut.take(pieces.next());

    // Where a limit lies may depend on the cuts, what a request says may not.
    for (std::size_t i = 0; i < std::min(whole.requests.size(), cut.requests.size()); ++i) {
        fuzz::require(whole.requests[i].method == cut.requests[i].method);
        fuzz::require(whole.requests[i].target == cut.requests[i].target);
        fuzz::require(whole.requests[i].headers.all() == cut.requests[i].headers.all());
        fuzz::require(whole.requests[i].body == cut.requests[i].body);
        fuzz::require(whole.requests[i].body.size() <= kBodyBytes);
        useTarget(whole.requests[i]);
    }
}
