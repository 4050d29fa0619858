// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model/job_schema.h"

#include "core/foundation/worker_protocol/job_limits.h"

#include <QJsonArray>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject text(const QString& description)
{
    return {{u"type"_s, u"string"_s}, {u"maxLength"_s, job_limits::kLongestPrompt}, {u"description"_s, description}};
}

QJsonObject number(const QString& type, const QString& description, double low, double high)
{
    return {{u"type"_s, type}, {u"minimum"_s, low}, {u"maximum"_s, high}, {u"description"_s, description}};
}

QJsonObject withDefault(QJsonObject field, const QJsonValue& value)
{
    field.insert(u"default"_s, value);
    return field;
}

QJsonObject side(const QString& description, int pixels)
{
    return withDefault(number(u"integer"_s, description, job_limits::kLeastPixels, job_limits::kMostPixels), pixels);
}

} // namespace

QJsonObject jobInputSchema(const ModelSpec& model)
{
    const GenerationDefaults& defaults = model.defaults;
    QJsonObject prompt = text(u"What the result shows"_s);
    prompt.insert(u"minLength"_s, 1);
    if (!model.samplePrompt.isEmpty())
        prompt.insert(u"examples"_s, QJsonArray{model.samplePrompt});
    const QJsonObject properties{
        {u"prompt"_s, prompt},
        {u"negative_prompt"_s, text(u"What it must not show"_s)},
        {u"width"_s, side(u"Pixels"_s, defaults.width)},
        {u"height"_s, side(u"Pixels"_s, defaults.height)},
        {u"num_inference_steps"_s,
            withDefault(number(u"integer"_s, u"Steps of the model: more take longer"_s, job_limits::kLeastSteps,
                            job_limits::kMostSteps),
                defaults.steps)},
        {u"guidance_scale"_s,
            withDefault(number(u"number"_s, u"How closely the prompt is followed"_s, job_limits::kLeastGuidance,
                            job_limits::kMostGuidance),
                defaults.guidance)},
        {u"seed"_s,
            number(u"integer"_s, u"The same seed gives the same result; a random one when absent"_s, 0,
                double(job_limits::kLargestSeed))},
        {u"num_images"_s, withDefault(number(u"integer"_s, u"Results of one job"_s, 1, job_limits::kMostPictures), 1)},
    };
    return {
        {u"$schema"_s, u"https://json-schema.org/draft/2020-12/schema"_s},
        {u"title"_s, model.title.isEmpty() ? model.id : model.title},
        {u"type"_s, u"object"_s},
        {u"properties"_s, properties},
        {u"required"_s, QJsonArray{u"prompt"_s}},
        {u"additionalProperties"_s, false},
    };
}

} // namespace visgate
