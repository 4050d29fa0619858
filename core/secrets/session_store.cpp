// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/session_store.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

QCoro::Task<Result<std::optional<Secret>>> SessionStore::read(QString name)
{
    const auto entry = m_entries.find(name);
    if (entry == m_entries.end())
        co_return std::optional<Secret>();
    co_return std::optional<Secret>(entry->second.clone());
}

QCoro::Task<Result<void>> SessionStore::write(QString name, Secret value)
{
    m_entries.insert_or_assign(name, std::move(value));
    co_return Result<void>();
}

QCoro::Task<Result<void>> SessionStore::remove(QString name)
{
    m_entries.erase(name);
    co_return Result<void>();
}

QCoro::Task<Result<void>> SessionStore::probe()
{
    co_return Result<void>();
}

QString SessionStore::backendName() const
{
    return u"session only"_s;
}

} // namespace visgate
