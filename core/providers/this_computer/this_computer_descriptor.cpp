// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/this_computer/this_computer_descriptor.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

ProviderDescriptor thisComputerDescriptor()
{
    ProviderDescriptor descriptor;
    descriptor.id = AccountId::thisComputer().provider();
    descriptor.name = u"This computer"_s;
    descriptor.needsKey = false;
    descriptor.hasLogs = true;
    descriptor.isHere = true;
    return descriptor;
}

} // namespace visgate
