// SPDX-License-Identifier: GPL-3.0-or-later
// The private socket's file: only our own user, no stale file in the way, no foreign file removed.
#include "core/foundation/http/client.h"
#include "core/foundation/sockets/platform/posix/peer_user.h"
#include "tests/unit/foundation/local_server.h"
#include "tests/unit/foundation/temp_folder.h"

#include <array>
#include <fstream>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;
using visgate::test::TempFolder;

namespace visgate::http {
namespace {

TEST(HttpLocalSocket, IsItsOwnersAlone)
{
    const TempFolder folder;
    const std::string path = folder.file("api.sock");
    const auto server = startAt(path);
    ASSERT_TRUE(server.has_value());
    struct stat info { };
    ASSERT_EQ(stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST(HttpLocalSocket, ReplacesAStaleSocket)
{
    const TempFolder folder;
    const std::string path = folder.file("api.sock");
    { // what a killed server leaves behind
        const int handle = socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        ASSERT_EQ(bind(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        close(handle);
    }
    const auto server = startAt(path);
    ASSERT_TRUE(server.has_value()) << server.error().detail;
    Client client({{}, 0, path});
    EXPECT_TRUE(client.send({"GET", "/", {}, {}, {}}, 10s).has_value());
}

TEST(HttpLocalSocket, LeavesAnOrdinaryFileAlone)
{
    const TempFolder folder;
    const std::string path = folder.file("notes.txt");
    std::ofstream(path) << "precious";
    EXPECT_FALSE(startAt(path).has_value());
    std::string content;
    std::ifstream(path) >> content;
    EXPECT_EQ(content, "precious");
}

TEST(HttpLocalSocket, RefusesAPathThatIsTooLong)
{
    EXPECT_EQ(startAt("/tmp/" + std::string(200, 'a')).error().code, ErrorCode::FileUnwritable);
    Client client({{}, 0, "/tmp/" + std::string(200, 'a')});
    EXPECT_EQ(client.send({"GET", "/", {}, {}, {}}, 10s).error().code, ErrorCode::NetworkUnreachable);
}

TEST(HttpLocalSocket, KnowsThePeersUser)
{
    std::array<int, 2> pair{};
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
    EXPECT_EQ(sockets::peerUserId(pair[0]), sockets::currentUserId());
    close(pair[0]);
    close(pair[1]);
    EXPECT_FALSE(sockets::peerUserId(pair[0]).has_value());
}

TEST(HttpLocalSocket, CutsAnotherUser)
{
    if (geteuid() != 0)
        GTEST_SKIP() << "needs root to become another user";
    const TempFolder folder;
    const std::string path = folder.file("api.sock");
    const auto server = startAt(path);
    ASSERT_TRUE(server.has_value());
    // Even a folder and a file that are open to all do not let another user in.
    ASSERT_EQ(chmod(folder.file("").c_str(), 0777), 0);
    ASSERT_EQ(chmod(path.c_str(), 0777), 0);
    const pid_t child = fork();
    if (child == 0) { // only plain system calls here: the parent has threads
        if (setuid(65534) != 0)
            _exit(2);
        const int handle = socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        if (connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            _exit(3);
        constexpr std::string_view kRequest = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        static_cast<void>(send(handle, kRequest.data(), kRequest.size(), MSG_NOSIGNAL));
        char byte = 0;
        _exit(recv(handle, &byte, 1, 0) > 0 ? 1 : 0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0) << "1: another user was answered";
}

} // namespace
} // namespace visgate::http
