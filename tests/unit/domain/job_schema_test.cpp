// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model/job_schema.h"

#include <QJsonArray>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

TEST(JobSchema, HasTheModelsOwnDefaults)
{
    ModelSpec model;
    model.id = u"a/b"_s;
    model.defaults = {4, 1.5, 512, 768, {}, {}};
    model.samplePrompt = u"a red circle"_s;
    const QJsonObject schema = jobInputSchema(model);
    const QJsonObject fields = schema["properties"_L1].toObject();
    EXPECT_EQ(schema["title"_L1].toString(), u"a/b"_s);
    EXPECT_EQ(schema["required"_L1].toArray(), QJsonArray{u"prompt"_s});
    EXPECT_FALSE(schema["additionalProperties"_L1].toBool(true));
    EXPECT_EQ(fields["width"_L1]["default"_L1].toInt(), 512);
    EXPECT_EQ(fields["height"_L1]["default"_L1].toInt(), 768);
    EXPECT_EQ(fields["num_inference_steps"_L1]["default"_L1].toInt(), 4);
    EXPECT_EQ(fields["guidance_scale"_L1]["default"_L1].toDouble(), 1.5);
    EXPECT_EQ(fields["prompt"_L1]["examples"_L1].toArray(), QJsonArray{u"a red circle"_s});
    for (const QString& name : fields.keys())
        EXPECT_FALSE(fields[name]["description"_L1].toString().isEmpty()) << name.toStdString();
}

} // namespace
} // namespace visgate
