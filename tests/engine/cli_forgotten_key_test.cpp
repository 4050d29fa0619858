// SPDX-License-Identifier: GPL-3.0-or-later
// A key that was in use and is forgotten is in no byte of the owner's memory any more, and still masked.
#include "tests/support/cli_harness.h"
#include "tests/support/practice_process.h"

#include <QFile>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tuple>
#include <unistd.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

/// What a sanitizer keeps its own records in is larger, and holds no texts.
constexpr qulonglong kLargestMapping = qulonglong{1} << 30;

/// The other program's memory, as it is at this moment.
class Memory {
public:
    explicit Memory(qint64 pid)
        : m_maps(u"/proc/%1/maps"_s.arg(pid)),
          m_file(::open(QFile::encodeName(u"/proc/%1/mem"_s.arg(pid)).constData(), O_RDONLY | O_CLOEXEC))
    {
    }
    ~Memory()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    [[nodiscard]] bool isOpen() const { return m_file >= 0; }

    /// Where one of the texts stands in what can be written to, with what is around it.
    [[nodiscard]] QByteArrayList find(const std::vector<QByteArray>& texts)
    {
        QByteArrayList found;
        EXPECT_TRUE(m_maps.open(QIODevice::ReadOnly));
        const QByteArrayList lines = m_maps.readAll().split('\n');
        m_maps.close();
        for (const QByteArray& line : lines) {
            const QByteArray rights = line.split(' ').value(1);
            const QByteArrayList range = line.split(' ').value(0).split('-');
            const qulonglong begin = range.value(0).toULongLong(nullptr, 16);
            const qulonglong size = range.value(1).toULongLong(nullptr, 16) - begin;
            if (!rights.startsWith("rw") || size > kLargestMapping)
                continue;
            QByteArray bytes(static_cast<qsizetype>(size), '\0');
            bytes.truncate(std::max<qsizetype>(
                0, ::pread(m_file, bytes.data(), static_cast<std::size_t>(bytes.size()), static_cast<off_t>(begin))));
            for (const QByteArray& text : texts) {
                for (qsizetype at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1))
                    found.append(bytes.mid(std::max<qsizetype>(at - 24, 0), text.size() + 32).toPercentEncoding(" :"));
            }
        }
        return found;
    }

private:
    QFile m_maps;
    int m_file;
};

/// In the forms that a program has texts in.
std::vector<QByteArray> formsOf(const QByteArray& key)
{
    const QString wide = QString::fromLatin1(key);
    return {key, QByteArray(reinterpret_cast<const char*>(wide.utf16()), wide.size() * 2), key.toBase64().left(32),
        key.toHex(), key.mid(8, 16)};
}

class CliForgottenKey : public testing::Test, protected CliHarness {
protected:
    CliForgottenKey() : CliHarness(Keychain::OfTheSession) { }
    void SetUp() override
    {
        if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
            GTEST_SKIP() << "no session bus, so no keychain (tests/support/with_session brings one)";
        actAsRunpod(m_practice.addresses(), test::imageOfNobody());
        // A sanitizer keeps what is freed, and overwrites it when it is told to, as the program does by itself.
        set(u"ASAN_OPTIONS"_s, qEnvironmentVariable("ASAN_OPTIONS") + u":max_free_fill_size=65536"_s);
    }
    void TearDown() override
    {
        for (const QString& name : {u"runpod"_s, u"hf"_s})
            std::ignore = run({u"keys"_s, u"forget"_s, name});
    }

    test::PracticeProcess m_practice;
};

TEST_F(CliForgottenKey, IsInNoByteOfMemory)
{
    const std::pair<QString, QByteArray> keys[]
        = {{u"runpod"_s, "rpa_practice_TOBEFORGOTTEN_4kQ9zRt2vW"}, {u"hf"_s, "hf_practice_TOBEFORGOTTEN_8sLm3xYp5uJ"}};
    QProcess serve;
    start(serve, {u"serve"_s});
    waitForOwner(serve);
    if (!Memory(serve.processId()).isOpen()) {
        const int why = errno;
        serve.kill();
        serve.waitForFinished();
        GTEST_SKIP() << "only root may read the memory of what forbids it: " << std::strerror(why);
    }
    for (const auto& [name, key] : keys)
        ASSERT_EQ(run({u"keys"_s, u"set"_s, name}, key + '\n').code, 0) << name.toStdString();
    const Ran deployed = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--wait"_s, u"--prompt"_s,
        u"a large blue square on a white background"_s, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
    EXPECT_EQ(run({u"preflight"_s, u"black-forest-labs/FLUX.1-dev"_s, u"--json"_s}).json().isEmpty(), false);
    EXPECT_EQ(run({u"delete"_s, deployed.json()["deployment_id"_L1].toString()}).code, 0);
    for (const auto& [name, key] : keys) {
        EXPECT_FALSE(Memory(serve.processId()).find({key}).isEmpty()) << "it is looked for where it is";
        EXPECT_EQ(run({u"keys"_s, u"forget"_s, name}).code, 0);
    }
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(run({u"list"_s, u"--json"_s}).code, 0) << "life goes on";
    for (const auto& [name, key] : keys)
        EXPECT_EQ(Memory(serve.processId()).find(formsOf(key)), QByteArrayList()) << name.toStdString();
    // What is known of it is enough to mask it: a refusal that repeats it, as careless services do.
    m_practice.fault(u"GET"_s, u"*/catalog/gpus*"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 400}, {u"count"_s, 0},
            {u"body"_s,
                u"{\"detail\":\"was %1 or %2?\"}"_s.arg(
                    QString::fromLatin1(keys[0].second.toHex()), QString::fromLatin1(keys[1].second.toBase64()))}});
    ASSERT_EQ(run({u"keys"_s, u"set"_s, u"runpod"_s}, "rpa_practice_another_key_0123456789\n").code, 0);
    const Ran refused = run({u"preflight"_s, u"stabilityai/sdxl-turbo"_s, u"--json"_s});
    EXPECT_THAT(refused.out.toStdString(), testing::HasSubstr("was [redacted]"));
    EXPECT_FALSE(refused.out.contains(keys[0].second.toHex()) || refused.out.contains(keys[1].second.toBase64()));
    serve.terminate();
    serve.waitForFinished(60'000);
}

} // namespace
} // namespace visgate
