// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/ids.h"
#include "core/foundation/path_text.h"
#include "core/practice/launcher.h"
#include "core/practice/platform/child_process.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <thread>

namespace visgate::practice {

/// A practice folder whose process is the tests' own host.
class Launcher : public testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directory(m_root); }

    void TearDown() override
    {
        if (const auto running = findRunning(m_folder)) {
            EXPECT_TRUE(shutDown(*running));
        }
        std::error_code ignored; // its own process may hold a file for a moment more
        std::filesystem::remove_all(m_root, ignored);
    }

    [[nodiscard]] Command command() const { return {PRACTICE_HOST_PROGRAM, {"--data", toUtf8(m_folder)}}; }

    /// Ends the process and waits until its folder is free.
    [[nodiscard]] bool shutDown(const Addresses& running) const
    {
        http::Peer peer;
        peer.port = running.port;
        http::Client client(peer);
        http::Request request;
        request.method = "POST";
        request.target = "/__practice__/shutdown";
        const auto reply = client.send(request, std::chrono::seconds(10));
        return reply && reply->status == 200 && waitUntilGone(running.pid);
    }

    [[nodiscard]] static bool waitUntilGone(long pid)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (platform::processExists(pid)) {
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return true;
    }

    std::filesystem::path m_root
        = std::filesystem::temp_directory_path() / pathFromUtf8("practice launcher ğ " + randomHex(8));
    std::filesystem::path m_folder = m_root / "practice";
};

} // namespace visgate::practice
