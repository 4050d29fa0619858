// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/jobs.h"

#include "core/codec/enumerations.h"
#include "core/codec/table.h"

namespace visgate {

using namespace codec;

template <> struct Table<SubmitJob> {
    static auto fields()
    {
        return std::tuple(needed("deployment_id", &SubmitJob::deployment), needed("input", &SubmitJob::input));
    }
};
template struct Codec<SubmitJob>;

template <> struct Table<GetJob> {
    static auto fields() { return std::tuple(needed("job_id", &GetJob::id)); }
};
template struct Codec<GetJob>;

template <> struct Table<ListJobs> {
    static auto fields()
    {
        return std::tuple(field("deployment_id", &ListJobs::deployment), field("limit", &ListJobs::limit),
            field("older_than", &ListJobs::olderThan));
    }
};
template struct Codec<ListJobs>;

template <> struct Table<CancelJob> {
    static auto fields() { return std::tuple(needed("job_id", &CancelJob::id)); }
};
template struct Codec<CancelJob>;

template <> struct Table<RetryJob> {
    static auto fields() { return std::tuple(needed("job_id", &RetryJob::id)); }
};
template struct Codec<RetryJob>;

} // namespace visgate
