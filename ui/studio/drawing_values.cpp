// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/drawing_values.h"

#include "core/base/json.h"
#include "core/foundation/worker_protocol/job_limits.h"

#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

struct Ratio {
    Shape shape;
    double widthByHeight;
};

constexpr std::array ratios{Ratio{Shape::Square, 1.0}, Ratio{Shape::Portrait, 3.0 / 4.0},
    Ratio{Shape::Landscape, 4.0 / 3.0}, Ratio{Shape::Tall, 9.0 / 16.0}, Ratio{Shape::Wide, 16.0 / 9.0}};

/// Models draw best in sizes that they have seen: most were shown pictures in steps of 64 pixels.
constexpr int usualStep = 64;
constexpr int smallSide = 256; ///< below it those steps are too coarse

Shape nearestShape(const QSize& size)
{
    const double own = std::log(double(size.width()) / size.height());
    const auto* const nearest
        = std::min_element(ratios.begin(), ratios.end(), [own](const Ratio& left, const Ratio& right) {
              return std::abs(std::log(left.widthByHeight) - own) < std::abs(std::log(right.widthByHeight) - own);
          });
    return nearest->shape;
}

int sideNear(double pixels, const InputLimits& limits)
{
    const int step = pixels >= smallSide ? std::max(usualStep, limits.sideStep) : limits.sideStep;
    return limits.nearestSide(static_cast<int>(std::lround(pixels / step)) * step);
}

QSize ownSize(const InputLimits& limits)
{
    return {limits.width, limits.height};
}

/// A number within its limits; nothing for the model's own.
template <typename Value>
std::optional<Value> withinLimits(std::optional<Value> value, Value least, Value most, Value own, bool isOwnKnown)
{
    if (!value || (isOwnKnown && *value == own))
        return std::nullopt;
    return std::clamp(*value, least, most);
}

} // namespace

QList<ShapeSize> shapesOf(const InputLimits& limits)
{
    const QSize own = ownSize(limits);
    const Shape ownShape = nearestShape(own);
    if (!limits.hasSizes())
        return {{ownShape, own}};
    const double pixels = double(own.width()) * own.height();
    QList<ShapeSize> shapes;
    for (const Ratio& ratio : ratios) {
        const double height = std::sqrt(pixels / ratio.widthByHeight);
        const QSize size(sideNear(height * ratio.widthByHeight, limits), sideNear(height, limits));
        const QSize taken = ratio.shape == ownShape ? own : size;
        const bool isThere = std::any_of(
            shapes.cbegin(), shapes.cend(), [&taken](const ShapeSize& other) { return other.size == taken; });
        if (!isThere)
            shapes.append({ratio.shape, taken});
    }
    return shapes;
}

DrawingValues fitted(const DrawingValues& values, const InputLimits& limits)
{
    DrawingValues result = values;
    if (result.size) {
        result.size = QSize(limits.nearestSide(result.size->width()), limits.nearestSide(result.size->height()));
        if (!limits.hasSizes() || (limits.isOwnKnown && *values.size == ownSize(limits)))
            result.size.reset();
    }
    result.steps = withinLimits(values.steps, limits.leastSteps, limits.mostSteps, limits.steps, limits.isOwnKnown);
    result.guidance
        = withinLimits(values.guidance, limits.leastGuidance, limits.mostGuidance, limits.guidance, limits.isOwnKnown);
    if (result.seed && (*result.seed < 0 || *result.seed > job_limits::kLargestSeed))
        result.seed.reset();
    result.keepsSeed = values.keepsSeed && result.seed;
    result.count = std::clamp(values.count, 1, limits.mostPictures);
    return result;
}

JobInput jobInputOf(const QString& prompt, const QString& negativePrompt, const DrawingValues& values, qint64 seed)
{
    JobInput input;
    input.prompt = prompt;
    input.negativePrompt = negativePrompt;
    if (values.size) {
        input.width = values.size->width();
        input.height = values.size->height();
    }
    input.steps = values.steps;
    input.guidance = values.guidance;
    input.seed = seed;
    input.count = values.count;
    return input;
}

DrawingValues valuesOf(const JobInput& input)
{
    DrawingValues values;
    if (input.width && input.height)
        values.size = QSize(*input.width, *input.height);
    values.steps = input.steps;
    values.guidance = input.guidance;
    values.seed = input.seed;
    values.count = input.count;
    return values;
}

QByteArray toStored(const DrawingValues& values)
{
    QJsonObject object;
    if (values.size) {
        object.insert(u"width"_s, values.size->width());
        object.insert(u"height"_s, values.size->height());
    }
    if (values.steps)
        object.insert(u"steps"_s, *values.steps);
    if (values.guidance)
        object.insert(u"guidance"_s, *values.guidance);
    if (values.keepsSeed && values.seed)
        object.insert(u"seed"_s, *values.seed);
    if (values.count != 1)
        object.insert(u"count"_s, values.count);
    // An empty object too: that everything was left to the model is a choice as well.
    return json::compact(object);
}

std::optional<DrawingValues> fromStored(const QByteArray& stored)
{
    const auto object = json::parseObject(stored);
    if (!object)
        return std::nullopt;
    DrawingValues values;
    if (object->value(u"width"_s).isDouble() && object->value(u"height"_s).isDouble())
        values.size = QSize(object->value(u"width"_s).toInt(), object->value(u"height"_s).toInt());
    if (object->value(u"steps"_s).isDouble())
        values.steps = object->value(u"steps"_s).toInt();
    if (object->value(u"guidance"_s).isDouble())
        values.guidance = object->value(u"guidance"_s).toDouble();
    if (object->value(u"seed"_s).isDouble()) {
        values.seed = object->value(u"seed"_s).toInteger();
        values.keepsSeed = true;
    }
    values.count = object->value(u"count"_s).toInt(1);
    return values;
}

} // namespace visgate::ui
