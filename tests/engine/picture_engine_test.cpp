// SPDX-License-Identifier: GPL-3.0-or-later
// The picture engine is installed by the real pip into a real Python environment, from wheels that stand for torch and
// diffusers (tests/support/stand_in_wheels.py): paused, killed, with a wrong sum, without Python, without room.
#include "core/base/async.h"
#include "core/operations/picture_engine.h"
#include "core/picture_engine/engine_installer.h"
#include "tests/support/engine_harness.h"
#include "tests/support/stand_in_wheels.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::waitUntil;

class PictureEngineHere : public testing::Test {
protected:
    void SetUp() override
    {
        if (!m_wheels.problem().empty())
            GTEST_SKIP() << m_wheels.problem();
        lock = m_wheels.lock();
    }
    void TearDown() override { leave(); }

    [[nodiscard]] QString data() const { return m_folder.filePath(u"veri klasörü ğ"_s); }
    /// As the next program finds it.
    EngineInstaller& begin()
    {
        leave();
        QDir().mkpath(data());
        m_scope = std::make_unique<TaskScope>();
        m_installer = std::make_unique<EngineInstaller>(
            data(), [this] { return EngineLock::parse(QJsonDocument(lock).toJson()).value(); },
            std::make_shared<Redactor>(), *m_scope);
        return *m_installer;
    }
    void leave()
    {
        if (!m_installer)
            return;
        m_installer->stop();
        EXPECT_TRUE(waitUntil([this] { return m_scope->running() == 0; }));
        m_installer.reset();
    }
    [[nodiscard]] PictureEngine ended()
    {
        EXPECT_TRUE(waitUntil([this] { return m_installer->state().status != PictureEngineStatus::Installing; }));
        return m_installer->state();
    }
    PictureEngine installed()
    {
        begin().install();
        return ended();
    }
    void change(const QString& package, const QString& member, const QJsonValue& value)
    {
        QJsonArray packages = lock["packages"_L1].toArray();
        for (QJsonValueRef entry : packages) {
            QJsonObject object = entry.toObject();
            if (object["name"_L1] == package)
                object[member] = value;
            entry = object;
        }
        lock[u"packages"_s] = packages;
    }

    QJsonObject lock;

private:
    QTemporaryDir m_folder;
    const test::StandInWheels m_wheels;
    const test::Variable m_user{"PYTHONPATH", "/nowhere"};
    std::unique_ptr<TaskScope> m_scope;
    std::unique_ptr<EngineInstaller> m_installer;
};

