// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/key_history.h"

#include "core/store/repositories.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMost = 20;

QString entryOf(AccountId target)
{
    return u"earlier_hashes."_s + toString(target);
}

} // namespace

QStringList earlierHashes(MetaRepository& meta, AccountId target)
{
    const auto stored = meta.value(entryOf(target));
    return stored && *stored ? (*stored)->split(u',', Qt::SkipEmptyParts) : QStringList();
}

Result<void> rememberHash(MetaRepository& meta, AccountId target, const QString& userHash)
{
    QStringList hashes = earlierHashes(meta, target);
    if (userHash.isEmpty() || hashes.contains(userHash))
        return {};
    hashes.prepend(userHash);
    return meta.set(entryOf(target), hashes.mid(0, kMost).join(u','));
}

} // namespace visgate
