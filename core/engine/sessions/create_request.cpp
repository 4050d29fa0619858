// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/create_request.h"

#include "core/catalog/model_folder.h"
#include "core/engine/sessions/model_source.h"
#include "core/foundation/redactor.h"

#include <QRegularExpression>
#include <QUrl>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// "org/name" out of itself or a page of the hub; empty if it is neither.
QString modelIdFrom(const QString& text)
{
    static const QRegularExpression shape(u"^[A-Za-z0-9][\\w.-]{0,95}/[A-Za-z0-9][\\w.-]{0,95}$"_s);
    QString id = text.trimmed();
    const QUrl url(id);
    if ((url.scheme() == "https"_L1 || url.scheme() == "http"_L1)
        && (url.host() == "huggingface.co"_L1 || url.host() == "hf.co"_L1))
        id = url.path().section(u'/', 1, 2);
    return shape.match(id).hasMatch() ? id : QString();
}

} // namespace

Result<QString> resolveModel(const ModelSource& registry, const CreateRequest& request)
{
    if (request.modelId.isEmpty() == request.modelName.isEmpty())
        return fail(Error{ErrorCode::InvalidRequest, "exactly one of hf_model_id and model_name", 0, {},
            {"hf_model_id", "model_name"}});
    if (!request.modelName.isEmpty()) {
        const auto id = registry.resolveName(request.modelName, request.providerName);
        if (!id)
            return fail(Error{ErrorCode::ModelNameUnknown, request.modelName.toStdString(), 0, {},
                {request.modelName.toStdString()}});
        return *id;
    }
    if (isModelFolder(request.modelId)) {
        const auto found = readModelFolder(request.modelId);
        if (!found)
            return fail(found.error());
        return found->id;
    }
    if (const auto preset = registry.preset(request.modelId))
        return preset->id;
    const QString id = modelIdFrom(request.modelId);
    if (id.isEmpty())
        return fail(Error{ErrorCode::ModelNotFound, request.modelId.left(200).toStdString(), 0, {},
            {request.modelId.left(200).toStdString()}});
    return id;
}

void learnSecrets(Redactor& redactor, const CreateRequest& request)
{
    for (const auto& secret : {request.providerKey, request.hubToken}) {
        if (secret)
            redactor.addSecret(secret->reveal());
    }
}

} // namespace visgate
