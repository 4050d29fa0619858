// SPDX-License-Identifier: GPL-3.0-or-later
// Bad input as a person at the command line meets it: one clear sentence, what to do about it, and an exit code, in
// both languages.
#include "tests/support/cli_harness.h"
#include "tests/support/private_keyring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

struct Refusal {
    const char* name;
    std::function<void(CliHarness&)> arrange;
    QStringList arguments;
    QByteArray input;
    int code;
    const char* english; ///< part of the sentence
    const char* turkish;
    bool hasKeychain = false; ///< an empty one; else there is none
};

void PrintTo(const Refusal& refusal, std::ostream* out)
{
    *out << refusal.name;
}

QStringList deploy(const char* model)
{
    return {u"deploy"_s, QString::fromLatin1(model), u"--target"_s, u"practice"_s, u"--wait"_s};
}

void playRunpod(CliHarness& cli)
{
    cli.actAsRunpod(cli.practice(), u"127.0.0.1:1/visgate/practice-worker:1"_s);
}

void forbid(CliHarness& cli, const QString& kind)
{
    cli.control("POST", u"/conditions"_s, {{u"kind"_s, kind}});
}

class CliRefusal : public testing::TestWithParam<Refusal> {
protected:
    std::optional<test::PrivateKeyring> m_keyring;
    CliHarness m_cli;
};

TEST_P(CliRefusal, IsASentenceARemedyAndACodeInBothLanguages)
{
    const Refusal& refusal = GetParam();
    if (refusal.hasKeychain) {
        m_keyring.emplace();
        if (!m_keyring->isAvailable())
            GTEST_SKIP() << "no dbus-daemon or gnome-keyring-daemon here";
        m_keyring->start();
        m_cli.set(u"DBUS_SESSION_BUS_ADDRESS"_s, m_keyring->address());
    }
    if (refusal.arrange)
        refusal.arrange(m_cli);
    const auto lastLines = [](const Ran& ran) {
        QList<QByteArray> lines = ran.err.trimmed().split('\n');
        return lines.size() < 2 ? lines : lines.mid(lines.size() - 2); // the stages stand above them
    };
    const Ran english = m_cli.run(refusal.arguments, refusal.input);
    EXPECT_EQ(english.code, refusal.code) << english.err.toStdString();
    EXPECT_TRUE(english.out.isEmpty()) << english.out.toStdString();
    ASSERT_EQ(lastLines(english).size(), 2) << english.err.toStdString();
    EXPECT_THAT(lastLines(english).at(0).toStdString(), testing::HasSubstr(refusal.english));
    EXPECT_FALSE(lastLines(english).at(1).isEmpty()) << "a remedy";

    const Ran turkish = m_cli.run(refusal.arguments + QStringList{u"--lang"_s, u"tr"_s}, refusal.input);
    EXPECT_EQ(turkish.code, refusal.code) << turkish.err.toStdString();
    ASSERT_EQ(lastLines(turkish).size(), 2) << turkish.err.toStdString();
    EXPECT_THAT(lastLines(turkish).at(0).toStdString(), testing::HasSubstr(refusal.turkish));
    EXPECT_NE(lastLines(turkish).at(1), lastLines(english).at(1)) << "the remedy, too, is translated";
}

const Refusal kRefusals[] = {
    {"NoSuchCommand", {}, {u"dance"_s}, {}, 2, "There is no command \"dance\".", "\"dance\" diye bir komut yok."},
    {"OptionsThatNeedEachOther", {}, {u"deploy"_s, u"a/b"_s, u"--out"_s, u"x.png"_s}, {}, 2,
        "--out needs --prompt and --wait.", "--out için --prompt ve --wait gerekir."},
    {"NoSuchDeployment", {}, {u"show"_s, u"dep_2026_00000000"_s}, {}, 4, "There is no such entry",
        "Böyle bir kayıt yok"},
    {"UnknownModel", {}, deploy("no/such"), {}, 4, "There is no model called “no/such”, or it is private.",
        "“no/such” adında bir model yok ya da model gizli."},
    {"LanguageModel", {}, deploy("openai-community/gpt2"), {}, 1,
        "“openai-community/gpt2” is a language model; it writes text.",
        "“openai-community/gpt2” bir dil modeli; metin yazar."},
    {"EditingOnPractice", {}, deploy("Qwen/Qwen-Image-Edit"), {}, 1,
        "Practice only draws pictures from words; “Qwen/Qwen-Image-Edit” makes something else.",
        "Alıştırma yalnızca metinden resim çizer; “Qwen/Qwen-Image-Edit” başka bir şey yapıyor."},
    {"NoKey", {}, {u"keys"_s, u"check"_s, u"runpod"_s}, {}, 3, "No Runpod key is stored on this computer.",
        "Bu bilgisayarda saklı bir Runpod anahtarı yok.", true},
    {"NoKeychain", {}, {u"keys"_s, u"check"_s, u"runpod"_s}, {}, 3, "No keychain can be reached",
        "Hiçbir anahtarlığa ulaşılamıyor"},
    {"WrongKey", playRunpod, {u"keys"_s, u"set"_s, u"runpod"_s}, "not-a-key-of-this-account\n", 1,
        "The key was not accepted.", "Anahtar kabul edilmedi."},
    {"WrongHubToken", playRunpod, {u"keys"_s, u"set"_s, u"hf"_s}, "not-a-token\n", 1,
        "Hugging Face did not accept the token.", "Hugging Face erişim anahtarını (token) kabul etmedi."},
    {"NoNetwork", [](CliHarness& cli) { cli.setting(u"runpod/rest_url"_s, u"http://127.0.0.1:1/v2"_s); },
        {u"keys"_s, u"set"_s, u"runpod"_s}, "rpa_whatever\n", 1, "cannot be reached.", "ulaşılamıyor."},
    {"QuotaFull",
        [](CliHarness& cli) {
            cli.control("POST", u"/account"_s, {{u"quota"_s, 0}});
        },
        deploy("stabilityai/sdxl-turbo"), {}, 1, "worker slots of the account are taken.", "GPU'luk kotası"},
    // One kind of GPU only: with others left it would ask whether a dearer one may be used.
    {"NoCapacity", [](CliHarness& cli) { forbid(cli, u"no_capacity"_s); },
        deploy("stabilityai/sdxl-turbo") + QStringList{u"--gpu"_s, u"A40"_s}, {}, 1,
        "No machine with a suitable GPU is free at the moment.", "Şu anda uygun GPU'lu boş bir makine yok."},
};

