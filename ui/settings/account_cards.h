// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/domain/provider/provider_descriptor.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QList>
#include <QWidget>

#include <map>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace visgate::ui {

class AccountTools;
class KeyCard;
class MessageBar;

/// A card for each account that has a key, and the way to a further one.
class AccountCards final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit AccountCards(const UiContext& context, QWidget* parent = nullptr);
    void show(const QList<KeyState>& keys);
    /// The card of this account; where it has none, that of the default account.
    [[nodiscard]] KeyCard* card(const AccountId& account) const;
    /// Whether a stored key offers to choose a model next.
    void setLeadsOn(bool leadsOn);

Q_SIGNALS:
    /// A key, or the list of accounts.
    void changed();
    void modelsWanted();
    void adding();
    /// It was just added.
    void keyWanted(const visgate::AccountId& account);

protected:
    void showEvent(QShowEvent* event) override;
    void retranslate() override;

private:
    struct Card {
        KeyCard* key = nullptr;
        AccountTools* tools = nullptr;
    };

    void build();
    void orderFocus(const QList<ProviderAccount>& accounts);
    [[nodiscard]] Card makeCard(const ProviderAccount& account);
    void startAdding();
    void add();

    const UiContext& m_context;
    std::map<AccountId, Card> m_cards;
    AccountId m_added; ///< its key is the next thing that is wanted
    bool m_leadsOn = true;
    bool m_isAdding = false;
    QVBoxLayout* m_column;
    QPushButton* m_another;
    QWidget* m_form;
    QLabel* m_caption;
    QLineEdit* m_name;
    QPushButton* m_add;
    MessageBar* m_message;
};

} // namespace visgate::ui
