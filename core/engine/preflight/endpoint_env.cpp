// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preflight/endpoint_env.h"

#include "core/base/settings.h"
#include "core/domain/storage/volume.h"
#include "core/engine/context/account_book.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/foundation/ids.h"
#include "core/foundation/redactor.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t kCallbackSecretBytes = 32;

QString inSeconds(std::chrono::seconds value)
{
    return QString::number(value.count());
}

} // namespace

QString workerImage(const EngineContext& context, AccountId target)
{
    // Practice knows one image and runs the worker program of this installation for it.
    if (target.isPractice())
        return u"visgate/practice-worker:1"_s;
    if (context.book.descriptor(target).isHere)
        return u"visgate-worker"_s; // the program that lies beside this one
    const QString own = context.settings.value(Settings::table().workerImage);
    return own.isEmpty() && context.book.descriptor(target).startsPublicImages ? context.config.publicImage.reference
                                                                               : own;
}

bool isPublicImage(const EngineContext& context, const QString& image)
{
    return !image.isEmpty() && image == context.config.publicImage.reference;
}

QString cudaFloorOf(const EngineContext& context, const QString& image)
{
    return isPublicImage(context, image) ? context.config.publicImage.cudaFloor
                                         : context.settings.value(Settings::table().workerCudaFloor);
}

void startPackage(const PublicImage& image, const QString& digest, EndpointSpec& spec)
{
    const qsizetype tag = image.reference.lastIndexOf(u':');
    spec.image = digest.isEmpty() ? image.reference : image.reference.left(tag) + u'@' + digest;
    spec.args = image.args;
    spec.diskGb += image.installGb;
    spec.env[u"VISGATE_RUNNER"_s] = u"diffusers"_s;
    for (auto piece = image.package.begin(); piece != image.package.end(); ++piece)
        spec.env[piece.key()] = piece.value();
}

EndpointSpec endpointSpecWithoutSecrets(const EngineContext& context, const DeploymentRecord& record)
{
    const Deployment& d = record.deployment;
    EndpointSpec spec;
    spec.name = d.endpointName;
    spec.image = workerImage(context, d.target);
    spec.gpuPools = d.gpuPlanned;
    spec.excludedGpuTypes = record.gpuExcluded;
    spec.dataCenters = record.dataCenters;
    spec.networkVolumes = record.volumes;
    spec.limits = d.limits;
    spec.minCudaVersion = cudaFloorOf(context, spec.image);
    spec.diskGb = record.diskGb;
    spec.env = {{u"HF_MODEL_ID"_s, d.modelId}, {u"TASK"_s, toString(d.task)},
        {u"VISGATE_DEPLOYMENT_ID"_s, QString::fromStdString(d.id.value())},
        {u"VISGATE_IDLE_TIMEOUT_SECONDS"_s, inSeconds(d.limits.workerIdleTimeout)},
        {u"VISGATE_FAILURE_THRESHOLD"_s, QString::number(d.limits.failureThreshold)}};
    const ProviderDescriptor& provider = context.book.descriptor(d.target);
    if (!provider.startLimitVariable.isEmpty())
        spec.env[provider.startLimitVariable] = inSeconds(d.limits.initTimeout);
    if (!record.volumes.isEmpty() && provider.volumes)
        spec.env[u"VISGATE_CACHE_DIRS"_s] = provider.volumes->mountPath + "/huggingface-cache/hub"_L1;
    if (!d.revision.isEmpty())
        spec.env[u"HF_REVISION"_s] = d.revision;
    // A distilled model drawn with its pipeline's own steps and guidance comes out wrong, and takes many times as long.
    if (const auto preset = context.accounts.registry().preset(d.modelId)) {
        spec.env[u"VISGATE_STANDARD_STEPS"_s] = QString::number(preset->defaults.steps);
        spec.env[u"VISGATE_STANDARD_GUIDANCE"_s] = QString::number(preset->defaults.guidance);
    }
    if (d.target.isPractice() || provider.isHere) // a worker of this computer asks the hub that this program asks
        spec.env[u"HF_ENDPOINT"_s] = context.accounts.hubUrl(d.target).toString(QUrl::StripTrailingSlash);
    return spec;
}

QString addCallback(
    const CallbackAddress& address, const EngineContext& context, const DeploymentId& deployment, EndpointSpec& spec)
{
    const Secret secret(randomHex(kCallbackSecretBytes));
    context.config.redactor->addSecret(secret.reveal());
    const QString base = address.base.toString(QUrl::StripTrailingSlash);
    spec.env[u"VISGATE_WEBHOOK"_s]
        = base + "/internal/deployment-ready/"_L1 + QString::fromStdString(deployment.value());
    const std::string_view value = secret.reveal();
    spec.secretEnv[u"VISGATE_INTERNAL_SECRET"_s]
        = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
    return QString::fromStdString(secret.sha256Hex());
}

} // namespace visgate
