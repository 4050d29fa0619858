// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/hub_weights.h"
#include "core/domain/model/model.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"
#include "core/net/http_client.h"

#include <QCoroTask>
#include <QString>
#include <QUrl>

#include <memory>
#include <optional>

namespace visgate {

struct HubSettings {
    QUrl base{QStringLiteral("https://huggingface.co")}; ///< without a trailing slash; HF_ENDPOINT overrides it
    HttpClientSettings http;
};

struct HubSearch {
    QString text;
    std::optional<GenerationTask> task;
    int limit = 20;
    QUrl page; ///< a next page as an earlier result named it; the rest is then ignored
};

struct HubPage {
    QList<ModelSpec> models; ///< without sizes; what cannot be deployed says why in `refusal`
    QUrl next;               ///< empty on the last page
};

/// The files that a model is loaded from, at one commit.
struct HubFiles {
    QString revision;
    QStringList paths;
};

struct HubFile {
    QString path;
    qint64 bytes = 0;
    QString sha256; ///< empty for a small file, which the hub keeps no sum of
};

/// The model hub, read only. Lives on one thread. A token is optional everywhere (null: none) and goes to the hub's
/// own address only, never along a redirect to its file servers.
///
/// Errors beyond those of HttpClient: ModelNotFound (also for a private model: the hub does not tell them apart),
/// ModelDisabled, LicenceNotAccepted, LicencePending, LicenceRefused, TokenTooNarrow, HubRefused and what hub_spec.h
/// names (each with the id as first argument), TokenRejected, RateLimited, ProviderFailed, ProviderRefused,
/// UnexpectedReply. Destroying the client ends calls in flight with Cancelled.
class HubClient {
public:
    using Token = std::shared_ptr<const Secret>;

    explicit HubClient(HubSettings settings);

    /// The model as the hub describes it, files with sizes. `revision` empty: the main branch.
    [[nodiscard]] QCoro::Task<Result<hub::Model>> model(QString id, QString revision, Token token);
    /// `model_index.json`; LicenceNotAccepted for a gated model this token may not read.
    [[nodiscard]] QCoro::Task<Result<hub::PipelineIndex>> pipelineIndex(QString id, QString revision, Token token);
    /// Both, put together: what has to be known before deploying a model that is no preset. Takes an id or a hub link;
    /// a link's own revision counts where none is given. ModelNotFound at once for a text that is neither.
    [[nodiscard]] QCoro::Task<Result<ModelSpec>> find(QString idOrLink, QString revision, Token token);
    /// What tells two sets of weights in one folder apart; for most models nothing has to be asked. The values need not
    /// outlive the call.
    [[nodiscard]] QCoro::Task<Result<hub::ShardLists>> shardLists(
        const hub::Model& model, const QList<hub::Component>& components, const Token& token);
    /// Whether this token may download the model.
    [[nodiscard]] QCoro::Task<Result<void>> checkAccess(QString id, Token token);
    [[nodiscard]] QCoro::Task<Result<HubPage>> search(HubSearch search, Token token);
    /// What diffusers would load: components' weights, configuration and tokenizers.
    [[nodiscard]] QCoro::Task<Result<HubFiles>> files(QString id, QString revision, Token token);
    [[nodiscard]] QCoro::Task<Result<HubFile>> fileInfo(QString id, QString revision, QString path, Token token);
    /// A part of a file; exactly `count` bytes.
    [[nodiscard]] QCoro::Task<Result<QByteArray>> fileBytes(
        QString id, QString revision, QString path, qint64 from, qint64 count, Token token);
    /// The name of the token's account; TokenRejected if the hub does not know it.
    [[nodiscard]] QCoro::Task<Result<QString>> whoAmI(Token token);
    /// Ends calls in flight with Cancelled, and later ones at once.
    void stop() { m_http.stop(); }

private:
    [[nodiscard]] HttpRequest get(const QString& path, const Token& token) const;
    static QCoro::Task<Result<ModelSpec>> findWith(
        QCoro::Task<Result<hub::Model>> model, HubClient* client, std::weak_ptr<const bool> alive, Token token);

    HubSettings m_settings;
    std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true);
    HttpClient m_http;
};

} // namespace visgate
