// SPDX-License-Identifier: GPL-3.0-or-later
// What fails beside the provider, while an endpoint of ours stands and no process of ours runs: the keychain that has
// the account's key, the disk with the records, the account's requests, which another client has nearly used. Each row
// of fault_table_here.txt names what every command answers, how many workers the endpoint may still have then, and what
// is left once all is well again.
#include "tests/chaos/fault_cells.h"
#include "tests/support/cli_harness.h"
#include "tests/support/practice_process.h"
#include "tests/support/private_keyring.h"
#include "tests/support/small_disk.h"

#include <QFile>
#include <QJsonArray>
#include <QThread>

#include <cstdio>
#include <gtest/gtest.h>
#include <optional>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::Cell;
using test::CliHarness;
using test::Ran;

/// Requests that another client of the account has left of the hour's 3,000.
constexpr int kLeftOfTheHour = 60;

constexpr const char* kOwnKey = "rpa_practice_PLANTED_for_the_table_6hRw";

/// One life with one row's fault.
class LifeHere : private CliHarness {
public:
    explicit LifeHere(const Cell& cell) : m_cell(cell), m_disk(file(u"small"_s))
    {
        set(u"DBUS_SESSION_BUS_ADDRESS"_s, m_keyring.address());
        set(u"DISPLAY"_s, QString());
        if (cell.call == "disk"_L1)
            set(u"VISGATE_DATA_DIR"_s, m_disk.folder());
        actAsRunpod(m_practice.addresses(), test::imageOfNobody());
        if (cell.call == "disk"_L1)
            QFile::copy(dataFolder() + "/settings.ini"_L1, m_disk.folder() + "/settings.ini"_L1);
        m_keyring.start();
    }
    /// Why this row cannot be lived here; empty when it can.
    [[nodiscard]] QString obstacle() const
    {
        if (!m_keyring.isAvailable())
            return u"no dbus-daemon or gnome-keyring-daemon here"_s;
        return m_cell.call == "disk"_L1 && !m_disk.isAvailable() ? u"no small disk can be mounted here (needs root)"_s
                                                                 : QString();
    }
    QString live()
    {
        EXPECT_EQ(run({u"keys"_s, u"set"_s, u"runpod"_s}, QByteArray(kOwnKey) + '\n').code, 0);
        const Ran deployed = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--wait"_s, u"--prompt"_s,
            u"a small red circle on a white background"_s, u"--json"_s});
        EXPECT_EQ(deployed.code, 0) << deployed.err.toStdString();
        endOwner();
        const QString id = deployed.json()["deployment_id"_L1].toString();
        spoil();
        QStringList told;
        told += u"list "_s + outcome({u"list"_s});
        if (m_cell.call == "disk"_L1)
            told += u"deploy "_s + outcome({u"deploy"_s, u"stabilityai/sdxl-turbo"_s});
        else
            told += u"key "_s + outcome({u"keys"_s, u"check"_s, u"runpod"_s});
        told += u"pause "_s + outcome({u"pause"_s, id});
        told += u"stop "_s + outcome({u"stop-everything"_s});
        const QString workers
            = u"%1 workers"_s.arg(m_practice.state()["endpoints"_L1][0]["workers"_L1]["max"_L1].toInt(-1));
        told += u"delete "_s + outcome({u"delete"_s, id});
        mend();
        told.append(u"then delete "_s + outcome({u"delete"_s, id}));
        return QStringList{told.join(u", "_s), workers, m_practice.remains()}.join(u" | "_s);
    }

private:
    /// "ok", the error's code, or the bare exit status where there is no error.
    [[nodiscard]] QString outcome(QStringList arguments) const
    {
        arguments.append(u"--json"_s);
        const Ran ran = run(arguments);
        if (ran.code == 0)
            return u"ok"_s;
        const QJsonObject json = ran.json();
        QString code = json["details"_L1]["code"_L1].toString();
        if (code.isEmpty())
            code = json["unreachable"_L1][0]["error"_L1]["code"_L1].toString();
        return code.isEmpty() ? u"exit %1"_s.arg(ran.code) : code;
    }

    void spoil()
    {
        if (m_cell.fault == "absent"_L1 || m_cell.fault == "back_again"_L1)
            m_keyring.kill();
        else if (m_cell.fault == "locked"_L1)
            m_keyring.lock();
        else if (m_cell.fault == "silent"_L1)
            m_keyring.silence();
        if (m_cell.fault == "back_again"_L1)
            m_keyring.start();
        if (m_cell.call == "quota"_L1)
            allowAnHour(m_practice.control("GET", u"/limits"_s)["admitted"_L1].toInt() + kLeftOfTheHour);
        if (m_cell.call == "disk"_L1) {
            QFile::remove(m_disk.folder() + "/visgate.db-shm"_L1);
            QFile::remove(m_disk.folder() + "/reserve"_L1);
            m_disk.fill();
        }
    }

    void mend()
    {
        m_keyring.answerAgain();
        m_keyring.start();
        m_disk.makeRoom();
        if (m_cell.call == "quota"_L1)
            allowAnHour(3000);
    }

    void allowAnHour(int requests)
    {
        m_practice.control(
            "POST", u"/limits"_s, {{u"minute"_s, 1'000'000}, {u"hour"_s, requests}, {u"day"_s, 1'000'000}});
    }

    Cell m_cell;
    test::SmallDisk m_disk;
    test::PracticeProcess m_practice;
    test::PrivateKeyring m_keyring;
};

class FaultTableHere : public testing::TestWithParam<int> { };

TEST_P(FaultTableHere, EndsAsTheTableSays)
{
    const QList<Cell> cells = test::readFaultTable(QStringLiteral(VISGATE_FAULT_TABLE_HERE));
    ASSERT_EQ(cells.size(), 6) << "keychain absent, locked, silent, back_again; disk full; quota nearly used";
    const Cell& cell = cells.at(GetParam());
    SCOPED_TRACE((cell.call + u" x "_s + cell.fault).toStdString());
    LifeHere life(cell);
    if (const QString obstacle = life.obstacle(); !obstacle.isEmpty())
        GTEST_SKIP() << obstacle.toStdString();
    const QString outcome = life.live();
    std::printf("%-9s %-11s %s\n", qPrintable(cell.call), qPrintable(cell.fault), qPrintable(outcome));
    std::fflush(stdout);
    EXPECT_EQ(outcome.toStdString(), cell.outcome.toStdString());
}

INSTANTIATE_TEST_SUITE_P(Rows, FaultTableHere, testing::Range(0, 6));

} // namespace
} // namespace visgate
