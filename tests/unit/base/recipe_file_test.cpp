// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/recipe_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

TEST(RecipeFile, IsWrittenAndReadBack)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"şekiller.visgate"_s);
    Recipe recipe;
    recipe.modelId = "a/b";
    recipe.prompts.push_back({"bir daire", {}, 7, {}});
    ASSERT_TRUE(writeRecipeFile(path, recipe));
    const auto read = readRecipeFile(path);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->modelId, "a/b");
    EXPECT_EQ(read->prompts.front().seed, 7);
    recipe.modelId = "c/d";
    ASSERT_TRUE(writeRecipeFile(path, recipe)) << "over what is there";
    EXPECT_EQ(readRecipeFile(path)->modelId, "c/d");
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

TEST(RecipeFile, WhatCannotBeReadOrWrittenNamesItsPath)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"no such folder/a.visgate"_s);
    EXPECT_EQ(readRecipeFile(path).error().code, ErrorCode::FileUnreadable);
    EXPECT_EQ(readRecipeFile(folder.path()).error().code, ErrorCode::FileUnreadable) << "a folder";
    const auto written = writeRecipeFile(path, {});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::FileUnwritable);
    EXPECT_EQ(written.error().arguments, std::vector{path.toStdString()});
}

TEST(RecipeFile, IsNotReadBeyondItsLargestSize)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"large.visgate"_s));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    ASSERT_TRUE(file.resize(qint64(4) * 1024 * 1024 * 1024)) << "sparse";
    const auto read = readRecipeFile(file.fileName());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::RecipeUnreadable);
    EXPECT_NE(read.error().detail.find("256 KiB"), std::string::npos) << read.error().detail;
}

} // namespace
} // namespace visgate
