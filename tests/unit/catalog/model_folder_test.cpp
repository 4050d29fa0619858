// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/model_folder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

class ModelFolder : public testing::Test {
protected:
    void write(const QString& name, const QByteArray& bytes)
    {
        const QString file = path + u'/' + name;
        ASSERT_TRUE(QDir().mkpath(QFileInfo(file).path()));
        QFile out(file);
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }
    [[nodiscard]] ErrorCode refusal() const { return readModelFolder(path).error().code; }

    QTemporaryDir m_folder;
    const QString path = m_folder.path() + u"/benim ğüzel modelim"_s;
};

TEST_F(ModelFolder, ItsFilesSayWhatItIs)
{
    write(u"model_index.json"_s,
        R"({"_class_name":"StableDiffusionPipeline","unet":["diffusers","UNet2DConditionModel"],)"
        R"("safety_checker":[null,null]})");
    write(u"unet/config.json"_s, "{}");
    write(u"unet/diffusion_pytorch_model.safetensors"_s, QByteArray(1000, 'x'));
    const auto found = readModelFolder(path + u'/');
    ASSERT_TRUE(found.has_value()) << found.error().detail;
    EXPECT_EQ(found->id, path);
    EXPECT_TRUE(isModelFolder(found->id));
    EXPECT_EQ(found->title, u"benim ğüzel modelim"_s);
    EXPECT_EQ(found->tasks, QList{GenerationTask::TextToImage});
    EXPECT_EQ(found->downloadBytes, 0) << "it is here";
    ASSERT_EQ(found->components.size(), 1);
    EXPECT_EQ(found->components.first().bytes, 1000);
    EXPECT_EQ(chooseTask(*found, {}, AccountId::thisComputer()), GenerationTask::TextToImage);
    for (const AccountId& elsewhere : {AccountId::runpod(), AccountId::practice()})
        EXPECT_EQ(chooseTask(*found, {}, elsewhere).error().code, ErrorCode::ModelStaysHere);
}

TEST_F(ModelFolder, WhatCannotBeUsedIsSaid)
{
    EXPECT_EQ(refusal(), ErrorCode::ModelNotFound);
    write(u"readme.txt"_s, "no model");
    EXPECT_EQ(refusal(), ErrorCode::ModelNotDiffusers);
    write(u"model_index.json"_s, "[");
    EXPECT_EQ(refusal(), ErrorCode::ModelNotDiffusers);
    write(u"model_index.json"_s, R"({"_class_name":"StableDiffusionPipeline","unet":["diffusers","X"]})");
    EXPECT_EQ(refusal(), ErrorCode::ModelWeightsMissing);
    EXPECT_FALSE(isModelFolder(u"stabilityai/sdxl-turbo"_s));
}

} // namespace
} // namespace visgate
