// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/gpu/placement.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("Placement", text);
}

int rank(Stock stock)
{
    return stock == Stock::Unknown ? static_cast<int>(Stock::Medium) : static_cast<int>(stock);
}

/// Every place with a free GPU of the plan: the best stock and the cheapest price there.
QMap<QString, PlaceChoice> placesWithStock(const QList<GpuOffer>& offers)
{
    QMap<QString, PlaceChoice> places;
    for (const GpuOffer& offer : offers) {
        if (offer.stock == Stock::None)
            continue;
        for (const QString& id : offer.dataCenters) {
            auto place = places.find(id);
            if (place == places.end()) {
                places.insert(id, {id, PlaceReason::HasStock, offer.stock, offer.usdPerHour});
                continue;
            }
            if (rank(offer.stock) > rank(place->stock))
                place->stock = offer.stock;
            place->usdPerHour = std::min(place->usdPerHour, offer.usdPerHour);
        }
    }
    return places;
}

QString regionOf(const QList<DataCenter>& dataCenters, const QString& id)
{
    for (const DataCenter& place : dataCenters) {
        if (place.id == id)
            return place.region;
    }
    return {};
}

bool isNamed(const PlacementQuestion& question, const QString& id)
{
    return question.asked.compare(id, Qt::CaseInsensitive) == 0
        || question.asked.compare(regionOf(question.dataCenters, id), Qt::CaseInsensitive) == 0;
}

PlaceReason reasonFor(const PlacementQuestion& question, const PlaceChoice& choice, const QString& bucket)
{
    const QString region = regionOf(question.dataCenters, choice.dataCenter);
    if (rank(choice.stock) < rank(Stock::Medium))
        return PlaceReason::HasStock; // near, but a long wait for a machine costs more than the way
    if (!region.isEmpty() && region == bucket)
        return PlaceReason::NearBucket;
    if (!region.isEmpty() && region == question.userRegion)
        return PlaceReason::NearUser;
    return PlaceReason::HasStock;
}

/// Best first: nearness, then stock, then price, then the id so that the order never depends on chance.
void sortPlaces(QList<PlaceChoice>& choices)
{
    const auto key = [](const PlaceChoice& choice) {
        return std::tuple(static_cast<int>(choice.reason), -rank(choice.stock), choice.usdPerHour, choice.dataCenter);
    };
    std::sort(
        choices.begin(), choices.end(), [&](const PlaceChoice& a, const PlaceChoice& b) { return key(a) < key(b); });
}

/// The volumes that can be used: with a free GPU beside them and, where the user named a place, there. One a place.
QList<ModelVolume> usableVolumes(const PlacementQuestion& question, const QMap<QString, PlaceChoice>& places)
{
    QList<ModelVolume> usable;
    QStringList taken;
    for (const ModelVolume& volume : question.volumes) {
        const bool fits = volume.state == FillState::Complete && places.contains(volume.dataCenter)
            && (question.asked.isEmpty() || isNamed(question, volume.dataCenter));
        if (!fits || taken.contains(volume.dataCenter))
            continue;
        taken.append(volume.dataCenter);
        usable.append(volume);
    }
    return usable;
}

Placement inVolumes(const QList<ModelVolume>& volumes, const QMap<QString, PlaceChoice>& places)
{
    Placement placement;
    placement.reason = PlaceReason::HoldsModel;
    for (const ModelVolume& volume : volumes) {
        PlaceChoice choice = places.value(volume.dataCenter);
        choice.reason = PlaceReason::HoldsModel;
        placement.choices.append(choice);
        placement.volumes.append(volume.id);
    }
    sortPlaces(placement.choices);
    return placement;
}

/// Names the places that have the cheapest machines where not all have them.
void markCheapest(QList<PlaceChoice>& choices)
{
    const auto byPrice = [](const PlaceChoice& a, const PlaceChoice& b) { return a.usdPerHour < b.usdPerHour; };
    const auto [least, most] = std::minmax_element(choices.cbegin(), choices.cend(), byPrice);
    if (least == choices.cend() || least->usdPerHour == most->usdPerHour)
        return;
    const double cheapest = least->usdPerHour;
    for (PlaceChoice& choice : choices) {
        if (choice.reason == PlaceReason::HasStock && choice.usdPerHour == cheapest)
            choice.reason = PlaceReason::Cheapest;
    }
}

bool isInsistedOn(PlaceReason reason)
{
    return reason == PlaceReason::Asked || reason == PlaceReason::HoldsModel || reason == PlaceReason::NearBucket
        || reason == PlaceReason::NearUser;
}

} // namespace

QStringList Placement::dataCenters() const
{
    QStringList ids;
    for (const PlaceChoice& choice : choices) {
        if (isInsistedOn(reason) && choice.reason == reason)
            ids.append(choice.dataCenter);
    }
    return ids;
}

