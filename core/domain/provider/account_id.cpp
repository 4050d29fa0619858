// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/provider/account_id.h"

#include <algorithm>

namespace visgate {

namespace {

constexpr qsizetype kLongestName = 40;

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

} // namespace visgate
