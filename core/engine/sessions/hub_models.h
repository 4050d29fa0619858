// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/hub_client.h"
#include "core/catalog/model_registry.h"
#include "core/engine/sessions/model_source.h"

namespace visgate {

/// The compiled-in registry, refined by a hub: what the program passes as EngineConfig::makeModels.
class HubModels final : public ModelSource {
public:
    HubModels(std::shared_ptr<const ModelRegistry> registry, HubSettings settings);

    [[nodiscard]] QList<ModelSpec> presets() const override;
    [[nodiscard]] std::optional<ModelSpec> preset(const QString& idOrLink) const override;
    [[nodiscard]] std::optional<QString> resolveName(const QString& name, const QString& provider) const override;
    QCoro::Task<Result<ModelSpec>> find(
        QString idOrLink, QString revision, std::shared_ptr<const Secret> token) override;
    QCoro::Task<Result<void>> checkAccess(QString id, std::shared_ptr<const Secret> token) override;
    QCoro::Task<Result<QList<ModelSpec>>> search(QString text, std::shared_ptr<const Secret> token) override;
    QCoro::Task<Result<HubFiles>> files(QString id, QString revision, std::shared_ptr<const Secret> token) override;
    QCoro::Task<Result<HubFile>> fileInfo(
        QString id, QString revision, QString path, std::shared_ptr<const Secret> token) override;
    QCoro::Task<Result<QByteArray>> fileBytes(QString id, QString revision, QString path, qint64 from, qint64 count,
        std::shared_ptr<const Secret> token) override;
    QCoro::Task<Result<void>> checkToken(std::shared_ptr<const Secret> token) override;
    void stop() override { m_hub.stop(); }

private:
    static QCoro::Task<Result<ModelSpec>> refine(QCoro::Task<Result<hub::Model>> call, ModelSpec preset);
    static QCoro::Task<Result<QList<ModelSpec>>> merge(QCoro::Task<Result<HubPage>> call, QList<ModelSpec> presets);

    std::shared_ptr<const ModelRegistry> m_registry;
    HubClient m_hub;
};

} // namespace visgate
