// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/ids.h"
#include "worker/model_store/cached_model.h"

#include <fstream>
#include <gtest/gtest.h>

namespace visgate::worker {
namespace {

namespace fs = std::filesystem;

/// Two caches as the hub's own programs lay them out: files are links to blobs.
class CachedModel : public testing::Test {
protected:
    ~CachedModel() override
    {
        std::error_code ignored;
        fs::remove_all(m_root, ignored);
    }

    static void write(const fs::path& file, const std::string& text = "x")
    {
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
    }
    /// A file of the snapshot, by way of a blob that is there or not.
    void addFile(const std::string& commit, const std::string& name, bool isFetched = true) const
    {
        const fs::path blob = model / "blobs" / (commit + name);
        write(isFetched ? blob : fs::path(blob.string() + ".incomplete"));
        const fs::path link = model / "snapshots" / commit / name;
        fs::create_directories(link.parent_path());
        std::error_code refused;
        fs::create_symlink(blob, link, refused);
        if (refused && isFetched) { // where links need a right of their own
            fs::copy_file(blob, link);
        }
    }
    [[nodiscard]] std::string find(const std::string& revision, bool needsMarker = false) const
    {
        const auto found
            = findCachedModel({{m_root / "elsewhere", false}, {m_root, needsMarker}}, "org/name", revision);
        return found ? found->filename().string() : std::string();
    }

private:
    fs::path m_root = fs::temp_directory_path() / ("visgate-cache-" + randomHex(8));

protected:
    fs::path model = m_root / "models--org--name";
};

TEST_F(CachedModel, InTheProvidersOwnCacheNeedsNoMarkerOfOurs)
{
    addFile("c1", "unet/weights.safetensors");
    addFile("c2", "unet/weights.safetensors");
    write(model / "refs/main", "c2\n");
    write(model / "refs/release", "c1");
    EXPECT_EQ(find(""), "c2") << "the main one";
    EXPECT_EQ(find("c1"), "c1");
    EXPECT_EQ(find("release"), "c1");
    EXPECT_EQ(find("c3"), "");
    EXPECT_EQ(find("", true), "") << "a folder that we fill is complete with the marker alone";
    write(model / "snapshots/c1/.visgate-complete");
    EXPECT_EQ(find("", true), "c1");
}

TEST_F(CachedModel, ThatIsStillBeingFetchedIsNone)
{
    addFile("c1", "model_index.json");
    EXPECT_EQ(find(""), "c1");
    addFile("c1", "unet/weights.safetensors", false);
    if (fs::is_symlink(fs::symlink_status(model / "snapshots/c1/unet/weights.safetensors"))) {
        EXPECT_EQ(find(""), "");
    }
    fs::create_directories(model / "snapshots/c2");
    EXPECT_EQ(find("c2"), "") << "nothing is in it yet";
}

TEST_F(CachedModel, IsNotLookedForElsewhere)
{
    addFile("c1", "weights.safetensors");
    write(model / "refs/main", "../../c1");
    EXPECT_EQ(find("../snapshots/c1"), "");
    EXPECT_EQ(find(""), "c1") << "not by way of the reference";
    EXPECT_FALSE(findCachedModel({{model.parent_path(), false}}, "../org/name", ""));
    EXPECT_FALSE(findCachedModel({{model.parent_path(), false}}, "", ""));
}

TEST(ModelFolders, OneThatWeFillNeedsTheMarkerThoughItIsTheProvidersPlace)
{
    const auto folders = modelFolders({"/a", "/b"}, {"/b", "/c"});
    ASSERT_EQ(folders.size(), 3U);
    EXPECT_EQ(folders[0].path, "/a");
    EXPECT_FALSE(folders[0].needsMarker);
    EXPECT_EQ(folders[1].path, "/b");
    EXPECT_TRUE(folders[1].needsMarker);
    EXPECT_TRUE(folders[2].needsMarker);
}

} // namespace
} // namespace visgate::worker
