// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"
#include "core/domain/provider/provider_descriptor.h"

namespace visgate::cli {

/// `--target`: exactly the account of that id. Where it is not given, the user's default account.
[[nodiscard]] AccountId targetOf(Context& context);
/// The account of this id or, in whatever case, this name. AccountUnknown.
[[nodiscard]] Result<ProviderAccount> accountNamed(Context& context, const QString& idOrName);

} // namespace visgate::cli
