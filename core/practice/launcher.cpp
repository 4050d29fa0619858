// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/launcher.h"

#include "core/foundation/http/client.h"
#include "core/foundation/json/json_read.h"
#include "core/practice/platform/child_process.h"
#include "core/practice/platform/file.h"
#include "core/practice/storage/file_text.h"

#include <thread>

namespace visgate::practice {

using namespace std::chrono_literals;

namespace {

/// The log's end is what the process said before it gave up.
std::string lastWords(const std::filesystem::path& logFile)
{
    std::string text = readFile(logFile);
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    const auto begin = text.rfind('\n');
    return begin == std::string::npos ? text : text.substr(begin + 1);
}

} // namespace

std::optional<Addresses> findRunning(const std::filesystem::path& dataFolder, const http::CancelToken& cancel)
{
    const auto found = json::parseObject(readFile(dataFolder / "practice.json"));
    if (!found)
        return std::nullopt;
    const auto port = json::integer(*found, "port");
    const auto pid = json::integer(*found, "pid");
    if (!port || *port < 1 || *port > 65'535 || !pid)
        return std::nullopt;
    const std::string token = json::text(*found, "token");
    auto addresses = Addresses::at(
        static_cast<std::uint16_t>(*port), static_cast<long>(*pid), token.empty() ? Keys::open() : Keys::of(token));
    if (!platform::processExists(addresses.pid))
        return std::nullopt; // it was killed; its port may belong to somebody else now
    http::Peer peer;
    peer.port = addresses.port;
    http::Client client(peer);
    http::Request request;
    request.method = "GET";
    request.target = "/__practice__/ping";
    if (!addresses.keys.isOpen())
        request.headers.set("Authorization", "Bearer " + addresses.keys.token);
    const auto response = client.send(request, 1s, cancel);
    if (!response || response->status != 200 || response->body != R"({"ok":true})")
        return std::nullopt;
    return addresses;
}

Result<Addresses> findOrStart(const std::filesystem::path& dataFolder, const Command& command,
    const http::CancelToken& cancel, std::chrono::milliseconds patience)
{
    if (auto running = findRunning(dataFolder, cancel))
        return *running;
    if (cancel.isCancelled())
        return fail(ErrorCode::Cancelled);
    if (auto made = platform::makePrivateFolder(dataFolder); !made)
        return fail(made.error());
    const std::filesystem::path logFile = dataFolder / "practice.log";
    // Should another caller start one as well, the folder's lock lets only one of the two stay.
    if (auto started = platform::startDetached(command, logFile); !started)
        return fail(ErrorCode::PracticeUnavailable, started.error().detail);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < deadline && !cancel.isCancelled()) {
        if (auto running = findRunning(dataFolder, cancel))
            return *running;
        std::this_thread::sleep_for(20ms);
    }
    if (cancel.isCancelled())
        return fail(ErrorCode::Cancelled);
    return fail(ErrorCode::PracticeUnavailable, lastWords(logFile));
}

} // namespace visgate::practice
