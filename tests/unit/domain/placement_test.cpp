// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/gpu/placement.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

QList<DataCenter> places()
{
    return {{u"EU-RO-1"_s, u"Romania"_s, u"EUROPE"_s, true}, {u"EU-CZ-1"_s, u"Czechia"_s, u"EUROPE"_s, true},
        {u"US-KS-2"_s, u"Kansas"_s, u"NORTH_AMERICA"_s, true}, {u"AP-JP-1"_s, u"Japan"_s, u"ASIA"_s, false}};
}

GpuOffer offer(const QStringList& where, double price = 1.0, Stock stock = Stock::High)
{
    GpuOffer gpu;
    gpu.typeId = u"NVIDIA A40"_s;
    gpu.pool = u"AMPERE_48"_s;
    gpu.usdPerHour = price;
    gpu.stock = stock;
    gpu.dataCenters = where;
    return gpu;
}

ModelVolume volume(const char* id, const QString& where, FillState state = FillState::Complete)
{
    ModelVolume made;
    made.id = VolumeId(id);
    made.dataCenter = where;
    made.state = state;
    return made;
}

struct Situation {
    const char* name;
    std::function<void(PlacementQuestion&)> change;
    QStringList insistsOn; ///< sent with the create call
    PlaceReason reason;
    QString first; ///< of the whole list
    QStringList volumes = {};
};

void PrintTo(const Situation& situation, std::ostream* out)
{
    *out << situation.name;
}

class Placing : public testing::TestWithParam<Situation> { };

TEST_P(Placing, OrdersThePlaces)
{
    const Situation& situation = GetParam();
    PlacementQuestion question;
    question.dataCenters = places();
    question.offers = {offer({u"EU-RO-1"_s, u"EU-CZ-1"_s, u"US-KS-2"_s, u"AP-JP-1"_s})};
    situation.change(question);
    const Placement placement = placeEndpoint(question);
    EXPECT_EQ(placement.dataCenters(), situation.insistsOn);
    EXPECT_EQ(placement.reason, situation.reason);
    EXPECT_EQ(placement.choices.isEmpty() ? QString() : placement.choices.constFirst().dataCenter, situation.first);
    QStringList volumes;
    for (const VolumeId& id : placement.volumes)
        volumes.append(QString::fromStdString(id.value()));
    EXPECT_EQ(volumes, situation.volumes);
    EXPECT_FALSE(placementReason(placement.reason).isEmpty());
}

const Situation kSituations[] = {
    {"NothingKnown", [](PlacementQuestion& q) { q = {}; }, {}, PlaceReason::ProviderChooses, {}},
    {"OnlyStock", [](PlacementQuestion&) {}, {}, PlaceReason::ProviderChooses, u"AP-JP-1"_s},
    {"TheUserIsInEurope", [](PlacementQuestion& q) { q.userRegion = u"EUROPE"_s; }, {u"EU-CZ-1"_s, u"EU-RO-1"_s},
        PlaceReason::NearUser, u"EU-CZ-1"_s},
    {"TheBucketCountsBeforeTheUser",
        [](PlacementQuestion& q) {
            q.userRegion = u"EUROPE"_s;
            q.bucketRegion = u"us-east-1"_s;
        },
        {u"US-KS-2"_s}, PlaceReason::NearBucket, u"US-KS-2"_s},
    {"AVolumeCountsBeforeTheBucket",
        [](PlacementQuestion& q) {
            q.bucketRegion = u"us-east-1"_s;
            q.volumes = {volume("v1", u"EU-RO-1"_s)};
        },
        {u"EU-RO-1"_s}, PlaceReason::HoldsModel, u"EU-RO-1"_s, {u"v1"_s}},
    {"TwoVolumesInTwoPlaces",
        [](PlacementQuestion& q) {
            q.volumes = {volume("v1", u"US-KS-2"_s), volume("v2", u"EU-CZ-1"_s)};
        },
        {u"EU-CZ-1"_s, u"US-KS-2"_s}, PlaceReason::HoldsModel, u"EU-CZ-1"_s, {u"v1"_s, u"v2"_s}},
    {"OneVolumeAPlace",
        [](PlacementQuestion& q) {
            q.volumes = {volume("v1", u"EU-RO-1"_s), volume("v2", u"EU-RO-1"_s)};
        },
        {u"EU-RO-1"_s}, PlaceReason::HoldsModel, u"EU-RO-1"_s, {u"v1"_s}},
    {"AHalfFilledVolumeIsNoHelp",
        [](PlacementQuestion& q) { q.volumes = {volume("v1", u"EU-RO-1"_s, FillState::Filling)}; }, {},
        PlaceReason::ProviderChooses, u"AP-JP-1"_s},
    {"NoGpuBesideTheVolume",
        [](PlacementQuestion& q) {
            q.offers = {offer({u"US-KS-2"_s})};
            q.volumes = {volume("v1", u"EU-RO-1"_s)};
        },
        {}, PlaceReason::ProviderChooses, u"US-KS-2"_s},
    {"TheUserNamesAPlace", [](PlacementQuestion& q) { q.asked = u"US-KS-2"_s; }, {u"US-KS-2"_s}, PlaceReason::Asked,
        u"US-KS-2"_s},
    {"TheUserNamesARegion", [](PlacementQuestion& q) { q.asked = u"europe"_s; }, {u"EU-CZ-1"_s, u"EU-RO-1"_s},
        PlaceReason::Asked, u"EU-CZ-1"_s},
    {"ANamedPlaceWinsOverAVolumeElsewhere",
        [](PlacementQuestion& q) {
            q.asked = u"AP-JP-1"_s;
            q.volumes = {volume("v1", u"EU-RO-1"_s)};
        },
        {u"AP-JP-1"_s}, PlaceReason::Asked, u"AP-JP-1"_s},
    {"ANamedRegionWithAVolumeInIt",
        [](PlacementQuestion& q) {
            q.asked = u"EUROPE"_s;
            q.volumes = {volume("v1", u"EU-RO-1"_s)};
        },
        {u"EU-RO-1"_s}, PlaceReason::HoldsModel, u"EU-RO-1"_s, {u"v1"_s}},
    {"ScarceMachinesNearbyAreNotInsistedOn",
        [](PlacementQuestion& q) {
            q.userRegion = u"EUROPE"_s;
            q.offers = {offer({u"EU-RO-1"_s}, 1.0, Stock::Low), offer({u"US-KS-2"_s})};
        },
        {}, PlaceReason::ProviderChooses, u"US-KS-2"_s},
    {"CheaperMachinesStandFirst",
        [](PlacementQuestion& q) {
            q.offers = {offer({u"AP-JP-1"_s}, 2.0), offer({u"US-KS-2"_s}, 1.0, Stock::Low)};
        },
        {}, PlaceReason::ProviderChooses, u"US-KS-2"_s},
    {"AnOfferWithoutStockOpensNoPlace",
        [](PlacementQuestion& q) {
            q.offers = {offer({u"EU-RO-1"_s}, 1.0, Stock::None), offer({u"US-KS-2"_s})};
        },
        {}, PlaceReason::ProviderChooses, u"US-KS-2"_s},
};

