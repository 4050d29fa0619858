// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/providers/provider.h"

#include <QByteArray>

/// The few things that only Runpod's GraphQL knows, as documents: pure functions, no network. It answers 200 to a
/// refusal, too, with the reasons under "errors". The plane is to be retired, so nothing may depend on it.
namespace visgate::runpod {

[[nodiscard]] QByteArray balanceQuery();
/// KeyRejected, KeyLacksPermission, ProviderRefused (the reasons given), UnexpectedReply.
[[nodiscard]] Result<AccountBalance> readBalance(const QByteArray& body);

} // namespace visgate::runpod
