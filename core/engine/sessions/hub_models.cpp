// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/hub_models.h"

#include "core/catalog/hub_reference.h"
#include "core/catalog/model_folder.h"
#include "core/domain/model/demo_model.h"

#include <algorithm>
#include <utility>

namespace visgate {

namespace {

QCoro::Task<Result<void>> onlyOutcome(QCoro::Task<Result<QString>> call)
{
    auto name = co_await call;
    if (!name)
        co_return fail(std::move(name.error()));
    co_return Result<void>();
}

/// A model that no hub has to be asked for; none for all others.
std::optional<Result<ModelSpec>> onThisComputer(const QString& id)
{
    if (isDemoModel(id))
        return demoModel();
    return isModelFolder(id) ? std::optional(readModelFolder(id)) : std::nullopt;
}

template <typename T> QCoro::Task<Result<T>> known(Result<T> outcome)
{
    co_return outcome;
}

bool contains(const QList<ModelSpec>& models, const QString& id)
{
    return std::any_of(models.cbegin(), models.cend(),
        [&id](const ModelSpec& model) { return model.id.compare(id, Qt::CaseInsensitive) == 0; });
}

} // namespace

HubModels::HubModels(std::shared_ptr<const ModelRegistry> registry, HubSettings settings)
    : m_registry(std::move(registry)), m_hub(std::move(settings))
{
}

QList<ModelSpec> HubModels::presets() const
{
    return m_registry->presets();
}

std::optional<ModelSpec> HubModels::preset(const QString& idOrLink) const
{
    if (const auto here = onThisComputer(idOrLink))
        return here->has_value() ? std::optional(here->value()) : std::nullopt;
    return m_registry->find(idOrLink);
}

std::optional<QString> HubModels::resolveName(const QString& name, const QString& provider) const
{
    return m_registry->resolveName(name, provider);
}

QCoro::Task<Result<ModelSpec>> HubModels::find(QString idOrLink, QString revision, std::shared_ptr<const Secret> token)
{
    if (auto here = onThisComputer(idOrLink))
        return known(std::move(*here));
    if (const auto preset = m_registry->find(idOrLink))
        return refine(m_hub.model(preset->id, revision, std::move(token)), *preset);
    const auto reference = parseHubReference(idOrLink);
    const QString id = reference ? reference->id : idOrLink;
    if (revision.isEmpty() && reference)
        revision = reference->revision;
    return m_hub.find(id, revision, std::move(token));
}

/// A preset's figures are better than what can be computed from a listing; the hub knows the commit and the gate.
QCoro::Task<Result<ModelSpec>> HubModels::refine(QCoro::Task<Result<hub::Model>> call, ModelSpec preset)
{
    auto model = co_await call;
    if (!model)
        co_return fail(std::move(model.error()));
    preset.revision = model->commit;
    preset.gating = model->gating;
    if (!model->licence.isEmpty())
        preset.licence = model->licence;
    co_return preset;
}

QCoro::Task<Result<void>> HubModels::checkAccess(QString id, std::shared_ptr<const Secret> token)
{
    if (isDemoModel(id) || isModelFolder(id))
        return known<void>({});
    return m_hub.checkAccess(std::move(id), std::move(token));
}

QCoro::Task<Result<QList<ModelSpec>>> HubModels::search(QString text, std::shared_ptr<const Secret> token)
{
    HubSearch query;
    query.text = text;
    return merge(m_hub.search(std::move(query), std::move(token)), m_registry->search(text));
}

/// Presets first, then what else the hub has.
QCoro::Task<Result<QList<ModelSpec>>> HubModels::merge(QCoro::Task<Result<HubPage>> call, QList<ModelSpec> presets)
{
    auto page = co_await call;
    if (!page)
        co_return fail(std::move(page.error()));
    for (ModelSpec& model : page->models) {
        if (!contains(presets, model.id))
            presets.append(std::move(model));
    }
    co_return presets;
}

QCoro::Task<Result<HubFiles>> HubModels::files(QString id, QString revision, std::shared_ptr<const Secret> token)
{
    return m_hub.files(std::move(id), std::move(revision), std::move(token));
}

QCoro::Task<Result<HubFile>> HubModels::fileInfo(
    QString id, QString revision, QString path, std::shared_ptr<const Secret> token)
{
    return m_hub.fileInfo(std::move(id), std::move(revision), std::move(path), std::move(token));
}

QCoro::Task<Result<QByteArray>> HubModels::fileBytes(
    QString id, QString revision, QString path, qint64 from, qint64 count, std::shared_ptr<const Secret> token)
{
    return m_hub.fileBytes(std::move(id), std::move(revision), std::move(path), from, count, std::move(token));
}

QCoro::Task<Result<void>> HubModels::checkToken(std::shared_ptr<const Secret> token)
{
    return onlyOutcome(m_hub.whoAmI(std::move(token)));
}

} // namespace visgate