INSTANTIATE_TEST_SUITE_P(Table, Placing, testing::ValuesIn(kSituations),
    [](const auto& situation) { return std::string(situation.param.name); });

TEST(Placement, SaysThatAVolumeWasLeftAlone)
{
    PlacementQuestion question;
    question.dataCenters = places();
    question.offers = {offer({u"US-KS-2"_s})};
    question.volumes = {volume("v1", u"EU-RO-1"_s)};
    EXPECT_FALSE(placeEndpoint(question).note.isEmpty());
}

TEST(Placement, KnowsRegionsByTimeZoneAndBucket)
{
    EXPECT_EQ(regionOfTimeZone("Europe/Istanbul"), u"EUROPE"_s);
    EXPECT_EQ(regionOfTimeZone("America/New_York"), u"NORTH_AMERICA"_s);
    EXPECT_EQ(regionOfTimeZone("America/Sao_Paulo"), u"SOUTH_AMERICA"_s);
    EXPECT_EQ(regionOfTimeZone("Asia/Dubai"), u"MIDDLE_EAST"_s);
    EXPECT_EQ(regionOfTimeZone("Asia/Tokyo"), u"ASIA"_s);
    EXPECT_EQ(regionOfTimeZone("Etc/UTC"), QString());
    EXPECT_EQ(regionOfBucket(u"eu-central-1"_s), u"EUROPE"_s);
    EXPECT_EQ(regionOfBucket(u"us-east-1"_s), u"NORTH_AMERICA"_s);
    EXPECT_EQ(regionOfBucket(u"WEUR"_s), u"EUROPE"_s);
    EXPECT_EQ(regionOfBucket(u"auto"_s), QString());
    EXPECT_EQ(regionOfBucket({}), QString());
}

TEST(GpuHistory, APoolThatMostlyHadNothingStandsBehind)
{
    const auto made = [](const char* pool, double price) {
        GpuOffer gpu = offer({}, price);
        gpu.typeId = QString::fromLatin1(pool);
        gpu.pool = QString::fromLatin1(pool);
        gpu.memoryGb = 48;
        return gpu;
    };
    const QList<GpuOffer> offers{made("CHEAP", 1.0), made("DEAR", 2.0)};
    EXPECT_EQ(planGpus(offers, 24, {}).pools().constFirst(), u"CHEAP"_s);
    EXPECT_EQ(planGpus(offers, 24, {}, 3, {{u"CHEAP"_s, {4, 3}}}).pools().constFirst(), u"DEAR"_s);
    EXPECT_EQ(planGpus(offers, 24, {}, 3, {{u"CHEAP"_s, {4, 1}}}).pools().constFirst(), u"CHEAP"_s);
    EXPECT_EQ(planGpus(offers, 24, {}, 3, {{u"CHEAP"_s, {1, 1}}}).pools().constFirst(), u"CHEAP"_s) << "once is chance";
    EXPECT_EQ(withoutPools(offers, {u"CHEAP"_s}).size(), 1);
}

} // namespace
} // namespace visgate
