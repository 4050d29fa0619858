// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_lines.h"

#include <algorithm>

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double kBytesPerPixel = 1.6;      ///< of a PNG of a photograph-like picture
constexpr double kBytesPerFramePixel = 0.1; ///< of compressed film
constexpr double kBase64 = 4.0 / 3.0;
constexpr double kInlineBytes = 7e6;      ///< the worker returns results directly up to here
constexpr double kMostDirectBytes = 10e6; ///< beyond this the provider loses them

bool isFilm(const ModelSpec& model, const CreateRequest& request)
{
    using enum GenerationTask;
    const GenerationTask task = request.task.value_or(model.tasks.value(0, TextToImage));
    return task == TextToVideo || task == ImageToVideo || task == VideoToVideo;
}

double resultBytes(const ModelSpec& model, const CreateRequest& request, bool film)
{
    const JobInput input = request.firstInput.value_or(JobInput());
    const double pixels = static_cast<double>(input.width.value_or(model.defaults.width))
        * input.height.value_or(model.defaults.height);
    const double each = film ? pixels * std::max(1, model.defaults.frames.value_or(49)) * kBytesPerFramePixel
                             : pixels * kBytesPerPixel;
    return each * std::max(1, input.count) * kBase64;
}

} // namespace

QList<PreflightLine> output(const PreflightFacts& facts)
{
    const ModelSpec* const known = facts.knownModel();
    if (!known || known->tasks.isEmpty())
        return {};
    const QString asked = u"estimate"_s;
    const bool film = isFilm(*known, facts.request);
    const double bytes = resultBytes(*known, facts.request, film);
    if (facts.hasStorage)
        return {good(u"output"_s, asked, say(QT_TRANSLATE_NOOP("Preflight", "Results go to your storage")))};
    const QString detail = say(QT_TRANSLATE_NOOP("Preflight", "about %1 MB")).arg(bytes / 1e6, 0, 'f', 0);
    const Error error = problem(ErrorCode::OutputTooLarge, {QString::number(bytes / 1e6, 'f', 0).toStdString()});
    if (bytes > kMostDirectBytes)
        return {advice(u"output"_s, asked, error, detail)};
    if (film || bytes > kInlineBytes)
        return {warning(u"output"_s, asked, detail, error)};
    return {};
}

} // namespace visgate::preflight
