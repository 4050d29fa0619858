// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/session_store.h"

#include <map>
#include <memory>
#include <utility>

namespace visgate::test {

/// A keychain that outlives the engines which use it, and tells what is in it.
class KeptSecrets final : public SecretStore {
public:
    using Entries = std::map<QString, std::string>;

    explicit KeptSecrets(std::shared_ptr<Entries> entries) : m_entries(std::move(entries)) { }

    QCoro::Task<Result<std::optional<Secret>>> read(QString name) override
    {
        const auto entry = m_entries->find(name);
        co_return entry == m_entries->end() ? std::optional<Secret>() : std::optional<Secret>(Secret(entry->second));
    }
    QCoro::Task<Result<void>> write(QString name, Secret value) override
    {
        m_entries->insert_or_assign(name, std::string(value.reveal()));
        co_return Result<void>();
    }
    QCoro::Task<Result<void>> remove(QString name) override
    {
        m_entries->erase(name);
        co_return Result<void>();
    }
    QCoro::Task<Result<void>> probe() override { co_return Result<void>(); }
    [[nodiscard]] QString backendName() const override { return QStringLiteral("Test"); }
    [[nodiscard]] bool isSessionOnly() const override { return false; }

private:
    std::shared_ptr<Entries> m_entries;
};

} // namespace visgate::test
