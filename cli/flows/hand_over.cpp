// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flows/hand_over.h"

namespace visgate::cli {

Result<void> handOver(Context& context)
{
    const auto owner = context.session().isOwner();
    if (!owner)
        return fail(owner.error());
    if (!*owner)
        return {};
    context.session().close();
    return context.environment.startOwner();
}

} // namespace visgate::cli
