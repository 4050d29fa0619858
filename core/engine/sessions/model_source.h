// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/hub_client.h"
#include "core/domain/model/model.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"

#include <QCoroTask>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace visgate {

/// What the engine asks about models: the registry that lies on disk, refined by the hub. Lives on the engine thread.
/// `token` is the user's hub token, or null.
class ModelSource {
public:
    virtual ~ModelSource() = default;

    [[nodiscard]] virtual QList<ModelSpec> presets() const = 0;
    /// From disk only: a preset by id, alias or hub link.
    [[nodiscard]] virtual std::optional<ModelSpec> preset(const QString& idOrLink) const = 0;
    /// What is measured of a model counts for its family; one that has none stands for itself.
    [[nodiscard]] QString familyOf(const QString& id) const
    {
        const auto known = preset(id);
        return known && !known->family.isEmpty() ? known->family : id;
    }
    /// The id that a short name of the API contract stands for ("flux-schnell", narrowed by provider "fal").
    [[nodiscard]] virtual std::optional<QString> resolveName(const QString& name, const QString& provider) const = 0;
    /// Asks the hub: sizes, tasks, gating, revision. ModelNotFound, ModelNotDiffusers, UnsupportedTask,
    /// TokenRejected, NetworkUnreachable ...
    virtual QCoro::Task<Result<ModelSpec>> find(QString idOrLink, QString revision, std::shared_ptr<const Secret> token)
        = 0;
    /// Whether this token may download the model: LicenceNotAccepted, ModelNotFound, TokenRejected.
    virtual QCoro::Task<Result<void>> checkAccess(QString id, std::shared_ptr<const Secret> token) = 0;
    virtual QCoro::Task<Result<QList<ModelSpec>>> search(QString text, std::shared_ptr<const Secret> token) = 0;
    /// The files that the model is loaded from, one file's size and sum, and a part of it: for keeping it near.
    virtual QCoro::Task<Result<HubFiles>> files(QString id, QString revision, std::shared_ptr<const Secret> token) = 0;
    virtual QCoro::Task<Result<HubFile>> fileInfo(
        QString id, QString revision, QString path, std::shared_ptr<const Secret> token)
        = 0;
    virtual QCoro::Task<Result<QByteArray>> fileBytes(
        QString id, QString revision, QString path, qint64 from, qint64 count, std::shared_ptr<const Secret> token)
        = 0;
    /// Whether the hub accepts the token: TokenRejected otherwise.
    virtual QCoro::Task<Result<void>> checkToken(std::shared_ptr<const Secret> token) = 0;
    /// The program ends: calls in flight end with Cancelled, and later ones at once.
    virtual void stop() = 0;
};

} // namespace visgate
