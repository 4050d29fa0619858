// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/own_log.h"
#include "core/foundation/redactor.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class OwnLogTest : public testing::Test {
protected:
    std::shared_ptr<Redactor> redactor = std::make_shared<Redactor>();
    QTemporaryDir folder;
    QString path = folder.filePath(u"visgate.log"_s);
};

TEST_F(OwnLogTest, MasksAndKeepsEachEntryOnItsLine)
{
    redactor->addSecret("my-own-secret");
    OwnLogFile log(redactor, u"info"_s, false);
    const auto open = log.openFile(path);
    log.parts().network->write(LogLevel::Warning, "GET with my-own-secret\n2026-01-01 forged \x1b[2J");
    const QByteArray written = contents(path);
    EXPECT_EQ(written.count('\n'), 1) << written.toStdString();
    EXPECT_TRUE(written.contains("warning [network] GET with [redacted]\\x0a2026-01-01 forged \\x1b[2J\n"))
        << written.toStdString();
}

TEST_F(OwnLogTest, EachPartHasItsLevel)
{
    const OwnLogFile log(redactor, u"warning, engine=debug,nonsense,api = loud"_s, false);
    EXPECT_TRUE(log.parts().engine->takes(LogLevel::Debug));
    EXPECT_FALSE(log.parts().program->takes(LogLevel::Info));
    EXPECT_TRUE(log.parts().api->takes(LogLevel::Warning));
    EXPECT_FALSE(OwnLogFile(redactor, u"loud"_s, false).parts().api->takes(LogLevel::Debug));
    EXPECT_TRUE(OwnLogFile(redactor, u"error"_s, true).parts().api->takes(LogLevel::Debug)) << "--verbose wins";
}

TEST_F(OwnLogTest, OldLinesMoveOnAndFallAway)
{
    OwnLogFile log(redactor, u"info"_s, false);
    const auto open = log.openFile(path, {.bytes = 2000, .older = 2});
    for (int i = 0; i < 100; ++i)
        log.parts().engine->write(LogLevel::Info, "line " + std::to_string(i) + std::string(80, '.'));
    const QStringList files = QDir(folder.path()).entryList(QDir::Files, QDir::Name);
    EXPECT_EQ(files, (QStringList{u"visgate.1.log"_s, u"visgate.2.log"_s, u"visgate.log"_s}));
    EXPECT_TRUE(contents(path).contains("line 99."));
    for (const QString& file : files)
        EXPECT_LE(QFile(folder.filePath(file)).size(), 2200);
}

TEST_F(OwnLogTest, IsLetGoWithTheDataFolderAndNeverInTheWay)
{
    OwnLogFile log(redactor, u"info"_s, false);
    auto open = log.openFile(path);
    log.parts().program->write(LogLevel::Info, "mine");
    open.reset();
    log.parts().program->write(LogLevel::Info, "somebody else's by now");
    EXPECT_TRUE(contents(path).contains("mine"));
    EXPECT_FALSE(contents(path).contains("else"));
    EXPECT_EQ(log.openFile(folder.filePath(u"visgate.log/below"_s)), nullptr);
    log.parts().program->write(LogLevel::Error, "dropped");
    logTo({}, LogLevel::Error, [] { return std::string("nobody takes it"); });
}

} // namespace
} // namespace visgate
