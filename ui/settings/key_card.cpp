// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/key_card.h"

#include "core/domain/errors/error_catalog.h"
#include "core/foundation/secret.h"
#include "core/operations/keys.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/desktop.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/long_wait.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

QUrl keyPage(KeyKind kind)
{
    return kind == KeyKind::Runpod ? QUrl(u"https://console.runpod.io/user/settings"_s)
                                   : QUrl(u"https://huggingface.co/settings/tokens"_s);
}

} // namespace

QString controlName(const AccountId& account)
{
    QString name = account.provider();
    const QString word = account.text().mid(name.size() + 1);
    return name + word.left(1).toUpper() + word.mid(1);
}

KeyCard::KeyCard(const UiContext& context, KeyKind kind, AccountId account, QWidget* parent)
    : Retranslated(parent), m_context(context), m_kind(kind), m_account(std::move(account)),
      m_title(makeLabel(TextStyle::Heading)), m_badge(new Badge(context.theme)), m_purpose(makeLabel(TextStyle::Muted)),
      m_steps(makeLabel(TextStyle::Body)), m_page(makeButton(ButtonKind::Normal, context.theme.icon(u"external"_s))),
      m_field(new QLineEdit), m_save(makeButton(ButtonKind::Primary)), m_sessionOnly(new QCheckBox),
      m_where(makeLabel(TextStyle::Caption)), m_check(makeButton(ButtonKind::Normal)),
      m_forget(makeButton(ButtonKind::Plain)), m_busy(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme)), m_wait(new LongWait(*m_message, this))
{
    m_state.kind = kind;
    const QString name = kind == KeyKind::Runpod ? controlName(m_account) : u"hf"_s;
    setProperty("frame-kind", u"card"_s);
    m_field->setObjectName(name + u"Key"_s);
    m_field->setEchoMode(QLineEdit::Password);
    m_save->setObjectName(name + u"Save"_s);
    m_check->setObjectName(name + u"Check"_s);
    m_forget->setObjectName(name + u"Forget"_s);
    m_page->setObjectName(name + u"Page"_s);
    m_sessionOnly->setObjectName(name + u"SessionOnly"_s);
    m_message->button()->setObjectName(name + u"Remedy"_s);
    m_busy->hide();

    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_badge);
    auto* pageRow = makeLayout<QHBoxLayout>(0);
    pageRow->addWidget(m_page);
    pageRow->addStretch(1);
    auto* fieldRow = makeLayout<QHBoxLayout>(1);
    fieldRow->addWidget(m_field, 1);
    fieldRow->addWidget(m_save);
    auto* buttons = makeLayout<QHBoxLayout>(1);
    buttons->addWidget(m_check);
    buttons->addWidget(m_forget);
    buttons->addStretch(1);
    auto* column = makeLayout<QVBoxLayout>(1.5, metrics::cardPadding);
    column->addLayout(head);
    column->addWidget(m_purpose);
    column->addWidget(m_steps);
    column->addLayout(pageRow);
    column->addLayout(fieldRow);
    column->addWidget(m_sessionOnly);
    column->addWidget(m_where);
    column->addWidget(m_busy);
    column->addWidget(m_message);
    column->addLayout(buttons);
    setLayout(column);

    connect(m_page, &QPushButton::clicked, this, [this] { m_context.desktop.openUrl(keyPage(m_kind)); });
    connect(m_field, &QLineEdit::textChanged, this, &KeyCard::retranslate);
    connect(m_field, &QLineEdit::returnPressed, this, &KeyCard::save);
    connect(m_save, &QPushButton::clicked, this, &KeyCard::save);
    connect(m_check, &QPushButton::clicked, this, &KeyCard::check);
    connect(m_forget, &QPushButton::clicked, this, &KeyCard::forget);
    retranslate();
}

void KeyCard::show(const KeyState& state)
{
    m_state = state;
    retranslate();
}

void KeyCard::setAccountName(const QString& name)
{
    m_accountName = name;
    retranslate();
}

void KeyCard::addFoot(QWidget* foot)
{
    static_cast<QVBoxLayout*>(layout())->addWidget(foot);
}

void KeyCard::startPaste(bool sessionOnly)
{
    if (sessionOnly)
        m_sessionOnly->setChecked(true);
    m_field->setFocus();
}

void KeyCard::setBusy(bool busy)
{
    m_busyNow = busy;
    m_busy->setVisible(busy);
    if (busy) {
        m_message->clear();
        m_wait->begin(tr("%1 or the keychain").arg(m_kind == KeyKind::HuggingFace ? u"Hugging Face"_s : u"Runpod"_s));
    } else {
        m_wait->end();
    }
    retranslate();
}

void KeyCard::save()
{
    const QString text = m_field->text().trimmed();
    if (text.isEmpty() || m_busyNow)
        return;
    store(std::make_shared<const Secret>(text.toStdString()));
}

void KeyCard::store(std::shared_ptr<const Secret> key)
{
    setBusy(true);
    m_unstored.reset();
    whenDone(m_context.service.call(SetKey{m_kind, key, m_sessionOnly->isChecked(), m_account}), this,
        [this, key](const Result<KeyState>& state) {
            setBusy(false);
            if (!state) {
                // Good for another place, or another try, of which the message speaks.
                const ErrorCode code = state.error().code;
                if (code == ErrorCode::KeychainLocked || code == ErrorCode::KeychainUnavailable)
                    m_unstored = key;
                report(state.error()); // what was pasted stays, for another try
                return;
            }
            m_field->clear();
            show(*state);
            const bool leadsOn = m_leadsOn && m_kind == KeyKind::Runpod;
            m_message->say({Tone::Good, tr("The key was accepted and stored."), {},
                leadsOn ? tr("Choose a model") : QString(), [this] { Q_EMIT modelsWanted(); }});
            Q_EMIT changed();
        });
}

