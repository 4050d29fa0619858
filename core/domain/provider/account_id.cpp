// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/provider/account_id.h"

#include <algorithm>

namespace visgate {

namespace {

constexpr qsizetype kLongestName = 40;
constexpr qsizetype kLongestGivenWord = 30; ///< leaves room for a number

bool isWord(QStringView word)
{
    return !word.isEmpty() && word.size() <= kLongestName && std::all_of(word.begin(), word.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_';
    });
}

} // namespace

std::optional<AccountId> accountIdFromString(const QString& text)
{
    const qsizetype colon = text.indexOf(u':');
    const QStringView all(text);
    if (colon < 0 ? !isWord(all) : !isWord(all.first(colon)) || !isWord(all.sliced(colon + 1)))
        return std::nullopt;
    return AccountId(text);
}

QString accountWord(const QString& name)
{
    QString word;
    // Letters without their marks; the dotless i is a letter of its own and has none to lose.
    for (const QChar c : name.normalized(QString::NormalizationForm_KD)) {
        const QChar lower = c == QChar(0x131) ? QChar(u'i') : c.toLower();
        if ((lower >= u'a' && lower <= u'z') || (lower >= u'0' && lower <= u'9'))
            word += lower;
        else if (c.category() != QChar::Mark_NonSpacing && !word.isEmpty() && !word.endsWith(u'-'))
            word += u'-';
    }
    word.truncate(kLongestGivenWord);
    while (word.endsWith(u'-'))
        word.chop(1);
    return word.isEmpty() ? QStringLiteral("account") : word;
}

} // namespace visgate
