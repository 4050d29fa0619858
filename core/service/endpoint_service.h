// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/account_endpoint.h"
#include "core/foundation/result.h"

#include <QFuture>
#include <QList>

namespace visgate {

/// What lives in the user's accounts, whoever made it. Part of DeploymentService, whose endpointsChanged() says that
/// the answer would be another one now.
class EndpointService {
public:
    virtual ~EndpointService() = default;
    /// The endpoints of every account that is open. From the account's last list, or from a new one when `refresh`,
    /// which opens the accounts as well and fails with their error (a target without a key is left out).
    virtual QFuture<Result<QList<AccountEndpoint>>> endpoints(bool refresh) = 0;
    /// Somebody looks at this deployment now: for a minute its workers are read more often.
    virtual void look(const DeploymentId& id) = 0;
};

} // namespace visgate