INSTANTIATE_TEST_SUITE_P(Table, CliRefusal, testing::ValuesIn(kRefusals),
    [](const auto& refusal) { return std::string(refusal.param.name); });

TEST(CliRefusals, EachIsOneDocumentInJson)
{
    const CliHarness cli;
    const auto preflight = [](const QString& model) {
        return QStringList{u"preflight"_s, model, u"--target"_s, u"practice"_s};
    };
    for (const QStringList& arguments : {QStringList{u"dance"_s}, QStringList{u"recipe"_s}, QStringList{},
             QStringList{u"completion"_s, u"tcsh"_s}, QStringList{u"show"_s, u"dep_2026_00000000"_s},
             deploy("openai-community/gpt2"), preflight(u"Qwen/Qwen-Image-Edit"_s), preflight(u"no/such"_s)}) {
        const Ran ran = cli.run(arguments + QStringList{u"--json"_s});
        const std::string line = arguments.join(u' ').toStdString();
        EXPECT_NE(ran.code, 0) << line;
        EXPECT_FALSE(ran.json()["error"_L1].toString().isEmpty()) << line << ": " << ran.out.toStdString();
        EXPECT_FALSE(ran.json()["message"_L1].toString().isEmpty()) << line;
        EXPECT_FALSE(ran.json()["details"_L1]["remedy"_L1].toString().isEmpty()) << line;
    }
}

/// A disk that is really full: a file system of two megabytes, filled while the program has its records open.
TEST(CliRefusals, AFullDisk)
{
    const CliHarness cli;
    const QStringList inside{u"unshare"_s, u"--mount"_s, u"--user"_s, u"--map-root-user"_s};
    if (cli.script(u"mount -t tmpfs -o size=64k tmpfs \"$VISGATE_DATA_DIR\""_s, inside).code != 0)
        GTEST_SKIP() << "a private file system (user namespaces) is not to be had here";
    const QString begin
        = u"mount -t tmpfs -o size=2m tmpfs \"$VISGATE_DATA_DIR\" || exit 99\n"
          "rm -f \"$XDG_RUNTIME_DIR\"/visgate/*.sock\n"
          "\"$VISGATECTL\" serve & owner=$!\n"
          "until compgen -G \"$XDG_RUNTIME_DIR/visgate/*.sock\" > /dev/null && \"$VISGATECTL\" list > /dev/null; do\n"
          "    kill -0 $owner || exit 98; sleep 0.1\n"
          "done\n"
          "dd if=/dev/zero of=\"$VISGATE_DATA_DIR/filler\" bs=1k 2> /dev/null\n"
          "\"$VISGATECTL\" deploy stabilityai/sdxl-turbo --target practice %1; code=$?\n"
          "kill $owner; wait; exit $code"_s;
    const Ran english = cli.script(begin.arg(QString()), inside);
    EXPECT_EQ(english.code, 1) << english.err.toStdString();
    const std::string folder = cli.dataFolder().toStdString();
    EXPECT_THAT(english.err.toStdString(),
        testing::HasSubstr("The disk of this computer is full: " + folder + "\nFree some space, then try again."));
    const Ran turkish = cli.script(begin.arg(u"--lang tr"_s), inside);
    EXPECT_THAT(turkish.err.toStdString(),
        testing::HasSubstr("Bu bilgisayarın diski dolu: " + folder + "\nBiraz yer açıp yeniden deneyin."));
}

} // namespace
} // namespace visgate
