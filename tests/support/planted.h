// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <string>
#include <vector>

namespace visgate::test {

/// A secret that is planted in what others say, as it is written there.
struct Plant {
    std::string text;
    /// One of the program's own: it is to be known however it is written down. Others are known by their looks.
    bool isOurs = false;
};

/// 24 different ones: keys, tokens, passwords, signatures, cookies.
[[nodiscard]] std::vector<Plant> plants();

/// One text with all of them, written down in one way.
struct PlantedText {
    std::string way;         ///< "base64", "two lines", ...
    QString text;            ///< begins with a sentence that may stay: "the model did not load (base64)"
    QList<QByteArray> never; ///< pieces of them that may be found nowhere
    [[nodiscard]] QByteArray sentence() const
    {
        return "the model did not load (" + QByteArray::fromStdString(way) + ')';
    }
};
/// The texts of twelve ways to write them. A way that hides what a stranger's secret looks like has ours only.
[[nodiscard]] std::vector<PlantedText> plantedTexts(const std::vector<Plant>& plants);

/// Fails the test for each piece that is in `bytes`.
void expectNone(const QByteArray& bytes, const std::vector<PlantedText>& texts, const QString& where);
/// The same for all files under the folder. Returns how many there were.
int expectNoneInFiles(const QString& folder, const std::vector<PlantedText>& texts);

} // namespace visgate::test
