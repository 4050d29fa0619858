// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model/licence.h"

#include "core/domain/model/model.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("Licences", text);
}

/// The remarks of resources/registry, which is data and so out of the translators' sight.
constexpr std::array kNotes{
    QT_TRANSLATE_NOOP("Licences", "Commercial use needs a free registration with the maker."),
    QT_TRANSLATE_NOOP("Licences", "Commercial use needs a membership of Stability AI."),
    QT_TRANSLATE_NOOP("Licences",
        "Commercial use of the model needs a licence from Black Forest Labs; pictures made with it may be sold."),
    QT_TRANSLATE_NOOP("Licences", "Commercial use of the model needs a licence from Black Forest Labs."),
    QT_TRANSLATE_NOOP("Licences", "Each version has a licence of its own; large companies need an agreement."),
    QT_TRANSLATE_NOOP("Licences", "For research only."),
    QT_TRANSLATE_NOOP("Licences", "Some harmful uses are excluded."),
};

struct Region {
    QLatin1StringView code;
    const char* name;
};

constexpr std::array kRegions{Region{"EU"_L1, QT_TRANSLATE_NOOP("Licences", "the European Union")},
    Region{"GB"_L1, QT_TRANSLATE_NOOP("Licences", "the United Kingdom")},
    Region{"KR"_L1, QT_TRANSLATE_NOOP("Licences", "South Korea")}};

QString regionName(const QString& code)
{
    const auto known
        = std::find_if(kRegions.begin(), kRegions.end(), [&code](const Region& region) { return region.code == code; });
    return known == kRegions.end() ? code : say(known->name);
}

QString commercialSentence(const LicenceTerms& terms)
{
    constexpr qint64 million = 1'000'000;
    switch (terms.commercial) {
    case CommercialUse::Allowed:
        return say(QT_TRANSLATE_NOOP("Licences", "Commercial use is allowed."));
    case CommercialUse::Conditional:
        if (terms.revenueLimitUsd > 0)
            return say(QT_TRANSLATE_NOOP("Licences",
                           "Commercial use is free below %1 million USD of yearly revenue; above it a licence is "
                           "needed."))
                .arg(terms.revenueLimitUsd / million);
        return say(QT_TRANSLATE_NOOP("Licences", "Commercial use is allowed under conditions."));
    case CommercialUse::Forbidden:
        return say(QT_TRANSLATE_NOOP("Licences", "This licence does not allow commercial use."));
    case CommercialUse::Unknown:
        break;
    }
    return say(QT_TRANSLATE_NOOP("Licences",
        "What this licence allows is not known here: read it on the model's page before you earn money with it."));
}

QString gateSentence(Gating gating)
{
    switch (gating) {
    case Gating::Automatic:
        return say(QT_TRANSLATE_NOOP("Licences",
            "Its page at Hugging Face must be accepted first, with an account and a token; that is free and at once."));
    case Gating::Manual:
        return say(QT_TRANSLATE_NOOP("Licences",
            "Its maker decides who may use it: ask for access on its page at Hugging Face, and store a token."));
    case Gating::Open:
        break;
    }
    return {};
}

} // namespace

QString licenceNoteText(const LicenceTerms& terms)
{
    const auto known = std::find_if(
        kNotes.begin(), kNotes.end(), [&terms](const char* note) { return terms.note == QLatin1String(note); });
    return known == kNotes.end() ? terms.note : say(*known);
}

QStringList licenceSentences(const ModelSpec& model)
{
    const LicenceTerms& terms = model.terms;
    QStringList sentences;
    if (!model.licence.isEmpty() || terms.commercial != CommercialUse::Unknown)
        sentences << commercialSentence(terms);
    if (!terms.excludedRegions.isEmpty()) {
        QStringList names;
        std::transform(
            terms.excludedRegions.cbegin(), terms.excludedRegions.cend(), std::back_inserter(names), regionName);
        sentences << say(QT_TRANSLATE_NOOP("Licences", "It gives no licence in: %1.")).arg(names.join(u", "_s));
    }
    for (const QString& more : {licenceNoteText(terms), gateSentence(model.gating)}) {
        if (!more.isEmpty())
            sentences << more;
    }
    return sentences;
}

} // namespace visgate
