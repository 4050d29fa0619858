// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/messenger.h"

#include "core/foundation/json/json_read.h"

namespace visgate::worker {
namespace {

constexpr std::size_t lengthBytes = 4;
constexpr std::chrono::milliseconds sendPatience{10'000};

} // namespace

namespace frames {

std::string pack(std::string_view message)
{
    std::string packed;
    packed.reserve(lengthBytes + message.size());
    for (std::size_t i = lengthBytes; i-- > 0;) {
        packed += static_cast<char>((message.size() >> (8 * i)) & 0xffU);
    }
    return packed.append(message);
}

Reader::Got Reader::next(std::string& message)
{
    if (m_pending.size() < lengthBytes) {
        return Got::Nothing;
    }
    std::size_t length = 0;
    for (std::size_t i = 0; i < lengthBytes; ++i) {
        length = length << 8U | static_cast<unsigned char>(m_pending[i]);
    }
    if (length > mostBytes) {
        return Got::Garbage;
    }
    if (m_pending.size() < lengthBytes + length) {
        return Got::Nothing;
    }
    message.assign(m_pending, lengthBytes, length);
    m_pending.erase(0, lengthBytes + length);
    return Got::Message;
}

} // namespace frames

bool Messenger::send(const nlohmann::json& message)
{
    const std::string text = visgate::json::dump(message);
    return text.size() <= frames::mostBytes && m_channel.send(frames::pack(text), sendPatience);
}

Messenger::Got Messenger::receive(nlohmann::json& message, std::chrono::milliseconds patience)
{
    std::string text;
    auto got = m_reader.next(text);
    if (got == frames::Reader::Got::Nothing) {
        switch (m_channel.receive(m_reader.pending(), patience)) {
        case platform::Channel::Got::Nothing:
            return Got::Nothing;
        case platform::Channel::Got::End:
            return Got::End;
        case platform::Channel::Got::Bytes:
            break;
        }
        got = m_reader.next(text);
    }
    if (got == frames::Reader::Got::Nothing) {
        return Got::Nothing;
    }
    auto parsed = got == frames::Reader::Got::Message ? visgate::json::parseObject(text) : std::nullopt;
    if (!parsed || visgate::json::text(*parsed, "type").empty()) {
        return Got::Garbage;
    }
    message = std::move(*parsed);
    return Got::Message;
}

} // namespace visgate::worker
