// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobs/job.h"
#include "core/domain/model/input_limits.h"

#include <QByteArray>
#include <QList>
#include <QSize>
#include <QString>

#include <optional>

namespace visgate::ui {

/// The form of a picture.
enum class Shape { Square, Portrait, Landscape, Tall, Wide };

struct ShapeSize {
    Shape shape = Shape::Square;
    QSize size; ///< pixels
    bool operator==(const ShapeSize&) const = default;
};

/// The forms that a model can draw, each of about as many pixels as its own size, which is one of them.
[[nodiscard]] QList<ShapeSize> shapesOf(const InputLimits& limits);

/// What is chosen for the next picture besides its words. Unset: the model's own, which is not sent.
struct DrawingValues {
    std::optional<QSize> size;
    std::optional<int> steps;
    std::optional<double> guidance;
    std::optional<qint64> seed; ///< the one of the last picture, or the one that is kept
    bool keepsSeed = false;     ///< else each picture gets a new one
    int count = 1;
    bool operator==(const DrawingValues&) const = default;
};

/// The same as the model can draw it; what is the model's own anyway is left to it.
[[nodiscard]] DrawingValues fitted(const DrawingValues& values, const InputLimits& limits);
/// The input of a job with these words and this seed.
[[nodiscard]] JobInput jobInputOf(
    const QString& prompt, const QString& negativePrompt, const DrawingValues& values, qint64 seed);
/// What an earlier job had been asked for, as it was asked.
[[nodiscard]] DrawingValues valuesOf(const JobInput& input);

/// As the window keeps them: JSON.
[[nodiscard]] QByteArray toStored(const DrawingValues& values);
/// Nothing for what toStored() has not written.
[[nodiscard]] std::optional<DrawingValues> fromStored(const QByteArray& stored);

} // namespace visgate::ui
