// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <string>
#include <vector>

namespace visgate::test {

/// Sixteen that the program was never told: keys, tokens, passwords, signatures, cookies. It knows them by their looks.
[[nodiscard]] const std::vector<std::string>& strangersSecrets();

/// One text with many secrets, written down in one way.
struct PlantedText {
    std::string way;         ///< "base64", "two lines", ...
    QString text;            ///< begins with a sentence that may stay: "the model did not load (base64)"
    QList<QByteArray> never; ///< pieces of them that may be found nowhere
    [[nodiscard]] QByteArray sentence() const
    {
        return "the model did not load (" + QByteArray::fromStdString(way) + ')';
    }
};
/// The texts of twelve ways to write them. The program's own are to be known in all; a way that hides what a secret
/// looks like has no stranger's.
[[nodiscard]] std::vector<PlantedText> plantedTexts(
    const std::vector<std::string>& own, const std::vector<std::string>& strangers = {});

/// Fails the test for each piece that is in `bytes`.
void expectNone(const QByteArray& bytes, const std::vector<PlantedText>& texts, const QString& where);
/// The same for all files under the folder. Returns how many there were.
int expectNoneInFiles(const QString& folder, const std::vector<PlantedText>& texts);

} // namespace visgate::test
