// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/deployments.h"

#include "core/base/json.h"
#include "core/codec/enumerations.h"
#include "core/codec/table.h"
#include "core/foundation/hash.h"

namespace visgate {

using namespace codec;

void CreateDeployment::identify()
{
    if (!request.idempotencyKey.isEmpty())
        return;
    request.bodyDigest = QString::fromStdString(sha256Hex(json::compact(toJson(request)).toStdString()));
    request.idempotencyKey = QString::fromStdString(randomHex(16));
}

template <> struct Table<CreateDeployment> {
    static auto fields() { return std::tuple(flat(&CreateDeployment::request)); }
};
template struct Codec<CreateDeployment>;

template <> struct Table<ListDeployments> {
    static auto fields()
    {
        return std::tuple(field("limit", &ListDeployments::limit), field("cursor", &ListDeployments::cursor),
            field("status", &ListDeployments::status));
    }
};
template struct Codec<ListDeployments>;

template <> struct Table<GetDeployment> {
    static auto fields() { return std::tuple(needed("deployment_id", &GetDeployment::id)); }
};
template struct Codec<GetDeployment>;

template <> struct Table<DeleteDeployment> {
    static auto fields() { return std::tuple(needed("deployment_id", &DeleteDeployment::id)); }
};
template struct Codec<DeleteDeployment>;

template <> struct Table<PauseDeployment> {
    static auto fields() { return std::tuple(needed("deployment_id", &PauseDeployment::id)); }
};
template struct Codec<PauseDeployment>;

template <> struct Table<ResumeDeployment> {
    static auto fields() { return std::tuple(needed("deployment_id", &ResumeDeployment::id)); }
};
template struct Codec<ResumeDeployment>;

template <> struct Table<ScaleDeployment> {
    static auto fields()
    {
        return std::tuple(needed("deployment_id", &ScaleDeployment::id), flat(&ScaleDeployment::request));
    }
};
template struct Codec<ScaleDeployment>;

template <> struct Table<KeepDeployment> {
    static auto fields()
    {
        return std::tuple(needed("deployment_id", &KeepDeployment::id), needed("seconds", &KeepDeployment::time));
    }
};
template struct Codec<KeepDeployment>;

template <> struct Table<RestoreDeployment> {
    static auto fields() { return std::tuple(needed("deployment_id", &RestoreDeployment::id)); }
};
template struct Codec<RestoreDeployment>;

template <> struct Table<ListReleases> {
    static auto fields() { return std::tuple(needed("deployment_id", &ListReleases::id)); }
};
template struct Codec<ListReleases>;

template <> struct Table<RollBack> {
    static auto fields()
    {
        return std::tuple(needed("deployment_id", &RollBack::id), needed("release", &RollBack::version));
    }
};
template struct Codec<RollBack>;

template <> struct Table<GetWarmPrice> {
    static auto fields()
    {
        return std::tuple(needed("deployment_id", &GetWarmPrice::id), needed("pool", &GetWarmPrice::policy));
    }
};
template struct Codec<GetWarmPrice>;

template <> struct Table<SetPool> {
    static auto fields()
    {
        return std::tuple(needed("deployment_id", &SetPool::id), needed("pool", &SetPool::policy),
            field("accepted_usd_per_month", &SetPool::acceptedUsdPerMonth));
    }
};
template struct Codec<SetPool>;

template <> struct Table<AnswerQuestion> {
    static auto fields()
    {
        return std::tuple(needed("deployment_id", &AnswerQuestion::id), needed("accepted", &AnswerQuestion::accepted));
    }
};
template struct Codec<AnswerQuestion>;

template <> struct Table<WatchWorkers> {
    static auto fields() { return std::tuple(needed("deployment_id", &WatchWorkers::id)); }
};
template struct Codec<WatchWorkers>;

template <> struct Table<ReadLogs> {
    static auto fields()
    {
        return std::tuple(needed("deployment_id", &ReadLogs::id), field("since", &ReadLogs::since),
            field("limit", &ReadLogs::limit), field("before", &ReadLogs::before));
    }
};
template struct Codec<ReadLogs>;

} // namespace visgate
