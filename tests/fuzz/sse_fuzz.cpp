// SPDX-License-Identifier: GPL-3.0-or-later
// However a stream is cut, the same events come out; and what is written reads back.
#include "core/foundation/http/sse.h"
#include "tests/fuzz/fuzz.h"

#include <tuple>

using namespace visgate;

namespace {

bool areEqual(const SseEvent& a, const SseEvent& b)
{
    return std::tie(a.id, a.type, a.data) == std::tie(b.id, b.type, b.data);
}

} // namespace

void fuzzOne(std::string_view input)
{
    fuzz::Pieces pieces(input);
    SseParser whole(4096);
    const std::vector<SseEvent> expected = whole.feed(pieces.whole());

    SseParser cut(4096);
    std::vector<SseEvent> events;
    while (pieces.hasNext()) {
        for (SseEvent& event : cut.feed(pieces.next()))
            events.push_back(std::move(event));
    }
    fuzz::require(events.size() == expected.size());
    fuzz::require(cut.isOverLimit() == whole.isOverLimit());
    fuzz::require(cut.lastEventId() == whole.lastEventId());
    for (std::size_t i = 0; i < events.size(); ++i) {
        fuzz::require(areEqual(events[i], expected[i]));
        SseParser again;
        const std::vector<SseEvent> read = again.feed(formatSse(events[i]));
        fuzz::require(read.size() == 1 && areEqual(read[0], events[i]));
    }
}
