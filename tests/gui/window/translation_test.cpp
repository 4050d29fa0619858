// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/catalogue.h"
#include "core/operations/keys.h"
#include "core/service/local_service.h"
#include "tests/gui/window/screens.h"
#include "tests/gui/window/window_harness.h"
#include "ui/common/format.h"
#include "ui/model_browser/model_card_delegate.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>
#include <QTranslator>

#include <algorithm>
#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::visitScreens;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

constexpr QChar opening(0x27E6);
constexpr QChar closing(0x27E7);

/// A language in which every translated sentence stands in brackets: what stands outside was never translated.
class Bracketed final : public QTranslator {
public:
    Bracketed() { QCoreApplication::installTranslator(this); }
    ~Bracketed() override { QCoreApplication::removeTranslator(this); }
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(
        const char* /*context*/, const char* source, const char* /*comment*/, int /*n*/) const override
    {
        return opening + QString::fromUtf8(source) + closing;
    }
};

QString outsideBrackets(const QString& text)
{
    QString outside;
    int depth = 0;
    for (const QChar character : text) {
        if (character == opening)
            ++depth;
        else if (character == closing)
            --depth;
        else if (depth == 0)
            outside += character;
    }
    return outside;
}

/// What is the same in every language: names that models, GPUs and services have.
QStringList names(WindowHarness& harness)
{
    QStringList result{
        u"Visgate"_s, u"Runpod"_s, u"Hugging Face"_s, u"English"_s, u"Türkçe"_s, u"kB"_s, u"MB"_s, u"GB"_s};
    const auto presets = await(harness.service().call(ListPresets{}));
    const auto offers = await(harness.service().call(ListGpuOffers{AccountId::practice()}));
    for (const ModelSpec& model : *presets)
        result << model.title << model.id << model.family << model.licence << model.samplePrompt << model.pipelineClass;
    for (const GpuOffer& offer : *offers)
        result << offer.name << offer.typeId << offer.pool;
    // Days and halves of the day as the language's own data name them, zones as the world's table does.
    const QLocale locale = harness.language().format().locale();
    for (int day = 1; day <= 7; ++day)
        result << locale.standaloneDayName(day) << locale.standaloneDayName(day, QLocale::ShortFormat);
    result << locale.amText() << locale.pmText() << QString::fromUtf8(QTimeZone::systemTimeZoneId());
    // What keeps the keys is named as it names itself.
    if (const auto health = await(harness.service().call(GetHealth{})))
        result << health->secretBackend;
    result.removeAll(QString());
    // Longer ones first, so that a short name does not cut a longer one in two.
    std::sort(result.begin(), result.end(), [](const QString& a, const QString& b) { return a.size() > b.size(); });
    return result;
}

QString untranslated(const QString& text, const QStringList& known)
{
    QString rest = outsideBrackets(text);
    for (const QString& name : known)
        rest.remove(name);
    static const QRegularExpression word(u"\\p{L}{2,}"_s);
    return word.match(rest).hasMatch() ? rest : QString();
}

TEST(Translation, EveryWordOnEveryScreenIsTranslated)
{
    WindowHarness harness(u"en"_s);
    const QStringList known = names(harness);
    const Bracketed language;
    harness.show();
    visitScreens(harness, [&](const char* screen) {
        for (const QString& text : harness.words()) {
            EXPECT_EQ(untranslated(text, known).toStdString(), "") << screen << ": " << text.toStdString();
        }
    });
    const auto presets = await(harness.service().call(ListPresets{}));
    for (const ModelSpec& model : *presets) {
        const UiContext context = harness.context();
        const QString spoken = ModelCardDelegate(context).spoken(model);
        EXPECT_EQ(untranslated(spoken, known).toStdString(), "") << spoken.toStdString();
    }
}

/// "$0.79" and "5.1 GB", as nobody writes them in Turkish; in thousands a point is right.
QStringList englishFigures(const QString& text)
{
    static const QRegularExpression figure(u"\\$\\d|\\b\\d+\\.\\d{1,2} ?(GB|MB|TB|kB|sn|dk|sa|s|min|\\$)(?!\\w)"_s);
    QStringList found;
    for (auto match = figure.globalMatch(text); match.hasNext();)
        found << match.next().captured();
    return found;
}

