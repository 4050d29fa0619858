// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace visgate {

struct ModelSpec;

/// Whether a licence allows to earn money with a model.
enum class CommercialUse {
    Unknown, ///< nobody here has read that licence
    Allowed,
    Conditional, ///< below a revenue, after a registration ...
    Forbidden,
};

/// What a licence allows, as far as this program knows it: resources/registry/licences.json.
struct LicenceTerms {
    CommercialUse commercial = CommercialUse::Unknown;
    qint64 revenueLimitUsd = 0;  ///< a year's, up to which it is free; 0: none is named
    QStringList excludedRegions; ///< ISO 3166 codes and "EU": where it licenses nothing
    QString note; ///< what else there is to say, in English; licenceSentences() has it in the user's language
    bool operator==(const LicenceTerms&) const = default;
};

/// A note of the registry's data in the user's language.
[[nodiscard]] QString licenceNoteText(const LicenceTerms& terms);
/// What a person has to know of a model's licence before using it, one sentence each, in the user's language:
/// commercial use, where it may not be used, what else, and whether its page must be accepted first.
[[nodiscard]] QStringList licenceSentences(const ModelSpec& model);

} // namespace visgate