TEST_F(PictureEngineHere, IsInstalledAndRemoved)
{
    EngineInstaller& engine = begin();
    const PictureEngine before = engine.state();
    EXPECT_EQ(before.status, PictureEngineStatus::Absent);
    EXPECT_EQ(before.downloadBytes, 150'000'000);
    EXPECT_GT(before.freeBytes, 0);
    EXPECT_FALSE(pictureEnginePython(data()));
    engine.install();
    engine.install(); // a second click
    const PictureEngine after = ended();
    ASSERT_EQ(after.status, PictureEngineStatus::Installed) << (after.problem ? after.problem->detail : "");
    EXPECT_EQ(after.version, u"diffusers 0.0.2, torch 0.0.1+standin"_s);
    EXPECT_EQ(after.device, QString());
    EXPECT_EQ(after.doneBytes, after.downloadBytes);
    const auto python = pictureEnginePython(data());
    ASSERT_TRUE(python);
    QProcess asked;
    asked.start(*python, {u"-c"_s, u"import transformers"_s});
    ASSERT_TRUE(asked.waitForFinished(60'000));
    EXPECT_EQ(asked.exitCode(), 0);

    EXPECT_EQ(begin().state().status, PictureEngineStatus::Installed) << "the next program finds it";
    ASSERT_TRUE(test::await(begin().remove()));
    EXPECT_FALSE(QDir(data() + "/picture-engine"_L1).exists());
    EXPECT_EQ(begin().state().status, PictureEngineStatus::Absent);
}

TEST_F(PictureEngineHere, AWrongSumEndsItAndWhatWasThereStays)
{
    const QJsonValue right = lock["packages"_L1][3]["sha256"_L1];
    change(u"accelerate"_s, u"sha256"_s, QJsonArray{QString(64, u'0')});
    const PictureEngine refused = installed();
    EXPECT_EQ(refused.status, PictureEngineStatus::Paused);
    ASSERT_TRUE(refused.problem);
    EXPECT_EQ(refused.problem->code, ErrorCode::PictureEngineFailed);
    EXPECT_EQ(refused.doneBytes, 90'000'000);
    EXPECT_FALSE(pictureEnginePython(data()));
    change(u"accelerate"_s, u"sha256"_s, right);
    EXPECT_EQ(installed().status, PictureEngineStatus::Installed);
}

TEST_F(PictureEngineHere, GoesOnAfterAPauseAndAfterTheProgramsEnd)
{
    begin().install();
    begin(); // the program ended at once, with pip or venv under way
    EXPECT_NE(begin().state().status, PictureEngineStatus::Installed);
    EngineInstaller& engine = begin();
    engine.install();
    ASSERT_TRUE(waitUntil([&] { return engine.state().doneBytes > 0; }));
    engine.pause();
    const PictureEngine paused = ended();
    EXPECT_FALSE(paused.problem) << "a pause is what was wanted";
    engine.install();
    const PictureEngine whole = ended();
    EXPECT_EQ(whole.status, PictureEngineStatus::Installed) << (whole.problem ? whole.problem->detail : "");
}

TEST_F(PictureEngineHere, SaysWhichPythonIsMissing)
{
    lock[u"pythons"_s] = QJsonArray{u"9.9"_s, u"9.8"_s};
    const PictureEngine engine = installed();
    EXPECT_EQ(engine.status, PictureEngineStatus::Absent);
    ASSERT_TRUE(engine.problem);
    EXPECT_EQ(engine.problem->code, ErrorCode::PythonMissing);
    EXPECT_THAT(engine.problem->arguments, testing::ElementsAre("9.8", "9.9"));
    EXPECT_FALSE(QDir(data() + "/picture-engine"_L1).exists());
}

TEST_F(PictureEngineHere, NeedsRoomOnTheDisk)
{
    lock[u"installed_bytes"_s] = qint64(9'000'000'000'000'000);
    const PictureEngine engine = installed();
    ASSERT_TRUE(engine.problem);
    EXPECT_EQ(engine.problem->code, ErrorCode::DiskTooSmall);
    EXPECT_EQ(engine.problem->arguments.front(), (data() + "/picture-engine"_L1).toStdString());
    EXPECT_FALSE(QDir(data() + "/picture-engine"_L1).exists());
}

TEST(PictureEngineLock, TheBuiltInOneIsWhole)
{
    const EngineLock lock = EngineLock::builtIn();
    EXPECT_GT(lock.downloadBytes(), 1'000'000'000);
    EXPECT_GT(lock.installedBytes, lock.downloadBytes());
    qint64 bytes = 0;
    for (const EngineLock::Batch& batch : lock.batches()) {
        bytes += batch.bytes;
        EXPECT_FALSE(batch.name.isEmpty());
        EXPECT_TRUE(batch.requirements.contains(u" --hash=sha256:"_s));
    }
    EXPECT_EQ(bytes, lock.downloadBytes());
}

TEST(PictureEngineLock, RefusesWhatPipWouldReadAsAnOption)
{
    const QByteArray evil = R"({"format":1,"pythons":["3.11"],"installed_bytes":1,"packages":[
        {"name":"torch","version":"1.0 --index-url=x","bytes":1,"sha256":[")"
        + QByteArray(64, 'a') + R"("]}]})";
    EXPECT_FALSE(EngineLock::parse(evil));
    EXPECT_FALSE(EngineLock::parse("[]"));
    EXPECT_FALSE(EngineLock::parse(""));
}

TEST(PictureEngineOperations, AreAnsweredByTheEngine)
{
    test::PracticeProcess practice;
    test::EngineHarness harness(practice);
    harness.start();
    const auto state = test::await(harness.engine().call(GetPictureEngine{}));
    ASSERT_TRUE(state);
    EXPECT_EQ(state->status, PictureEngineStatus::Absent);
    EXPECT_EQ(state->folder, harness.folder() + "/picture-engine"_L1);
    EXPECT_TRUE(test::await(harness.engine().call(PausePictureEngine{})));
    EXPECT_TRUE(test::await(harness.engine().call(RemovePictureEngine{})));
}

} // namespace
} // namespace visgate
