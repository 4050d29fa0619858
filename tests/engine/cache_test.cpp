// SPDX-License-Identifier: GPL-3.0-or-later
// Models kept near, and results by way of the user's bucket: real bytes from practice's hub through the engine into
// practice's S3 side, and from there into a worker or onto this disk.
#include "core/net/s3_client.h"
#include "core/operations/storage.h"
#include "core/operations/volumes.h"
#include "core/providers/runpod/runpod_descriptor.h"
#include "tests/support/engine_harness.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::EngineHarness;
using test::PracticeProcess;

const auto kModel = u"stabilityai/sdxl-turbo"_s;

class Cache : public testing::Test {
protected:
    void SetUp() override { m_harness.start(); }

    Result<ModelVolume> keepNear(const QString& model = kModel)
    {
        KeepNear wish;
        wish.modelId = model;
        return test::await(m_harness.engine().call(KeepModelNear{wish}));
    }

    QList<ModelVolume> volumes()
    {
        return test::await(m_harness.engine().call(ListVolumes{AccountId::practice()})).value_or(QList<ModelVolume>());
    }

    /// Looks again and again until the volume's filling has ended.
    ModelVolume waitForFill(const VolumeId& id)
    {
        ModelVolume last;
        test::waitUntil([&] {
            for (const ModelVolume& volume : volumes()) {
                if (volume.id == id)
                    last = volume;
            }
            return last.state == FillState::Complete || last.state == FillState::Failed;
        });
        return last;
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_F(Cache, FillsAVolumeAndDeploymentsLoadFromIt)
{
    const auto begun = keepNear();
    ASSERT_TRUE(begun) << begun.error().detail;
    EXPECT_GT(begun->monthlyUsd, 0.0);
    const ModelVolume filled = waitForFill(begun->id);
    ASSERT_EQ(filled.state, FillState::Complete) << (filled.error ? filled.error->detail : std::string());
    EXPECT_EQ(filled.modelId, kModel);
    EXPECT_GT(filled.bytesTotal, 8'000'000) << "four sets of the demo model's weights";
    EXPECT_EQ(filled.bytesDone, filled.bytesTotal);
    EXPECT_TRUE(filled.isUnused()) << "nothing mounts it yet";
    const QStringList puts = m_practice.calls(u"PUT"_s, u"/s3/"_s);
    ASSERT_FALSE(puts.isEmpty());
    EXPECT_TRUE(puts.constLast().contains(u".visgate-complete"_s)) << "the marker comes last";

    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    const Deployment ready = m_harness.waitFor(created->id, DeploymentStatus::Ready);
    ASSERT_EQ(ready.status, DeploymentStatus::Ready) << m_harness.messages(created->id).join(u'\n').toStdString();
    EXPECT_EQ(ready.region, filled.dataCenter);
    EXPECT_FALSE(ready.regionReason.isEmpty());
    EXPECT_TRUE(test::waitUntil([&] { return m_harness.deployment(created->id).loadedFromCache.has_value(); }));
    EXPECT_EQ(m_harness.deployment(created->id).loadedFromCache, true);
    const QJsonObject endpoint = m_practice.state()["endpoints"_L1][0].toObject();
    EXPECT_EQ(endpoint["networkVolumes"_L1].toArray(), QJsonArray{QString::fromStdString(filled.id.value())});
    const auto listed = volumes();
    ASSERT_EQ(listed.size(), 1);
    EXPECT_FALSE(listed.constFirst().isUnused());
    EXPECT_EQ(m_harness.waitForEnd(created->firstJob).status, JobStatus::Completed);
}

TEST_F(Cache, AskingAgainBuysNothingAndSendsNothing)
{
    const auto begun = keepNear();
    ASSERT_TRUE(begun);
    ASSERT_EQ(waitForFill(begun->id).state, FillState::Complete);
    const auto puts = m_practice.calls(u"PUT"_s, u"/s3/"_s).size();
    const auto again = keepNear();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->id, begun->id);
    EXPECT_EQ(again->state, FillState::Complete);
    EXPECT_EQ(m_practice.calls(u"PUT"_s, u"/s3/"_s).size(), puts);
    EXPECT_EQ(m_practice.calls(u"POST"_s, u"/network-volumes"_s).size(), 1);
}

TEST_F(Cache, GoesOnWhereItWasCutOff)
{
    // The second file's bytes never come, until the program has been started anew.
    m_practice.fault(u"GET"_s, u"/hub/cdn/*"_s, {{u"effect"_s, u"hang"_s}, {u"nth"_s, 2}, {u"count"_s, 0}});
    const auto begun = keepNear();
    ASSERT_TRUE(begun);
    ASSERT_TRUE(test::waitUntil([&] {
        return m_practice.calls(u"PUT"_s, u".safetensors"_s).size() == 1
            && m_practice.calls(u"GET"_s, u"/hub/cdn/"_s).size() >= 2;
    }));
    m_harness.stop();
    const QStringList first = m_practice.calls(u"PUT"_s, u".safetensors"_s);
    m_practice.clearFaults();
    m_harness.start();
    EXPECT_EQ(waitForFill(begun->id).state, FillState::Complete);
    const QStringList all = m_practice.calls(u"PUT"_s, u".safetensors"_s);
    EXPECT_EQ(all.count(first.constFirst()), 1) << "what was there is not sent again";
    EXPECT_GT(all.size(), 1);
}

TEST_F(Cache, ADamagedDownloadIsNotKept)
{
    m_practice.fault(u"GET"_s, u"/hub/cdn/*"_s, {{u"effect"_s, u"drop"_s}, {u"bytes"_s, 1000}, {u"count"_s, 0}});
    const auto begun = keepNear();
    ASSERT_TRUE(begun);
    const ModelVolume failed = waitForFill(begun->id);
    EXPECT_EQ(failed.state, FillState::Failed);
    EXPECT_TRUE(failed.error);
    EXPECT_TRUE(m_practice.calls(u"PUT"_s, u".visgate-complete"_s).isEmpty());
}

TEST_F(Cache, VolumesGrowAndGo)
{
    const auto made
        = test::await(m_harness.engine().call(CreateVolume{AccountId::practice(), u"models"_s, 20, u"EU-RO-1"_s}));
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_DOUBLE_EQ(made->monthlyUsd, volumeMonthlyUsd(*practiceDescriptor().volumes, 20));
    const auto grown = test::await(m_harness.engine().call(GrowVolume{AccountId::practice(), made->id, 50}));
    ASSERT_TRUE(grown);
    EXPECT_EQ(grown->sizeGb, 50);
    EXPECT_FALSE(test::await(m_harness.engine().call(GrowVolume{AccountId::practice(), made->id, 20})))
        << "never smaller";
    EXPECT_FALSE(
        test::await(m_harness.engine().call(CreateVolume{AccountId::practice(), u"models"_s, 5, u"EU-RO-1"_s})));
    EXPECT_TRUE(test::await(m_harness.engine().call(DeleteVolume{AccountId::practice(), made->id})));
    EXPECT_TRUE(test::await(m_harness.engine().call(DeleteVolume{AccountId::practice(), made->id}))) << "gone is done";
    EXPECT_TRUE(volumes().isEmpty());
}

TEST_F(Cache, AVolumeThatIsToGoIsMountedByNobodyAnyMore)
{
    const auto begun = keepNear();
    ASSERT_TRUE(begun);
    ASSERT_EQ(waitForFill(begun->id).state, FillState::Complete);
    m_practice.fault(u"DELETE"_s, u"/rest/v2/network-volumes/*"_s, {{u"effect"_s, u"hang"_s}, {u"count"_s, 0}});
    const auto deleting = m_harness.engine().call(DeleteVolume{AccountId::practice(), begun->id});
    ASSERT_TRUE(test::waitUntil([&] { return !m_practice.calls(u"DELETE"_s, u"/network-volumes/"_s).isEmpty(); }));
    m_harness.stop(); // the next owner asks for it again, and gets no answer either
    m_harness.start();
    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    ASSERT_EQ(m_harness.waitFor(created->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    EXPECT_TRUE(m_practice.state()["endpoints"_L1][0]["networkVolumes"_L1].toArray().isEmpty());
    const auto listed = volumes();
    ASSERT_EQ(listed.size(), 1);
    EXPECT_EQ(listed.constFirst().unconfirmed, QStringList{u"delete"_s});
}

class Storage : public Cache {
protected:
    Result<StorageState> setUp(const std::string& secret = "rps_practice_play_storage")
    {
        StorageSettings settings;
        settings.endpoint = QUrl(m_practice.addresses()["volumes"_L1].toString().replace(u"%1"_s, u"bucket"_s));
        settings.region = u"any-1"_s;
        settings.bucket = u"practice-pictures"_s;
        settings.prefix = u"visgate/"_s;
        return test::await(m_harness.engine().call(
            SetStorage{settings, {u"user_practice"_s, std::make_shared<const Secret>(secret)}, true}));
    }
};

TEST_F(Storage, TakesGivesBackAndDeletes)
{
    const auto state = setUp();
    ASSERT_TRUE(state) << state.error().detail;
    EXPECT_TRUE(state->hasKeys);
    const auto tested = test::await(m_harness.engine().call(TestStorage{}));
    EXPECT_TRUE(tested) << tested.error().detail;
    EXPECT_EQ(m_practice.calls(u"DELETE"_s, u"/s3/bucket/"_s).size(), 1) << "nothing is left behind";
    ASSERT_TRUE(test::await(m_harness.engine().call(ForgetStorage{})));
    EXPECT_FALSE(test::await(m_harness.engine().call(GetStorage{}))->settings.isSet());
}

TEST_F(Storage, AWrongKeyIsSaid)
{
    ASSERT_TRUE(setUp("wrong"));
    const auto tested = test::await(m_harness.engine().call(TestStorage{}));
    ASSERT_FALSE(tested);
    EXPECT_EQ(tested.error().code, ErrorCode::StorageRefused);
    EXPECT_NE(tested.error().detail.find("SignatureDoesNotMatch"), std::string::npos) << tested.error().detail;
}

TEST_F(Storage, WorkersDeliverThereAndTheResultIsKept)
{
    ASSERT_TRUE(setUp());
    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    const Job done = m_harness.waitForEnd(created->firstJob);
    ASSERT_EQ(done.status, JobStatus::Completed) << (done.error ? done.error->detail : std::string());
    ASSERT_EQ(done.artifacts.size(), 1);
    const Artifact& picture = done.artifacts.constFirst();
    QFile file(picture.filePath);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    EXPECT_TRUE(bytes.startsWith("\x89PNG"));
    EXPECT_EQ(picture.sha256, QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()));
    EXPECT_FALSE(picture.label.isEmpty()) << "its provenance came along";
    const QString key = u"visgate/"_s + QString::fromStdString(done.id.value()) + u"-1.png"_s;
    EXPECT_EQ(m_practice.calls(u"PUT"_s, key).size(), 1) << "by the worker";
    EXPECT_EQ(m_practice.calls(u"GET"_s, key).size(), 1) << "by the engine";
    const QByteArray wire = m_practice.rawRequests();
    EXPECT_TRUE(wire.contains("X-Amz-Signature")) << "the job brought a signed address";
    EXPECT_FALSE(wire.contains("rps_practice_play_storage")) << "and never the key that signed it";
}

/// What the queue could never carry inline is what the bucket is for.
TEST_F(Storage, AResultOfSixteenMegabytesIsKept)
{
    ASSERT_TRUE(setUp());
    m_practice.condition(u"stuck_initializing"_s); // no worker of practice's comes between
    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    ASSERT_TRUE(test::waitUntil([this] { return !m_practice.calls(u"GET"_s, u"/status/"_s).isEmpty(); }, 120s));
    QByteArray large("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x10\0\0\0\x10\0\x08\x02\0\0\0crc.", 33);
    large.append(QByteArray(16 * 1024 * 1024, 'x'));
    const QUrl endpoint(m_practice.addresses()["volumes"_L1].toString().replace(u"%1"_s, u"bucket"_s));
    S3Client bucket({endpoint, u"any-1"_s, u"practice-pictures"_s, u"user_practice"_s,
                        std::make_shared<const Secret>(std::string("rps_practice_play_storage"))},
        [] { return std::chrono::system_clock::now(); });
    const QString key = u"visgate/"_s + QString::fromStdString(created->firstJob.value()) + u"-1.png"_s;
    ASSERT_TRUE(test::await(bucket.put(key, large, "image/png")));
    const QString sum = QString::fromLatin1(QCryptographicHash::hash(large, QCryptographicHash::Sha256).toHex());
    const QJsonObject artifact{
        {u"url"_s, u"https://elsewhere.example/x.png"_s}, {u"content_type"_s, u"image/png"_s}, {u"sha256"_s, sum}};
    m_practice.fault(u"GET"_s, u"/queue/v2/*/status/*"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 200}, {u"count"_s, 0},
            {u"body"_s,
                QJsonObject{{u"id"_s, u"j"_s}, {u"status"_s, u"COMPLETED"_s},
                    {u"output"_s, QJsonObject{{u"artifacts"_s, QJsonArray{artifact}}}}}}});
    const Job done = m_harness.waitForEnd(created->firstJob);
    ASSERT_EQ(done.status, JobStatus::Completed) << (done.error ? done.error->detail : std::string());
    const QFileInfo file(done.artifacts.constFirst().filePath);
    EXPECT_EQ(file.size(), large.size());
    EXPECT_EQ(file.dir().entryList(QDir::Files | QDir::Hidden), QStringList{file.fileName()}) << "nothing half fetched";
}

} // namespace
} // namespace visgate
