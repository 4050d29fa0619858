// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a runner sends, in whatever pieces: the messages do not depend on the pieces, nothing but the rest of one
// message is kept, and what is read of them lies within its bounds.
#include "core/foundation/json/json_read.h"
#include "tests/fuzz/fuzz.h"
#include "worker/runners/messenger.h"
#include "worker/runners/runner_messages.h"

#include <vector>

using namespace visgate;
using worker::frames::Reader;

namespace {

/// The messages, and whether what follows can be read.
bool readAll(Reader& reader, std::vector<std::string>& found)
{
    for (std::string message;;) {
        const auto got = reader.next(message);
        if (got != Reader::Got::Message)
            return got == Reader::Got::Nothing;
        fuzz::require(message.size() <= worker::frames::mostBytes);
        found.push_back(message);
    }
}

void useMessage(const std::string& message)
{
    const auto object = json::parseObject(message);
    if (!object)
        return;
    const auto can = worker::messages::capabilities(*object);
    fuzz::require(can.width.step >= 1 && can.picturesMost >= 1);
    for (const int value : {0, 1, 1000}) {
        if (can.width.least <= can.width.most)
            static_cast<void>(can.width.nearest(value));
        static_cast<void>(can.width.holds(value));
    }
    static_cast<void>(worker::messages::generation(*object));
    const auto made = worker::messages::generated(*object, "/nonexistent");
    fuzz::require(!made);
}

} // namespace

void fuzzOne(std::string_view input)
{
    fuzz::Pieces pieces(input);
    Reader inPieces;
    std::vector<std::string> found;
    bool isReadable = true;
    while (isReadable && pieces.hasNext()) {
        inPieces.pending() += pieces.next();
        isReadable = readAll(inPieces, found);
    }
    Reader atOnce;
    atOnce.pending() += pieces.whole();
    std::vector<std::string> again;
    fuzz::require(readAll(atOnce, again) == isReadable && again == found);
    for (const auto& message : found) {
        useMessage(message);
        Reader back;
        back.pending() += worker::frames::pack(message);
        std::string copy;
        fuzz::require(back.next(copy) == Reader::Got::Message && copy == message && back.pending().empty());
    }
}