TEST(Translation, EveryFigureAndLogLineOfTheTurkishWindowIsTurkish)
{
    WindowHarness harness(u"tr"_s);
    harness.show();
    int figures = 0;
    visitScreens(harness, [&](const char* screen) {
        for (const QString& text : harness.words()) {
            EXPECT_EQ(englishFigures(text), QStringList()) << screen << ": " << text.toStdString();
            figures += static_cast<int>(text.contains(u'$'));
        }
        if (std::string_view(screen) != "studio, picture")
            return;
        const QAbstractItemModel* log = harness.find<QAbstractItemView>(u"logList"_s)->model();
        QStringList lines;
        for (int row = 0; row < log->rowCount(); ++row)
            lines << log->index(row, 0).data().toString();
        const std::string all = lines.join(u'\n').toStdString();
        EXPECT_THAT(all, testing::HasSubstr("Hugging Face modeli doğrulanıyor"));
        EXPECT_THAT(all, testing::HasSubstr("Alınan GPU: "));
        EXPECT_THAT(all, testing::HasSubstr("hazır: "));
        EXPECT_THAT(all, testing::Not(testing::HasSubstr("Selected GPU")));
        EXPECT_EQ(englishFigures(QString::fromStdString(all)), QStringList());
    });
    EXPECT_GT(figures, 5) << "the screens hold sums";
    const Format german(QLocale(QLocale::German, QLocale::Germany));
    EXPECT_EQ(german.money(25.0).simplified(), u"25,00 $"_s);
    const Format turkish(QLocale(QLocale::Turkish, QLocale::Turkey));
    EXPECT_EQ(turkish.money(25.0).simplified(), u"25,00 $"_s);
    EXPECT_EQ(turkish.moneyPerHour(1234.5).simplified(), u"1.234,50 $/sa"_s);
    for (const Format& format : {german, turkish}) {
        const Error limit{ErrorCode::MonthLimitReached, {}, 0, {}, {"$25.00"}};
        EXPECT_TRUE(format.describe(limit).message.simplified().contains(u"25,00 $"_s));
        const Error price{ErrorCode::ConfirmationNeeded, {}, 0, {}, {"815.24"}};
        EXPECT_TRUE(format.describe(price).message.simplified().contains(u"815,24 $"_s))
            << format.describe(price).message.toStdString();
    }
    EXPECT_EQ(german.figures(u"$0.79/h for 5.1 GB of FLUX.1, cuda 12.4"_s).simplified(),
        u"0,79 $/h for 5,1 GB of FLUX.1, cuda 12.4"_s);
}

TEST(Translation, AWordThatIsNotTranslatedIsFound)
{
    const Bracketed language;
    const QString sentence = QCoreApplication::translate("Any", "Deploy %1");
    EXPECT_EQ(untranslated(sentence.arg(u"$0.004"_s), {}), QString());
    EXPECT_EQ(untranslated(u"Forgotten word"_s, {}), u"Forgotten word"_s);
    EXPECT_EQ(untranslated(u"SDXL Turbo · "_s + sentence, {u"SDXL Turbo"_s}), QString());
    EXPECT_NE(untranslated(u"SDXL Turbo and "_s + sentence, {u"SDXL Turbo"_s}), QString());
}

TEST(Format, ARoundTimeHasNoEmptyPart)
{
    const Format english(QLocale(u"en"_s));
    EXPECT_EQ(english.duration(10min), u"10 min"_s);
    EXPECT_EQ(english.duration(200s), u"3 min 20 s"_s);
    EXPECT_EQ(english.duration(2h), u"2 h"_s);
    EXPECT_EQ(english.duration(2h + 5min), u"2 h 5 min"_s);
}

TEST(Format, ADownloadSaysAsMuchAsIsKnown)
{
    const Format english(QLocale(u"en"_s));
    EXPECT_EQ(
        english.transfer({3'200'000'000, 23'800'000'000, 180e6}), u"3.2 of 23.8 GB, 180 MB/s, about 2 min left"_s);
    EXPECT_EQ(english.transfer({200'000'000, 23'800'000'000, 1'500'000}),
        u"0.2 of 23.8 GB, 1.5 MB/s, about 4 h 22 min left"_s);
    EXPECT_EQ(
        english.transfer({23'000'000'000, 23'800'000'000, 180e6}), u"23.0 of 23.8 GB, 180 MB/s, about 5 s left"_s);
    EXPECT_EQ(english.transfer({3'200'000'000, 0, 180e6}), u"3.2 GB so far, 180 MB/s"_s);
    EXPECT_EQ(english.transfer({3'200'000'000, 23'800'000'000, 0.0}), u"3.2 of 23.8 GB"_s);
    EXPECT_EQ(english.transfer({23'800'000'000, 23'800'000'000, 180e6}), u"23.8 of 23.8 GB, 180 MB/s"_s);
    EXPECT_EQ(english.transfer({0, 0, 0.0}), u"0 bytes so far"_s);
    const Format turkish(QLocale(u"tr_TR"_s));
    EXPECT_EQ(turkish.bytesOf(3'200'000'000, 23'800'000'000), u"3,2 of 23,8 GB"_s) << "the figures, without the words";
}

} // namespace
} // namespace visgate::ui
