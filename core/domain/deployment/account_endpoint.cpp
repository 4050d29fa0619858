// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deployment/account_endpoint.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

QString toString(EndpointOwner owner)
{
    switch (owner) {
    case EndpointOwner::Ours:
        return u"ours"_s;
    case EndpointOwner::OtherApp:
        return u"other_app"_s;
    case EndpointOwner::NotOurs:
        break;
    }
    return u"not_ours"_s;
}

std::optional<EndpointOwner> endpointOwnerFromString(const QString& text)
{
    for (const EndpointOwner owner : {EndpointOwner::Ours, EndpointOwner::OtherApp, EndpointOwner::NotOurs}) {
        if (toString(owner) == text)
            return owner;
    }
    return std::nullopt;
}

} // namespace visgate