Placement placeEndpoint(const PlacementQuestion& question)
{
    const QMap<QString, PlaceChoice> places = placesWithStock(question.offers);
    if (const auto volumes = usableVolumes(question, places); !volumes.isEmpty())
        return inVolumes(volumes, places);

    Placement placement;
    if (!question.volumes.isEmpty() && question.asked.isEmpty())
        placement.note = say(QT_TRANSLATE_NOOP(
            "Placement", "No GPU is free beside your volume with the model; it is loaded from the hub instead."));
    if (!question.asked.isEmpty()) {
        for (const DataCenter& place : question.dataCenters) {
            if (isNamed(question, place.id))
                placement.choices.append(places.value(place.id, {place.id, PlaceReason::Asked, Stock::None, 0.0}));
        }
        for (PlaceChoice& choice : placement.choices)
            choice.reason = PlaceReason::Asked;
        if (placement.choices.isEmpty()) // not in the catalogue: the provider will say what it thinks of it
            placement.choices.append({question.asked, PlaceReason::Asked, Stock::Unknown, 0.0});
        placement.reason = PlaceReason::Asked;
        sortPlaces(placement.choices);
        return placement;
    }
    const QString bucket = regionOfBucket(question.bucketRegion);
    for (PlaceChoice choice : places) {
        choice.reason = reasonFor(question, choice, bucket);
        placement.choices.append(choice);
    }
    markCheapest(placement.choices);
    sortPlaces(placement.choices);
    if (!placement.choices.isEmpty() && isInsistedOn(placement.choices.constFirst().reason))
        placement.reason = placement.choices.constFirst().reason;
    return placement;
}

QStringList placesNamed(const QList<DataCenter>& dataCenters, const QString& asked)
{
    PlacementQuestion question;
    question.dataCenters = dataCenters;
    question.asked = asked;
    QStringList places;
    for (const DataCenter& place : dataCenters) {
        if (isNamed(question, place.id))
            places.append(place.id);
    }
    return places;
}

QString placementReason(PlaceReason reason)
{
    switch (reason) {
    case PlaceReason::Asked:
        return say(QT_TRANSLATE_NOOP("Placement", "you asked for it"));
    case PlaceReason::HoldsModel:
        return say(QT_TRANSLATE_NOOP("Placement", "your volume with the model is there"));
    case PlaceReason::NearBucket:
        return say(QT_TRANSLATE_NOOP("Placement", "close to your storage"));
    case PlaceReason::NearUser:
        return say(QT_TRANSLATE_NOOP("Placement", "close to you"));
    case PlaceReason::Cheapest:
        return say(QT_TRANSLATE_NOOP("Placement", "the cheapest suitable GPU is free there"));
    case PlaceReason::HasStock:
        return say(QT_TRANSLATE_NOOP("Placement", "machines are free there"));
    case PlaceReason::ProviderChooses:
        return say(QT_TRANSLATE_NOOP("Placement", "the provider chose it; nothing spoke for another place"));
    }
    return {};
}

QString regionOfTimeZone(const QByteArray& ianaId)
{
    static constexpr std::array areas{std::pair{"Europe/", "EUROPE"}, std::pair{"Africa/", "AFRICA"},
        std::pair{"Australia/", "OCEANIA"}, std::pair{"Pacific/", "OCEANIA"}, std::pair{"Asia/", "ASIA"}};
    // The Americas and the Middle East are told by the town.
    static constexpr std::array middleEast{"Asia/Dubai", "Asia/Riyadh", "Asia/Qatar", "Asia/Kuwait", "Asia/Bahrain",
        "Asia/Jerusalem", "Asia/Beirut", "Asia/Amman", "Asia/Baghdad", "Asia/Tehran", "Asia/Muscat"};
    static constexpr std::array southAmerica{"America/Sao_Paulo", "America/Buenos_Aires", "America/Argentina/",
        "America/Santiago", "America/Bogota", "America/Lima", "America/Caracas", "America/Montevideo"};
    if (std::find(middleEast.begin(), middleEast.end(), ianaId) != middleEast.end())
        return u"MIDDLE_EAST"_s;
    if (std::any_of(
            southAmerica.begin(), southAmerica.end(), [&](const char* town) { return ianaId.startsWith(town); }))
        return u"SOUTH_AMERICA"_s;
    if (ianaId.startsWith("America/") || ianaId.startsWith("US/") || ianaId.startsWith("Canada/"))
        return u"NORTH_AMERICA"_s;
    if (ianaId == "Asia/Istanbul" || ianaId == "Turkey") // the same clock as Europe/Istanbul
        return u"EUROPE"_s;
    for (const auto& [prefix, region] : areas) {
        if (ianaId.startsWith(prefix))
            return QString::fromLatin1(region);
    }
    return {};
}

QString regionOfBucket(const QString& bucketRegion)
{
    // Case folding is the language's own affair elsewhere; region names are plain ASCII.
    static constexpr std::array prefixes{std::pair{"eu", "EUROPE"}, std::pair{"eur", "EUROPE"},
        std::pair{"weur", "EUROPE"}, std::pair{"eeur", "EUROPE"}, std::pair{"us", "NORTH_AMERICA"},
        std::pair{"ca", "NORTH_AMERICA"}, std::pair{"wnam", "NORTH_AMERICA"}, std::pair{"enam", "NORTH_AMERICA"},
        std::pair{"sa", "SOUTH_AMERICA"}, std::pair{"ap", "ASIA"}, std::pair{"apac", "ASIA"},
        std::pair{"me", "MIDDLE_EAST"}, std::pair{"il", "MIDDLE_EAST"}, std::pair{"af", "AFRICA"},
        std::pair{"oc", "OCEANIA"}};
    const QString head = bucketRegion.section(u'-', 0, 0);
    for (const auto& [prefix, region] : prefixes) {
        if (head.compare(QLatin1String(prefix), Qt::CaseInsensitive) == 0)
            return QString::fromLatin1(region);
    }
    return {};
}

} // namespace visgate
