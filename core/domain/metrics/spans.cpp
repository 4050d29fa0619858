// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/metrics/spans.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace visgate {

namespace {

using Length = TimePoint::duration;

Length lengthOf(const WorkerSpan& span)
{
    return span.until - span.from;
}

/// Nobody was away between the two.
bool touch(const WorkerSpan& earlier, const WorkerSpan& later)
{
    return later.from <= earlier.until;
}

/// One kind of figures within a group, and how long it held there.
struct Kind {
    const WorkerSpan* figures;
    Length held;
};

/// What costs before what does not, then what held longer; of equals the earlier.
bool isLess(const Kind& one, const Kind& other)
{
    return std::pair(costs(*one.figures), one.held) < std::pair(costs(*other.figures), other.held);
}

/// `group` is not empty, and each touches the next.
WorkerSpan madeOne(const QList<WorkerSpan>& group)
{
    if (group.size() == 1)
        return group.constFirst();
    std::vector<Kind> kinds;
    double usd = 0.0;
    Length whole{0};
    for (const WorkerSpan& span : group) {
        const auto known = std::find_if(
            kinds.begin(), kinds.end(), [&span](const Kind& kind) { return isAlike(*kind.figures, span); });
        if (known == kinds.end())
            kinds.push_back({&span, lengthOf(span)});
        else
            known->held += lengthOf(span);
        usd += span.usdPerHour * std::chrono::duration<double>(lengthOf(span)).count();
        whole += lengthOf(span);
    }
    WorkerSpan made = *std::max_element(kinds.begin(), kinds.end(), isLess)->figures;
    if (whole > Length(0))
        made.usdPerHour = usd / std::chrono::duration<double>(whole).count();
    made.from = group.constFirst().from;
    made.until = group.constLast().until;
    made.usd = group.constLast().usd;
    return made;
}

/// Groups of neighbours that grow together, the cheapest step first.
class Grouping {
public:
    explicit Grouping(const QList<WorkerSpan>& spans)
        : m_spans(spans), m_last(std::size_t(spans.size())), m_first(std::size_t(spans.size())),
          m_costs(std::size_t(spans.size()))
    {
        std::iota(m_last.begin(), m_last.end(), 0);
        std::iota(m_first.begin(), m_first.end(), 0);
        std::transform(spans.begin(), spans.end(), m_costs.begin(), costs);
        for (qsizetype i = 0; i + 1 < spans.size(); ++i)
            offer(i);
    }

    /// The groups that are left.
    [[nodiscard]] QList<WorkerSpan> until(qsizetype most)
    {
        for (qsizetype groups = m_spans.size(); groups > most && !m_steps.empty(); --groups)
            join(std::get<2>(*m_steps.begin()));
        QList<WorkerSpan> made;
        for (qsizetype first = 0; first < m_spans.size(); first = m_last[std::size_t(first)] + 1)
            made.append(madeOne(m_spans.sliced(first, m_last[std::size_t(first)] - first + 1)));
        return made;
    }

private:
    using Step = std::tuple<bool, Length, qsizetype>; ///< mixes what costs with what does not; length; first of all

    [[nodiscard]] Step stepOf(qsizetype first) const
    {
        const qsizetype next = m_last[std::size_t(first)] + 1;
        const qsizetype last = m_last[std::size_t(next)];
        return {m_costs[std::size_t(first)] != m_costs[std::size_t(next)],
            m_spans.at(last).until - m_spans.at(first).from, first};
    }
    [[nodiscard]] bool mayGrow(qsizetype first) const
    {
        const qsizetype last = m_last[std::size_t(first)];
        return last + 1 < m_spans.size() && touch(m_spans.at(last), m_spans.at(last + 1));
    }
    void offer(qsizetype first)
    {
        if (mayGrow(first))
            m_steps.insert(stepOf(first));
    }
    void withdraw(qsizetype first)
    {
        if (mayGrow(first))
            m_steps.erase(stepOf(first));
    }
    void join(qsizetype first)
    {
        const qsizetype next = m_last[std::size_t(first)] + 1;
        const bool hasBefore = first > 0;
        const qsizetype before = hasBefore ? m_first[std::size_t(first - 1)] : 0;
        withdraw(first);
        withdraw(next);
        if (hasBefore)
            withdraw(before);
        const qsizetype last = m_last[std::size_t(next)];
        m_last[std::size_t(first)] = last;
        m_first[std::size_t(last)] = first;
        m_costs[std::size_t(first)] = m_costs[std::size_t(first)] || m_costs[std::size_t(next)];
        offer(first);
        if (hasBefore)
            offer(before);
    }

    const QList<WorkerSpan>& m_spans;
    std::vector<qsizetype> m_last;  ///< of a group, at its first
    std::vector<qsizetype> m_first; ///< of a group, at its last
    std::vector<bool> m_costs;      ///< of a group, at its first
    std::set<Step> m_steps;
};

} // namespace

bool costs(const WorkerSpan& span)
{
    const WorkerCounts& workers = span.workers;
    return workers.total() > workers.throttled || span.usdPerHour > 0.0;
}

bool isAlike(const WorkerSpan& one, const WorkerSpan& other)
{
    return one.workers == other.workers && one.gpus == other.gpus && one.regions == other.regions
        && one.usdPerHour == other.usdPerHour && one.jobsWaiting == other.jobsWaiting
        && one.jobsRunning == other.jobsRunning;
}

void takeIn(QList<WorkerSpan>& spans, const WorkerSpan& seen, std::chrono::nanoseconds mostUnseen)
{
    if (spans.isEmpty()) {
        spans.append(seen);
        return;
    }
    WorkerSpan& last = spans.last();
    const std::chrono::nanoseconds unseen = seen.from - last.until;
    if (unseen < std::chrono::nanoseconds(0) && -unseen <= mostUnseen)
        return;
    const bool goesOn = unseen >= std::chrono::nanoseconds(0) && unseen <= mostUnseen;
    if (goesOn) {
        last.until = seen.from;
        last.usd = seen.usd;
        if (isAlike(last, seen))
            return;
    }
    spans.append(seen);
}

QList<WorkerSpan> thinned(const QList<WorkerSpan>& spans, int most)
{
    return spans.size() <= most ? spans : Grouping(spans).until(std::max(1, most));
}

QList<WorkerSpan> coarsened(const QList<WorkerSpan>& spans, std::chrono::seconds grain)
{
    const auto isShort = [grain](const WorkerSpan& span) { return lengthOf(span) < grain; };
    const auto partOf = [grain](const WorkerSpan& span) { return span.from.time_since_epoch() / grain; };
    QList<WorkerSpan> made;
    for (qsizetype first = 0; first < spans.size();) {
        qsizetype end = first + 1;
        while (end < spans.size() && isShort(spans.at(end - 1)) && isShort(spans.at(end))
            && touch(spans.at(end - 1), spans.at(end)) && partOf(spans.at(end)) == partOf(spans.at(first)))
            ++end;
        made.append(madeOne(spans.sliced(first, end - first)));
        first = end;
    }
    return made;
}

} // namespace visgate
