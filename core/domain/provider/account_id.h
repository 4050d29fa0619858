// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <functional>
#include <optional>
#include <utility>

namespace visgate {

/// An account at a provider: "practice", "runpod"; a further one of the same provider has a word of its own behind a
/// colon: "runpod:studio". The text is what is stored, sent and typed, and stays as it is when the user renames the
/// account.
class AccountId {
public:
    /// None; where one is needed, no account.
    AccountId() = default;
    [[nodiscard]] static AccountId practice() { return AccountId(QStringLiteral("practice")); }
    /// Runpod's first one; what is meant where the API names none.
    [[nodiscard]] static AccountId runpod() { return AccountId(QStringLiteral("runpod")); }
    /// This very machine.
    [[nodiscard]] static AccountId thisComputer() { return AccountId(QStringLiteral("this-computer")); }

    [[nodiscard]] const QString& text() const { return m_text; }
    /// Its provider's id: "runpod".
    [[nodiscard]] QString provider() const { return m_text.section(u':', 0, 0); }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    /// The one that its provider has from the beginning.
    [[nodiscard]] bool isFirst() const { return !m_text.contains(u':'); }
    /// Play money, and a computer's own process instead of a cloud.
    [[nodiscard]] bool isPractice() const { return *this == practice(); }
    /// Nothing is paid for there but electricity.
    [[nodiscard]] bool isThisComputer() const { return *this == thisComputer(); }

    friend bool operator==(const AccountId& one, const AccountId& other) = default;
    friend bool operator<(const AccountId& one, const AccountId& other) { return one.m_text < other.m_text; }

private:
    explicit AccountId(QString text) : m_text(std::move(text)) { }
    friend std::optional<AccountId> accountIdFromString(const QString& text);

    QString m_text;
};

[[nodiscard]] inline QString toString(const AccountId& account)
{
    return account.text();
}
/// Any that is well formed, whether there is such an account or not: letters, digits and hyphens in lower case.
[[nodiscard]] std::optional<AccountId> accountIdFromString(const QString& text);
/// A word for an account of this name: "Stüdyo 2" is "studyo-2". Never empty.
[[nodiscard]] QString accountWord(const QString& name);

[[nodiscard]] inline std::size_t qHash(const AccountId& account, std::size_t seed = 0)
{
    return ::qHash(account.text(), seed);
}

} // namespace visgate
