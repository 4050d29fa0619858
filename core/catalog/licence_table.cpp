// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/licence_table.h"

#include "core/catalog/registry_file.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace visgate::hub {

using namespace Qt::Literals::StringLiterals;

namespace {

using LicenceTable = QHash<QString, LicenceTerms>;

CommercialUse commercialCalled(const QString& word)
{
    static const QHash<QString, CommercialUse> words{{u"yes"_s, CommercialUse::Allowed},
        {u"conditional"_s, CommercialUse::Conditional}, {u"no"_s, CommercialUse::Forbidden}};
    Q_ASSERT_X(words.contains(word), "licences.json", qPrintable(word));
    return words.value(word, CommercialUse::Unknown);
}

LicenceTerms readTerms(const QJsonObject& object)
{
    LicenceTerms terms;
    terms.commercial = commercialCalled(object["commercial"_L1].toString());
    terms.revenueLimitUsd = object["revenue_limit_usd"_L1].toInteger();
    const QJsonArray regions = object["excluded_regions"_L1].toArray();
    for (const QJsonValue& region : regions)
        terms.excludedRegions << region.toString();
    terms.note = object["note"_L1].toString();
    return terms;
}

LicenceTable readLicences()
{
    const QJsonObject root = QJsonDocument::fromJson(registryFile(QStringLiteral("licences.json"))).object();
    Q_ASSERT(root["format"_L1].toInt() == 1);
    const QJsonObject licences = root["licences"_L1].toObject();
    LicenceTable table;
    for (auto it = licences.begin(); it != licences.end(); ++it)
        table.insert(it.key(), readTerms(it.value().toObject()));
    return table;
}

} // namespace

LicenceTerms licenceTerms(const QString& licence)
{
    static const LicenceTable table = readLicences();
    return table.value(licence.toCaseFolded());
}

} // namespace visgate::hub
