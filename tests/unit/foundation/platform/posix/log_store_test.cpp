// SPDX-License-Identifier: GPL-3.0-or-later
// A log's file whose process is killed, whose disk is full, and who may read it.
#include "tests/unit/foundation/log_lines.h"
#include "tests/unit/foundation/temp_folder.h"

#include <algorithm>
#include <array>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using visgate::test::contentOf;
using visgate::test::line;
using visgate::test::openStore;
using visgate::test::TempFolder;

namespace visgate {
namespace {

TEST(LogStore, IsItsOwnersAlone)
{
    const TempFolder folder;
    const std::string path = folder.file("dep.log");
    const auto store = openStore(path);
    struct stat info { };
    ASSERT_EQ(stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST(LogStore, LosesNothingWhenItsProcessIsKilled)
{
    const TempFolder folder;
    const std::string path = folder.file("dep.log");
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = fork();
    if (child == 0) { // writes and reports each line that append() has taken, until it is killed
        auto store = LogStore::open(path, std::make_shared<Redactor>());
        for (int i = 1; store.has_value(); ++i) {
            if (!(*store)->append({line("line " + std::to_string(i))}).has_value()
                || write(pipe[1], &i, sizeof i) != sizeof i)
                break;
        }
        _exit(1);
    }
    close(pipe[1]);
    int reported = 0;
    for (int seen = 0; seen < 200 && read(pipe[0], &reported, sizeof reported) == sizeof reported; ++seen) { }
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    while (read(pipe[0], &reported, sizeof reported) == sizeof reported) { }
    close(pipe[0]);
    ASSERT_TRUE(WIFSIGNALED(status));
    ASSERT_GE(reported, 200);

    const auto store = openStore(path);
    EXPECT_GE(store->lineCount(), reported);
    LogQuery query;
    query.limit = 1'000'000;
    const auto lines = store->read(query);
    for (const LogLine& each : *lines)
        ASSERT_EQ(each.text, "line " + std::to_string(each.number.value()));
}

TEST(LogStore, SaysThatTheDiskIsFullAndStaysWhole)
{
    const TempFolder folder;
    const std::string path = folder.file("dep.log");
    const pid_t child = fork();
    if (child == 0) { // a file size limit stands in for a full disk: write() takes a part, then refuses
        const rlimit limit{2000, 2000};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        auto store = LogStore::open(path, std::make_shared<Redactor>());
        int stored = 0;
        for (; stored < 100; ++stored) {
            const auto taken = (*store)->append({line(std::string(300, 'x'))});
            if (!taken.has_value())
                _exit(taken.error().code == ErrorCode::StoreFull && (*store)->lineCount() == stored ? stored : 101);
        }
        _exit(102);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    const int stored = WEXITSTATUS(status);
    ASSERT_GT(stored, 0);
    ASSERT_LT(stored, 100);
    const std::string content = contentOf(path);
    EXPECT_EQ(content.back(), '\n') << "a part of the refused line stayed";
    EXPECT_EQ(std::count(content.begin(), content.end(), '\n'), stored);
}

} // namespace
} // namespace visgate
