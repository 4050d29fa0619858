// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errors/log_words.h"
#include "translations/translations.h"

#include <QCoreApplication>
#include <QTranslator>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

QString said(const char* text, const char* source = "engine", const LogFigure& figure = {})
{
    LogLine line;
    line.source = source;
    line.text = text;
    return logWords(line, figure);
}

/// As a Turkish window writes figures.
QString turkish(QString plain)
{
    return plain.startsWith(u'$') ? plain.mid(1).replace(u'.', u',') + u" $"_s : plain.replace(u'.', u',');
}

class LogWordsInTurkish : public testing::Test {
protected:
    LogWordsInTurkish()
    {
        EXPECT_TRUE(loadTranslation(m_translator, u"tr"_s));
        QCoreApplication::installTranslator(&m_translator);
    }
    ~LogWordsInTurkish() override { QCoreApplication::removeTranslator(&m_translator); }

private:
    QTranslator m_translator;
};

TEST(LogWords, AreEnglishAsTheyStandWithoutATranslation)
{
    for (const char* line : {"Validating Hugging Face model", "Selected GPU: NVIDIA A40",
             "Next plan: A40, L40S at up to $1.91/h (+$0.79/h)", "Endpoint %1 created", "Selected GPU: "})
        EXPECT_EQ(said(line), QString::fromLatin1(line));
    EXPECT_EQ(said("MODEL_NOT_FOUND: what?"), said("MODEL_NOT_FOUND") + u" what?"_s);
    EXPECT_FALSE(said("MODEL_NOT_FOUND").contains(u'_'));
}

TEST_F(LogWordsInTurkish, SayTheEnginesSentences)
{
    EXPECT_EQ(said("Validating Hugging Face model"), u"Hugging Face modeli doğrulanıyor"_s);
    EXPECT_EQ(said("Next plan: A40, L40S at up to $1.91/h, +$0.79/h above the price agreed to; waiting for an answer",
                  "engine", turkish),
        u"Sıradaki plan: A40, L40S, en çok 1,91 $/h; kabul edilen fiyatın 0,79 $/h üstünde; yanıt bekleniyor"_s);
    EXPECT_EQ(said("Next plan: A40 at up to $1.91/h (-$0.20/h)"), u"Sıradaki plan: A40, en çok $1.91/h (-$0.20/h)"_s);
    EXPECT_EQ(said("Always on costs $815.24 a month, which was not agreed to: it stays on demand", "engine", turkish),
        u"Sürekli açık tutmak ayda 815,24 $ tutar, bu kabul edilmedi: istek üzerine çalışmayı sürdürür"_s);
    EXPECT_EQ(said("Endpoint %2%1 created"), u"%2%1 uç noktası oluşturuldu"_s) << "a name that looks like a place";
}

TEST_F(LogWordsInTurkish, SayWhatWorkersReportAndLeaveOthersWordsAlone)
{
    EXPECT_EQ(said("download: 1.25 of 5.10 GB", "container", turkish), u"indirme: 1,25 / 5,10 GB"_s);
    EXPECT_EQ(said("ready: builtin on cuda 12.4, loaded in 3.2 s", "container", turkish),
        u"hazır: cuda 12.4 üzerinde builtin, 3,2 sn içinde yüklendi"_s)
        << "a version is no figure";
    for (const char* foreign : {"Deleted", "Selected GPU: 0", "MODEL_NOT_FOUND: x", "cost $3.50 at 0.5"})
        EXPECT_EQ(said(foreign, "container", turkish), QString::fromLatin1(foreign));
}

} // namespace
} // namespace visgate
