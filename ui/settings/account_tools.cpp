// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/account_tools.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/accounts.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/language.h"
#include "ui/settings/key_card.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {

namespace {

constexpr qsizetype kMostNamed = 5;

} // namespace

AccountTools::AccountTools(const UiContext& context, ProviderAccount account, QWidget* parent)
    : Retranslated(parent), m_context(context), m_account(std::move(account)), m_caption(makeLabel(TextStyle::Caption)),
      m_name(new QLineEdit), m_rename(makeButton(ButtonKind::Normal)), m_default(makeButton(ButtonKind::Normal)),
      m_remove(makeButton(ButtonKind::Plain)), m_busy(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme))
{
    const QString name = controlName(m_account.id);
    m_name->setObjectName(name + u"Name"_s);
    m_name->setMaxLength(kLongestAccountName);
    m_rename->setObjectName(name + u"Rename"_s);
    m_default->setObjectName(name + u"Default"_s);
    m_remove->setObjectName(name + u"Remove"_s);
    m_message->button()->setObjectName(name + u"RemoveConfirm"_s);
    m_busy->hide();
    m_name->setText(m_account.name);

    auto* nameRow = makeLayout<QHBoxLayout>(1);
    nameRow->addWidget(m_name, 1);
    nameRow->addWidget(m_rename);
    auto* buttons = makeLayout<QHBoxLayout>(1);
    buttons->addWidget(m_default);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_caption);
    column->addLayout(nameRow);
    column->addWidget(m_busy);
    column->addWidget(m_message);
    column->addLayout(buttons);
    setLayout(column);

    connect(m_name, &QLineEdit::textChanged, this, &AccountTools::retranslate);
    connect(m_name, &QLineEdit::returnPressed, this, &AccountTools::rename);
    connect(m_rename, &QPushButton::clicked, this, &AccountTools::rename);
    connect(m_default, &QPushButton::clicked, this, &AccountTools::makeDefault);
    connect(m_remove, &QPushButton::clicked, this, &AccountTools::askWhatStands);
    retranslate();
}

void AccountTools::show(const ProviderAccount& account)
{
    const bool isTyping = m_name->hasFocus() && m_name->text() != m_account.name;
    m_account = account;
    if (!isTyping)
        m_name->setText(account.name);
    retranslate();
}

void AccountTools::setBusy(bool busy)
{
    m_busyNow = busy;
    m_busy->setVisible(busy);
    if (busy)
        m_message->clear();
    retranslate();
}

void AccountTools::rename()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty() || name == m_account.name || m_busyNow)
        return;
    setBusy(true);
    whenDone(m_context.service.call(RenameAccount{m_account.id, name}), this,
        [this](const Result<ProviderAccount>& renamed) {
            setBusy(false);
            if (!renamed) {
                report(renamed.error());
                return;
            }
            m_account.name = renamed->name;
            m_name->setText(renamed->name);
            Q_EMIT changed();
        });
}

void AccountTools::makeDefault()
{
    setBusy(true);
    whenDone(m_context.service.call(SetDefaultAccount{m_account.id}), this, [this](const Result<void>& chosen) {
        setBusy(false);
        if (!chosen) {
            report(chosen.error());
            return;
        }
        m_account.isDefault = true;
        retranslate();
        Q_EMIT changed();
    });
}

void AccountTools::askWhatStands()
{
    setBusy(true);
    whenDone(
        m_context.service.call(GetAccountHoldings{m_account.id}), this, [this](const Result<AccountHoldings>& held) {
            setBusy(false);
            if (!held)
                report(held.error());
            else if (held->problem && held->holdings.isEmpty())
                report(*held->problem);
            else
                askWhetherToRemove(*held);
        });
}

void AccountTools::askWhetherToRemove(const AccountHoldings& held)
{
    const bool isEmpty = held.holdings.isEmpty();
    const bool hasVolumes = std::any_of(held.holdings.cbegin(), held.holdings.cend(),
        [](const AccountHolding& holding) { return holding.kind == HoldingKind::Volume; });
    if (isEmpty) {
        m_message->say({Tone::Warning, tr("Remove “%1” from Visgate?").arg(m_account.name),
            tr("Its key is forgotten on this computer. The account itself stays at %1.").arg(m_account.provider.name),
            tr("Remove"), [this] { remove(false); }});
    } else if (hasVolumes) {
        m_message->say({Tone::Warning, tr("In “%1” there still is: %2.").arg(m_account.name, words(held)),
            tr("Delete its volumes first, on the page of the model cache: they cost money every month."), {}, {}});
    } else {
        m_message->say({Tone::Warning, tr("In “%1” there still is: %2.").arg(m_account.name, words(held)),
            tr("It must be deleted first; without the account's key nobody here could stop it. Pictures that were made "
               "stay."),
            tr("Delete it and remove the account"), [this] { remove(true); }});
    }
    m_message->button()->setFocus();
}

QString AccountTools::words(const AccountHoldings& held) const
{
    QStringList names;
    for (const AccountHolding& holding : held.holdings.mid(0, kMostNamed))
        names.append(holding.name.isEmpty() ? holding.id : holding.name);
    const qsizetype more = held.holdings.size() - names.size();
    if (more > 0)
        names.append(tr("%n more", nullptr, static_cast<int>(more)));
    return names.join(u", "_s);
}

void AccountTools::remove(bool endsWhatRuns)
{
    setBusy(true);
    whenDone(
        m_context.service.call(RemoveAccount{m_account.id, endsWhatRuns}), this, [this](const Result<void>& removed) {
            setBusy(false);
            if (removed)
                Q_EMIT changed(); // the list of accounts takes this card away
            else
                report(removed.error());
        });
}

void AccountTools::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
}

void AccountTools::retranslate()
{
    m_caption->setText(m_account.isDefault ? tr("Name. This is the account that is chosen first.") : tr("Name"));
    m_name->setAccessibleName(tr("Name of the account %1").arg(m_account.name));
    m_rename->setText(tr("Rename"));
    m_rename->setAccessibleName(tr("Rename the account %1").arg(m_account.name));
    const QString typed = m_name->text().trimmed();
    m_rename->setEnabled(!m_busyNow && !typed.isEmpty() && typed != m_account.name);
    m_default->setText(tr("Choose it first"));
    m_default->setAccessibleName(tr("Choose the account %1 first").arg(m_account.name));
    m_default->setToolTip(tr("It stands first wherever an account is chosen, and is meant where none is named."));
    m_default->setVisible(!m_account.isDefault);
    m_default->setEnabled(!m_busyNow);
    m_remove->setText(tr("Remove account"));
    m_remove->setAccessibleName(tr("Remove the account %1").arg(m_account.name));
    m_remove->setVisible(!m_account.id.isFirst());
    m_remove->setEnabled(!m_busyNow);
}

} // namespace visgate::ui
