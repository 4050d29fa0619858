// SPDX-License-Identifier: GPL-3.0-or-later
// The disk of the data folder is full to the last byte, the owner is gone, and an endpoint stands: what was made can be
// read, paused, deleted and stopped, and what cannot be written says which folder is full.
#include "tests/support/cli_harness.h"
#include "tests/support/practice_process.h"
#include "tests/support/small_disk.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;
using testing::HasSubstr;

/// A data folder of a few megabytes, on practice's own target; the practice account lies on another disk.
class CliDiskFull : public testing::Test, protected CliHarness {
protected:
    void SetUp() override
    {
        m_disk.emplace(file(u"small"_s));
        m_small = m_disk->folder();
        if (!m_disk->isAvailable())
            GTEST_SKIP() << "no small disk can be mounted here (needs root)";
        set(u"VISGATE_DATA_DIR"_s, m_small + "/data"_L1);
        const QString account = m_small + "/data/practice"_L1;
        QDir().mkpath(account);
        QFile address(account + "/practice.json"_L1);
        ASSERT_TRUE(address.open(QIODevice::WriteOnly));
        address.write(QJsonDocument(m_practice.addresses()).toJson());
        address.close();
        ASSERT_TRUE(address.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    }
    QString deploy() const
    {
        const Ran deployed = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
            u"--prompt"_s, u"a small red circle on a white background"_s, u"--json"_s});
        EXPECT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
        endOwner();
        return deployed.json()["deployment_id"_L1].toString();
    }
    /// Until not a byte is free; without the reserve where `spent`.
    void fill(bool spent) const
    {
        if (spent)
            QFile::remove(m_small + "/data/reserve"_L1);
        QFile::remove(m_small + "/data/visgate.db-shm"_L1);
        m_disk->fill();
    }
    int mostWorkers() const { return m_practice.state()["endpoints"_L1][0]["workers"_L1]["max"_L1].toInt(-1); }

    test::PracticeProcess m_practice;
    std::optional<test::SmallDisk> m_disk;
    QString m_small;
};

TEST_F(CliDiskFull, WithTheReserveEverythingThatStopsIsStillWrittenDown)
{
    const QString id = deploy();
    ASSERT_TRUE(QFile::exists(m_small + "/data/reserve"_L1));
    fill(false);
    EXPECT_EQ(run({u"list"_s}).code, 0);
    const Ran paused = run({u"pause"_s, id});
    EXPECT_EQ(paused.code, 0) << paused.err.toStdString();
    EXPECT_EQ(mostWorkers(), 0);
    const Ran shown = run({u"show"_s, id, u"--json"_s});
    EXPECT_EQ(shown.json()["status"_L1].toString(), u"paused"_s) << "the reserve made room for it";
}

TEST_F(CliDiskFull, WithoutAnyRoomTheProviderIsReachedAllTheSame)
{
    const QString id = deploy();
    fill(true);
    for (const QStringList& reads :
        {QStringList{u"list"_s, u"--json"_s}, {u"show"_s, id}, {u"spend"_s}, {u"keys"_s, u"--json"_s}}) {
        const Ran read = run(reads);
        EXPECT_TRUE(read.code == 0 || reads.first() == "keys"_L1)
            << reads.join(u' ').toStdString() << read.err.toStdString();
    }
    EXPECT_EQ(run({u"list"_s, u"--json"_s}).json()["deployments"_L1][0]["deployment_id"_L1].toString(), id);
    const Ran stopped = run({u"stop-everything"_s, u"--json"_s});
    EXPECT_EQ(stopped.code, 1) << "without a keychain, what runs with another key is not known";
    EXPECT_EQ(stopped.json()["unreachable"_L1].toArray().size(), 1) << stopped.out.toStdString();
    EXPECT_TRUE(stopped.json()["endpoints"_L1][0]["stopped"_L1].toBool()) << stopped.out.toStdString();
    EXPECT_EQ(mostWorkers(), 0);
    const Ran created = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s});
    EXPECT_EQ(created.code, 1);
    EXPECT_THAT(created.err.toStdString(), HasSubstr("The disk of this computer is full"));
    EXPECT_THAT(created.err.toStdString(), HasSubstr((m_small + "/data"_L1).toStdString())) << "which one";
    EXPECT_EQ(run({u"delete"_s, id}).code, 0);
    EXPECT_EQ(m_practice.endpointCount(), 0);
    m_disk->makeRoom();
    EXPECT_EQ(run({u"list"_s}).code, 0);
}

TEST_F(CliDiskFull, WhatCannotBePutAwayIsPutToSleepAndSaysWhy)
{
    const QString id = deploy();
    fill(true);
    const Ran kept = run({u"delete"_s, id, u"--keep"_s});
    EXPECT_EQ(kept.code, 1) << "its end could not be written down";
    EXPECT_THAT(kept.err.toStdString(), HasSubstr("The disk of this computer is full"));
    EXPECT_THAT(kept.err.toStdString(), HasSubstr((m_small + "/data"_L1).toStdString())) << "which one";
    EXPECT_EQ(mostWorkers(), 0) << "it costs nothing meanwhile";
    m_disk->makeRoom();
    EXPECT_EQ(run({u"delete"_s, id, u"--keep"_s}).code, 0);
}

} // namespace
} // namespace visgate