void KeyCard::check()
{
    setBusy(true);
    whenDone(m_context.service.call(CheckKey{m_kind, m_account}), this, [this](const Result<void>& checked) {
        setBusy(false);
        if (checked)
            m_message->say({Tone::Good, tr("The key works."), {}, {}, {}});
        else
            report(checked.error());
    });
}

void KeyCard::forget()
{
    setBusy(true);
    whenDone(m_context.service.call(ForgetKey{m_kind, m_account}), this, [this](const Result<void>& forgotten) {
        setBusy(false);
        if (!forgotten) {
            report(forgotten.error());
            return;
        }
        m_state.present = false;
        m_state.problem.reset();
        retranslate();
        m_message->say({Tone::Neutral, tr("The key was forgotten on this computer."), {}, {}, {}});
        Q_EMIT changed();
    });
}

void KeyCard::unlock()
{
    setBusy(true);
    whenDone(m_context.service.call(UnlockKeychain{}), this, [this](const Result<void>& unlocked) {
        setBusy(false);
        if (!unlocked)
            report(unlocked.error());
        else if (m_unstored)
            store(m_unstored);
        Q_EMIT changed();
    });
}

void KeyCard::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    const auto act = [this, action = text.action] {
        switch (action) {
        case RemedyAction::UseSessionKey:
            startPaste(true);
            if (m_unstored)
                store(m_unstored);
            break;
        case RemedyAction::UnlockKeychain:
            unlock();
            break;
        case RemedyAction::OpenProviderKeyPage:
            m_context.desktop.openUrl(keyPage(m_kind));
            break;
        case RemedyAction::PasteProviderKey:
        case RemedyAction::PasteHubToken:
            startPaste(false);
            break;
        default: // the network, say: what was pasted is tried again
            m_field->text().trimmed().isEmpty() ? check() : save();
        }
    };
    m_message->say({Tone::Bad, text.message, text.remedy, text.button, act});
}

void KeyCard::nameControls()
{
    if (m_kind == KeyKind::HuggingFace) {
        m_title->setText(tr("Hugging Face token"));
        m_field->setAccessibleName(tr("Hugging Face token"));
        m_save->setAccessibleName(tr("Check and store the token"));
        m_check->setAccessibleName(tr("Check the token"));
        m_forget->setAccessibleName(tr("Forget the token"));
    } else if (m_accountName.isEmpty()) {
        m_title->setText(tr("Runpod key"));
        m_field->setAccessibleName(tr("Runpod key"));
        m_save->setAccessibleName(tr("Check and store the Runpod key"));
        m_check->setAccessibleName(tr("Check the Runpod key"));
        m_forget->setAccessibleName(tr("Forget the Runpod key"));
    } else {
        m_title->setText(tr("Runpod account: %1").arg(m_accountName));
        m_field->setAccessibleName(tr("Runpod key of %1").arg(m_accountName));
        m_save->setAccessibleName(tr("Check and store the Runpod key of %1").arg(m_accountName));
        m_check->setAccessibleName(tr("Check the Runpod key of %1").arg(m_accountName));
        m_forget->setAccessibleName(tr("Forget the Runpod key of %1").arg(m_accountName));
    }
}

void KeyCard::retranslate()
{
    const bool runpod = m_kind == KeyKind::Runpod;
    nameControls();
    m_purpose->setText(runpod ? tr("Visgate uses it to rent GPUs on your account. It never leaves this computer "
                                   "except to Runpod, and no GPU machine ever sees it.")
                              : tr("Only needed for models whose licence must be accepted first."));
    m_steps->setText(runpod ? tr("1.  Sign in at Runpod and add some credit.\n"
                                 "2.  On the key page choose “Create API key”, give it a name and the right to read "
                                 "and write Serverless.\n"
                                 "3.  Copy the key and paste it here.")
                            : tr("1.  Sign in at Hugging Face and open the token page.\n"
                                 "2.  Create a token of the kind “Read”.\n"
                                 "3.  Copy it and paste it here."));
    m_steps->setVisible(!m_state.present && !m_state.problem);
    m_page->setText(runpod ? tr("Open Runpod's key page") : tr("Open the token page"));
    m_field->setPlaceholderText(m_state.present ? tr("Paste another key to replace it") : tr("Paste the key here"));
    m_save->setText(tr("Check and store"));
    m_save->setEnabled(!m_busyNow && !m_field->text().trimmed().isEmpty());
    m_sessionOnly->setText(tr("Only for this session"));
    m_sessionOnly->setToolTip(tr("The key is forgotten when Visgate is closed."));
    m_check->setText(tr("Check"));
    m_forget->setText(tr("Forget"));
    m_check->setVisible(m_state.present);
    m_forget->setVisible(m_state.present);
    m_check->setEnabled(!m_busyNow);
    m_forget->setEnabled(!m_busyNow);
    if (m_state.problem) {
        m_badge->show(Tone::Warning, u"key"_s, tr("Could not be read"));
        m_where->setText(m_context.language.format().describe(*m_state.problem).message);
    } else if (!m_state.present) {
        m_badge->show(Tone::Neutral, u"key"_s, tr("No key"));
        m_where->setText(tr("It will be kept in the keychain of this computer, never in a file. For this session only: "
                            "it stays in memory and is gone when Visgate closes."));
    } else if (m_state.sessionOnly) {
        m_badge->show(Tone::Warning, u"clock"_s, tr("This session only"));
        m_where->setText(tr("Kept in memory and gone when Visgate closes."));
    } else {
        m_badge->show(Tone::Good, u"ready"_s, tr("Stored"));
        m_where->setText(tr("Kept in: %1.").arg(m_state.backend));
    }
}

} // namespace visgate::ui
