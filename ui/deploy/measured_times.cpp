// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/measured_times.h"

#include "core/operations/statistics.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/language.h"

#include <algorithm>
#include <chrono>
#include <iterator>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

std::chrono::milliseconds timeOf(double seconds)
{
    return std::chrono::milliseconds(static_cast<qint64>(seconds * 1000.0));
}

/// How many pictures stand behind a line.
int countOf(const LatencyGroup& group)
{
    return group.pictureCold.count + group.pictureWarm.count;
}

} // namespace

MeasuredTimes::MeasuredTimes(const UiContext& context, QWidget* parent) : Retranslated(parent), m_context(context)
{
    setObjectName(u"measuredTimes"_s);
    setProperty("text-style", u"caption"_s);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    hide();
}

void MeasuredTimes::show(const ModelSpec& model, const AccountId& target)
{
    m_family = model.family.isEmpty() ? model.id : model.family;
    m_groups.clear();
    retranslate();
    const quint64 question = ++m_question;
    whenDone(m_context.service.call(GetLatency{{}, target, {}}), this,
        [this, question](const Result<QList<LatencyGroup>>& groups) {
            if (question != m_question || !groups)
                return; // where nothing can be read, nothing is claimed
            std::copy_if(groups->cbegin(), groups->cend(), std::back_inserter(m_groups),
                [this](const LatencyGroup& group) { return group.family == m_family && countOf(group) > 0; });
            retranslate();
        });
}

QString MeasuredTimes::lineOf(const LatencyGroup& group) const
{
    const Format& format = m_context.language.format();
    const QString gpu = group.gpu.isEmpty() ? tr("a GPU that was not named") : group.gpu;
    const QString cold = format.duration(timeOf(group.pictureCold.p50));
    const QString warm = format.duration(timeOf(group.pictureWarm.p50));
    const QString measured = tr("Measured here: %n picture(s).", nullptr, countOf(group));
    QString times = tr("%1 on %2: first picture after %3, then %4 each.").arg(m_family, gpu, cold, warm);
    if (group.pictureWarm.count == 0)
        times = tr("%1 on %2: first picture after %3.").arg(m_family, gpu, cold);
    else if (group.pictureCold.count == 0)
        times = tr("%1 on %2: %3 a picture, once it runs.").arg(m_family, gpu, warm);
    return times + u' ' + measured;
}

void MeasuredTimes::retranslate()
{
    QStringList lines;
    std::transform(m_groups.cbegin(), m_groups.cend(), std::back_inserter(lines),
        [this](const LatencyGroup& group) { return lineOf(group); });
    setText(lines.join(u'\n'));
    setVisible(!lines.isEmpty());
}

} // namespace visgate::ui
