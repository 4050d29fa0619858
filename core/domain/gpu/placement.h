// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/gpu/gpu.h"
#include "core/domain/storage/volume.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace visgate {

/// A place of the provider.
struct DataCenter {
    QString id;     ///< "EU-RO-1"
    QString name;   ///< for people; may be the id
    QString region; ///< "EUROPE", "NORTH_AMERICA" ...; empty or "UNKNOWN" if not told
    bool hasVolumes = false;
};

/// Why a place stands where it does in the list. The words come from placementReason().
enum class PlaceReason {
    Asked,          ///< the user named it
    HoldsModel,     ///< a volume with the model is there
    NearBucket,     ///< in the region of the user's bucket
    NearUser,       ///< in the user's region
    Cheapest,       ///< machines are free there, of a cheaper kind
    HasStock,       ///< machines are free there
    ProviderChooses ///< nothing speaks for one place
};

struct PlaceChoice {
    QString dataCenter;
    PlaceReason reason = PlaceReason::HasStock;
    Stock stock = Stock::Unknown;
    double usdPerHour = 0.0; ///< cheapest free GPU of the plan there
    bool operator==(const PlaceChoice&) const = default;
};

/// What placement goes by.
struct PlacementQuestion {
    QList<DataCenter> dataCenters; ///< empty: the provider was not asked
    QList<GpuOffer> offers;        ///< of the planned pools, without excluded types
    QList<ModelVolume> volumes;    ///< those that hold the model, complete
    QString bucketRegion;          ///< as the bucket's service names it: "eu-central-1"; empty: none
    QString userRegion;            ///< "EUROPE"; empty: not known
    QString asked;                 ///< a data center or a region that the user named; empty: none
};

/// Where an endpoint may run.
struct Placement {
    QList<PlaceChoice> choices; ///< every place with a free GPU of the plan, best first
    QList<VolumeId> volumes;    ///< to mount: workers then run only where these are
    PlaceReason reason = PlaceReason::ProviderChooses;
    QString note; ///< what could not be done: a volume without a free GPU beside it, an unknown region

    /// The places to insist on: those that share the best reason, if it is one to insist on. Stock and price alone are
    /// left to the provider, whose own list is newer: then the list is empty.
    [[nodiscard]] QStringList dataCenters() const;
};

/// Pure. A named place is obeyed; then a volume with the model and a free GPU beside it; then the bucket's region, the
/// user's region (both only where machines are not scarce), price and stock. Where a volume lies among places without a
/// free GPU it is left alone and said so.
[[nodiscard]] Placement placeEndpoint(const PlacementQuestion& question);

/// The places that `asked` names: itself, or those of the region of that name.
[[nodiscard]] QStringList placesNamed(const QList<DataCenter>& dataCenters, const QString& asked);

/// Why, in the user's language: "your volume with the model is there".
[[nodiscard]] QString placementReason(PlaceReason reason);

/// "EUROPE" for "Europe/Istanbul", "eu-central-1", "EU-RO-1"; empty if unknown. Pure.
[[nodiscard]] QString regionOfTimeZone(const QByteArray& ianaId);
[[nodiscard]] QString regionOfBucket(const QString& bucketRegion);

} // namespace visgate
