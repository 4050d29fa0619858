// SPDX-License-Identifier: GPL-3.0-or-later
// A server's bytes as the client reads them: limits hold and the cuts do not matter.
#include "core/foundation/http/wire.h"
#include "tests/fuzz/fuzz.h"

#include <string>

using namespace visgate;

namespace {

constexpr std::size_t kHeaderBytes = 512;
constexpr std::size_t kBodyBytes = 256;

class Reader {
public:
    void take(std::string_view bytes)
    {
        m_input += bytes;
        for (std::size_t taken = 1; taken > 0 && !m_input.empty() && !parser.isComplete();) {
            taken = parser.feed(m_input);
            m_input.erase(0, taken);
        }
    }

    http::wire::ResponseParser parser{kHeaderBytes, kBodyBytes, false};

private:
    std::string m_input;
};

} // namespace

void fuzzOne(std::string_view input)
{
    fuzz::Pieces pieces(input);
    Reader whole;
    whole.take(pieces.whole());
    whole.parser.end();
    Reader cut;
    while (pieces.hasNext())
        cut.take(pieces.next());
    cut.parser.end();
    if (whole.parser.isComplete() && cut.parser.isComplete()) {
        const http::Response first = whole.parser.takeResponse();
        const http::Response second = cut.parser.takeResponse();
        fuzz::require(first.status == second.status && first.body == second.body);
        fuzz::require(first.headers.all() == second.headers.all());
        fuzz::require(first.body.size() <= kBodyBytes);
    }
}
