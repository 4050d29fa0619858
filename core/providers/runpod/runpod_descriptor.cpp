// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/runpod/runpod_descriptor.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

ProviderDescriptor runpodDescriptor()
{
    ProviderDescriptor descriptor;
    descriptor.id = AccountId::runpod().provider();
    descriptor.name = u"Runpod"_s;
    descriptor.hasLogs = true;
    descriptor.hasBills = true;
    descriptor.hasReleases = true;
    descriptor.volumes = VolumeTerms{10, 4096, 0.07, 1000, 0.05, u"/runpod-volume"_s};
    descriptor.keyPage = u"https://console.runpod.io/user/settings"_s;
    descriptor.billingPage = u"https://console.runpod.io/user/billing"_s;
    descriptor.startsPublicImages = true;
    descriptor.startLimitVariable = u"RUNPOD_INIT_TIMEOUT"_s;
    return descriptor;
}

ProviderDescriptor practiceDescriptor()
{
    ProviderDescriptor descriptor = runpodDescriptor();
    descriptor.id = AccountId::practice().provider();
    descriptor.name = u"Practice"_s;
    descriptor.needsKey = false;
    descriptor.keyPage.clear();
    descriptor.billingPage.clear();
    return descriptor;
}

} // namespace visgate
