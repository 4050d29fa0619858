// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobs/job.h"
#include "core/foundation/result.h"
#include "ui/common/ui_context.h"
#include "ui/item_models/thumbnails.h"

#include <QAbstractListModel>
#include <QList>

#include <memory>

namespace visgate::ui {

/// One result of a job, which may have several.
struct Picture {
    std::shared_ptr<const Job> job;
    qsizetype number = 0; ///< of the job's results, from 0
    [[nodiscard]] const Artifact& artifact() const { return job->artifacts.at(number); }
};

/// The results of one deployment, newest first: a page from the store at a time, those of this session as they come.
/// What failed has none. GUI thread.
class PictureItems final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit PictureItems(const UiContext& context, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// Display: its words; decoration: its thumbnail, null while there is none; GoneRole: its file was deleted.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    enum Role { GoneRole = Qt::UserRole + 1 };

    void begin(const DeploymentId& deployment);
    /// What is heard of a job of this deployment; whether it brought results that were not there before.
    bool take(const Job& job);
    [[nodiscard]] const Picture& at(int row) const { return m_rows.at(row); }
    [[nodiscard]] int rowOf(const JobId& job) const; ///< of its first result; -1: none
    /// Whether it is known if there are any.
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }

Q_SIGNALS:
    void loaded();

private:
    void takePage(const Result<QList<Job>>& page);
    void insert(const Job& job);
    [[nodiscard]] QString toolTip(const Picture& picture) const;
    [[nodiscard]] QString spoken(const Picture& picture) const;

    const UiContext& m_context;
    DeploymentId m_deployment;
    QList<Picture> m_rows;
    JobId m_last; ///< of the last page
    bool m_isLoaded = false;
    bool m_hasMore = false;
    bool m_isAsking = false;
    quint64 m_generation = 0; ///< answers for an earlier deployment are not taken
    mutable Thumbnails m_thumbnails;
};

} // namespace visgate::ui
