// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/account_id.h"

#include <QString>

#include <optional>

namespace visgate {

/// What network volumes cost and how large they are sold.
struct VolumeTerms {
    int leastGb = 0;
    int mostGb = 0;
    double usdPerGbMonth = 0.0;
    int cheaperBeyondGb = 0; ///< what is beyond costs `usdPerGbMonthBeyond`
    double usdPerGbMonthBeyond = 0.0;
    QString mountPath; ///< where workers find it
    bool operator==(const VolumeTerms&) const = default;
};

/// What is constant of a cloud: data that its folder in core/providers gives. What it does not offer, the window does
/// not show.
struct ProviderDescriptor {
    QString id;           ///< "runpod"; also the id of its first account
    QString name;         ///< its own, in every language: "Runpod"
    bool needsKey = true; ///< its calls need a key of the user's
    bool hasLogs = false;
    bool hasBills = false;
    bool hasReleases = false;
    bool isHere = false; ///< its workers are processes of this computer: no image, and nothing to pay
    std::optional<VolumeTerms> volumes;
    QString keyPage;                 ///< where the user makes a key; empty: none is needed
    QString billingPage;             ///< where the user adds credit
    bool startsPublicImages = false; ///< its containers take arguments, so that any image will do
    QString startLimitVariable; ///< tells a worker how long it may take to start, in seconds; empty: it is not told
    bool operator==(const ProviderDescriptor&) const = default;
};

/// An account that the program knows, at the provider that this descriptor describes.
struct ProviderAccount {
    AccountId id;
    QString name; ///< as the user called it; the provider's where they did not
    ProviderDescriptor provider;
    bool isDefault = false; ///< meant where none is named
    bool operator==(const ProviderAccount&) const = default;
};

} // namespace visgate
