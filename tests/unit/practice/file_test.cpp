// SPDX-License-Identifier: GPL-3.0-or-later
// Private files and their lock, with names that no old code page holds.
#include "core/foundation/path_text.h"
#include "core/foundation/platform/file_lock.h"
#include "core/practice/platform/file.h"
#include "core/practice/storage/file_text.h"
#include "core/practice/storage/journal.h"
#include "core/practice/storage/object_store.h"
#include "tests/unit/foundation/temp_folder.h"

#include <gmock/gmock.h>

namespace visgate::practice {
namespace {

class PracticeFiles : public testing::Test {
protected:
    test::TempFolder m_folder;
    std::filesystem::path m_root = std::filesystem::path(m_folder.file("x")).parent_path() / pathFromUtf8("dağ 1");
};

TEST_F(PracticeFiles, AreReplacedWhole)
{
    ASSERT_TRUE(platform::makePrivateFolder(m_root / "a" / "b"));
    ASSERT_TRUE(platform::makePrivateFolder(m_root / "a" / "b")) << "it may be there";
    const auto file = m_root / "a" / "b" / pathFromUtf8("ığüşöç.json");
    EXPECT_EQ(readFile(file), "");
    ASSERT_TRUE(platform::replaceFile(file, "one\n"));
    ASSERT_TRUE(platform::replaceFile(file, "two\n"));
    EXPECT_EQ(readFile(file), "two\n");
    EXPECT_FALSE(platform::replaceFile(m_root / "missing" / "x", "y"));
    EXPECT_FALSE(platform::makePrivateFolder(file)) << "a file is no folder";
}

TEST_F(PracticeFiles, AreLockedForOne)
{
    using visgate::platform::FileLock;
    ASSERT_TRUE(platform::makePrivateFolder(m_root));
    const auto path = m_root / "practice.lock";
    {
        const auto lock = FileLock::take(path);
        ASSERT_TRUE(lock) << lock.error().detail;
        lock->note("who and where");
        const auto second = FileLock::take(path);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, ErrorCode::Conflict);
        EXPECT_EQ(readFile(path), "who and where") << "others may read it";
    }
    EXPECT_TRUE(FileLock::take(path));
}

TEST_F(PracticeFiles, KeepTheAccount)
{
    ASSERT_TRUE(platform::makePrivateFolder(m_root));
    const auto path = m_root / "account.jsonl";
    {
        auto journal = Journal::open(path);
        ASSERT_TRUE(journal) << journal.error().detail;
        journal->put("endpoint", "a", R"({"n":1})");
        journal->put("endpoint", "a", R"({"n":2})");
        journal->put("endpoint", "b", R"({"n":3})");
        journal->remove("endpoint", "b");
    }
    const auto journal = Journal::open(path);
    ASSERT_TRUE(journal);
    std::string seen;
    journal->each("endpoint", [&](const std::string& id, const std::string& value) { seen += id + value; });
    EXPECT_EQ(seen, R"(a{"n":2})");
}

TEST_F(PracticeFiles, HoldObjectsByNamesWithSlashes)
{
    ObjectStore store(m_root);
    ASSERT_TRUE(store.put("bucket", "models/dağ/a b.bin", "bytes"));
    EXPECT_EQ(store.get("bucket", "models/dağ/a b.bin"), "bytes");
    EXPECT_THAT(store.keys("bucket", "models/"), testing::ElementsAre("models/dağ/a b.bin"));
    EXPECT_FALSE(store.put("bucket", "../out", "bytes"));
    EXPECT_FALSE(store.put("bucket", "/out", "bytes"));
    EXPECT_EQ(store.usedBytes("bucket"), 5);
}

} // namespace
} // namespace visgate::practice
