// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_models/picture_items.h"

#include "core/operations/jobs.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/language.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int jobsOfAPage = 100;
constexpr qsizetype mostOfATip = 300; ///< characters of a prompt

} // namespace

PictureItems::PictureItems(const UiContext& context, QObject* parent) : QAbstractListModel(parent), m_context(context)
{
    connect(&m_thumbnails, &Thumbnails::ready, this, [this](const QString& file) {
        for (int row = 0; row < m_rows.size(); ++row) {
            if (m_rows.at(row).artifact().filePath == file)
                Q_EMIT dataChanged(index(row), index(row));
        }
    });
}

void PictureItems::begin(const DeploymentId& deployment)
{
    beginResetModel();
    m_deployment = deployment;
    m_rows.clear();
    m_last = {};
    m_isLoaded = false;
    m_hasMore = true;
    m_isAsking = false;
    ++m_generation;
    m_thumbnails.forget();
    endResetModel();
    fetchMore({});
}

int PictureItems::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PictureItems::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Picture& picture = m_rows.at(index.row());
    const auto thumbnail = [&] { return m_thumbnails.find(picture.artifact().filePath); };
    switch (role) {
    case Qt::DisplayRole:
        return picture.job->input.prompt.simplified();
    case Qt::ToolTipRole:
        return toolTip(picture);
    case Qt::AccessibleTextRole:
        return spoken(picture);
    case Qt::DecorationRole: {
        const Thumbnail* const known = thumbnail();
        return known != nullptr ? QVariant(known->picture) : QVariant();
    }
    case GoneRole: {
        const Thumbnail* const known = thumbnail();
        return known != nullptr && known->isGone;
    }
    default:
        return {};
    }
}

QString PictureItems::toolTip(const Picture& picture) const
{
    const Format& format = m_context.language.format();
    QString words = picture.job->input.prompt.simplified();
    if (words.size() > mostOfATip)
        words = words.left(mostOfATip) + u'…';
    const TimePoint drawn = picture.job->finishedAt.value_or(picture.job->createdAt);
    return u"%1\n%2\n%3"_s.arg(words, format.dateAndTime(drawn), tr("Seed %1").arg(picture.artifact().seed));
}

QString PictureItems::spoken(const Picture& picture) const
{
    const Thumbnail* const known = m_thumbnails.find(picture.artifact().filePath);
    const QString words = picture.job->input.prompt.simplified().left(mostOfATip);
    return known != nullptr && known->isGone ? tr("Picture whose file was deleted: %1").arg(words)
                                             : tr("Picture: %1").arg(words);
}

bool PictureItems::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_hasMore && !m_isAsking;
}

void PictureItems::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_isAsking = true;
    whenDone(m_context.service.call(ListJobs{m_deployment, jobsOfAPage, m_last}), this,
        [this, generation = m_generation](const Result<QList<Job>>& page) {
            if (generation == m_generation)
                takePage(page);
        });
}

void PictureItems::takePage(const Result<QList<Job>>& page)
{
    m_isAsking = false;
    m_hasMore = page && page->size() == jobsOfAPage;
    if (page && !page->isEmpty())
        m_last = page->constLast().id;
    if (page) {
        for (const Job& job : *page)
            take(job);
    }
    // A view asks for more as it is scrolled; where a whole page failed it has nothing to scroll.
    if (m_rows.isEmpty() && m_hasMore) {
        fetchMore({});
        return;
    }
    if (!m_isLoaded) {
        m_isLoaded = true;
        Q_EMIT loaded();
    }
}

bool PictureItems::take(const Job& job)
{
    if (job.deployment != m_deployment || job.artifacts.isEmpty() || rowOf(job.id) >= 0)
        return false;
    insert(job);
    return true;
}

void PictureItems::insert(const Job& job)
{
    const auto before = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [&job](const Picture& other) { return other.job->createdAt < job.createdAt; });
    const auto row = static_cast<int>(before - m_rows.cbegin());
    const auto shared = std::make_shared<const Job>(job);
    const auto count = static_cast<int>(job.artifacts.size());
    beginInsertRows({}, row, row + count - 1);
    for (int number = 0; number < count; ++number)
        m_rows.insert(row + number, {shared, number});
    endInsertRows();
}

int PictureItems::rowOf(const JobId& job) const
{
    const auto found = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [&job](const Picture& picture) { return picture.job->id == job; });
    return found == m_rows.cend() ? -1 : static_cast<int>(found - m_rows.cbegin());
}

} // namespace visgate::ui
