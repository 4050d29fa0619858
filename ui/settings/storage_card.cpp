// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/storage_card.h"

#include "core/domain/errors/error_catalog.h"
#include "core/foundation/secret.h"
#include "core/operations/keys.h"
#include "core/operations/storage.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr std::array fieldNames{"endpoint", "region", "bucket", "prefix", "key_id", "secret_key"};
constexpr std::array fieldObjects{
    "storageEndpoint", "storageRegion", "storageBucket", "storagePrefix", "storageKeyId", "storageSecret"};

} // namespace

StorageCard::StorageCard(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_rows(), m_title(makeLabel(TextStyle::Heading)),
      m_badge(new Badge(context.theme)), m_purpose(makeLabel(TextStyle::Muted)), m_sessionOnly(new QCheckBox),
      m_where(makeLabel(TextStyle::Caption)), m_save(makeButton(ButtonKind::Primary)),
      m_test(makeButton(ButtonKind::Normal)), m_forget(makeButton(ButtonKind::Plain)),
      m_testNote(makeLabel(TextStyle::Caption)), m_busy(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme))
{
    setProperty("frame-kind", u"card"_s);
    m_sessionOnly->setObjectName(u"storageSessionOnly"_s);
    m_save->setObjectName(u"storageSave"_s);
    m_test->setObjectName(u"storageTest"_s);
    m_forget->setObjectName(u"storageForget"_s);
    m_busy->hide();

    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_badge);
    auto* buttons = makeLayout<QHBoxLayout>(1);
    buttons->addWidget(m_save);
    buttons->addWidget(m_test);
    buttons->addWidget(m_forget);
    buttons->addStretch(1);
    auto* column = makeLayout<QVBoxLayout>(1.5, metrics::cardPadding);
    column->addLayout(head);
    column->addWidget(m_purpose);
    column->addLayout(makeRow(Endpoint));
    column->addLayout(makePair(Region, Bucket));
    column->addLayout(makeRow(Prefix));
    column->addLayout(makePair(KeyId, SecretKey));
    column->addWidget(m_sessionOnly);
    column->addWidget(m_where);
    column->addWidget(m_busy);
    column->addWidget(m_message);
    column->addLayout(buttons);
    column->addWidget(m_testNote);
    setLayout(column);
    row(SecretKey).edit->setEchoMode(QLineEdit::Password);

    connect(m_save, &QPushButton::clicked, this, &StorageCard::save);
    connect(m_test, &QPushButton::clicked, this, &StorageCard::test);
    connect(m_forget, &QPushButton::clicked, this, &StorageCard::forget);
    retranslate();
    reload();
}

QVBoxLayout* StorageCard::makeRow(Field field)
{
    const auto index = static_cast<std::size_t>(field);
    Row& made = m_rows.at(index);
    made = {fieldNames.at(index), makeLabel(TextStyle::Body), new QLineEdit, makeLabel(TextStyle::Caption)};
    made.edit->setObjectName(QString::fromLatin1(fieldObjects.at(index)));
    made.problem->setProperty("tone", u"bad"_s);
    made.problem->setObjectName(made.edit->objectName() + u"Problem"_s);
    made.problem->hide();
    connect(made.edit, &QLineEdit::textChanged, this, [this, field] {
        if (m_marked == field)
            unmark();
        retranslate();
    });
    connect(made.edit, &QLineEdit::returnPressed, this, &StorageCard::save);
    auto* layout = makeLayout<QVBoxLayout>(0.5);
    layout->addWidget(made.caption);
    layout->addWidget(made.edit);
    layout->addWidget(made.problem);
    layout->addStretch(1);
    return layout;
}

QHBoxLayout* StorageCard::makePair(Field left, Field right)
{
    auto* pair = makeLayout<QHBoxLayout>(2);
    pair->addLayout(makeRow(left), 1);
    pair->addLayout(makeRow(right), 1);
    return pair;
}

void StorageCard::startEdit()
{
    row(Endpoint).edit->setFocus();
    row(Endpoint).edit->selectAll();
}

void StorageCard::reload()
{
    whenDone(m_context.service.call(GetStorage{}), this, [this](const Result<StorageState>& state) {
        if (!state)
            report(state.error(), [this] { reload(); });
        else if (isChanged())
            m_state = *state; // what is being typed stays
        else
            take(*state);
        retranslate();
    });
}

void StorageCard::take(const StorageState& state)
{
    m_state = state;
    row(Endpoint).edit->setText(state.settings.endpoint.toString());
    row(Region).edit->setText(state.settings.region);
    row(Bucket).edit->setText(state.settings.bucket);
    row(Prefix).edit->setText(state.settings.prefix);
    row(KeyId).edit->setText(state.accessKeyId);
    retranslate();
}

QString StorageCard::text(Field field) const
{
    return m_rows.at(static_cast<std::size_t>(field)).edit->text().trimmed();
}

StorageSettings StorageCard::typed() const
{
    return storageFromText(text(Endpoint), text(Region), text(Bucket), text(Prefix));
}

bool StorageCard::isChanged() const
{
    return text(Endpoint) != m_state.settings.endpoint.toString() || typed() != m_state.settings
        || text(KeyId) != m_state.accessKeyId || !text(SecretKey).isEmpty();
}

QString StorageCard::fieldToMend() const
{
    if (QString bad = firstBadField(typed()); !bad.isEmpty())
        return bad;
    if (text(KeyId).isEmpty())
        return QString::fromLatin1(fieldNames[KeyId]);
    // The stored secret belongs to the stored id.
    const bool needsSecret = !m_state.hasKeys || text(KeyId) != m_state.accessKeyId;
    return needsSecret && text(SecretKey).isEmpty() ? QString::fromLatin1(fieldNames[SecretKey]) : QString();
}

bool StorageCard::mark(const QString& name)
{
    unmark();
    for (int field = Endpoint; field < FieldCount; ++field) {
        const Row& marked = row(static_cast<Field>(field));
        if (name != QLatin1StringView(marked.name))
            continue;
        m_marked = field;
        retranslate();
        setStyleProperty(marked.edit, "tone", u"bad"_s);
        marked.problem->show();
        marked.edit->setFocus();
        marked.edit->selectAll();
        return true;
    }
    return false;
}

void StorageCard::unmark()
{
    if (m_marked < 0)
        return;
    const Row& marked = row(static_cast<Field>(std::exchange(m_marked, -1)));
    setStyleProperty(marked.edit, "tone", QVariant());
    marked.edit->setAccessibleDescription({});
    marked.problem->hide();
}

void StorageCard::save()
{
    if (m_busyNow || !isChanged())
        return;
    m_message->clear();
    // Before the secret is taken out of its field, so that it need not be typed again.
    if (mark(fieldToMend()))
        return;
    StorageKeys keys{text(KeyId), nullptr};
    if (std::string secret = text(SecretKey).toStdString(); !secret.empty())
        keys.secretKey = std::make_shared<const Secret>(std::move(secret));
    row(SecretKey).edit->clear();
    setBusy(true);
    whenDone(m_context.service.call(SetStorage{typed(), std::move(keys), m_sessionOnly->isChecked()}), this,
        [this](const Result<StorageState>& state) {
            setBusy(false);
            if (!state) {
                report(state.error(), {});
                return;
            }
            take(*state);
            m_message->say({Tone::Good, tr("Stored. Test it before something big is made."), {}, {}, {}});
        });
}

void StorageCard::test()
{
    if (m_busyNow)
        return;
    setBusy(true);
    whenDone(m_context.service.call(TestStorage{}), this, [this](const Result<void>& tested) {
        setBusy(false);
        if (tested)
            m_message->say({Tone::Good, tr("The bucket works: it takes, gives back and deletes."), {}, {}, {}});
        else
            report(tested.error(), [this] { test(); });
    });
}

void StorageCard::forget()
{
    if (m_busyNow)
        return;
    setBusy(true);
    whenDone(m_context.service.call(ForgetStorage{}), this, [this](const Result<void>& forgotten) {
        setBusy(false);
        if (!forgotten) {
            report(forgotten.error(), [this] { forget(); });
            return;
        }
        row(SecretKey).edit->clear();
        startEdit(); // the button that was pressed is about to go
        take({});
        m_message->say(
            {Tone::Neutral, tr("The bucket was forgotten on this computer; what lies in it stays."), {}, {}, {}});
    });
}

void StorageCard::setBusy(bool busy)
{
    m_busyNow = busy;
    m_busy->setVisible(busy);
    if (busy) {
        m_message->clear();
        unmark();
    }
    retranslate();
}

void StorageCard::report(const Error& error, const std::function<void()>& again)
{
    const std::string field = error.arguments.empty() ? error.detail : error.arguments.front();
    if (error.code == ErrorCode::InvalidRequest && mark(QString::fromStdString(field)))
        return;
    const ErrorText text = m_context.language.format().describe(error);
    if (text.action == RemedyAction::UseSessionKey) {
        m_message->say({Tone::Bad, text.message, text.remedy, text.button, [this] {
                            m_sessionOnly->setChecked(true);
                            row(SecretKey).edit->setFocus();
                        }});
        return;
    }
    if (text.action == RemedyAction::UnlockKeychain) {
        m_message->say(
            {Tone::Bad, text.message, text.remedy, text.button, [this, again] {
                 whenDone(m_context.service.call(UnlockKeychain{}), this, [this, again](const Result<void>& done) {
                     if (!done)
                         report(done.error(), again);
                     else if (again)
                         again();
                     else
                         m_message->clear();
                 });
             }});
        return;
    }
    const bool mayHelp = text.action == RemedyAction::Retry || text.action == RemedyAction::CheckNetwork;
    m_message->say({Tone::Bad, text.message, text.remedy, mayHelp && again ? text.button : QString(), again});
}

void StorageCard::nameField(Field field, const QString& caption, const QString& placeholder)
{
    const Row& named = row(field);
    named.caption->setText(caption);
    named.caption->setBuddy(named.edit);
    named.edit->setAccessibleName(caption);
    named.edit->setPlaceholderText(placeholder);
    if (m_marked == field) {
        named.problem->setText(problemOf(field));
        named.edit->setAccessibleDescription(named.problem->text());
    }
}

QString StorageCard::problemOf(Field field) const
{
    switch (field) {
    case Endpoint:
        return tr("The address must begin with https:// and name the S3 service, without the bucket.");
    case Region:
        return tr("The region must be one word, such as eu-central-1 or auto.");
    case Bucket:
        return tr("The bucket's name must have 2 to 63 letters, digits, dots or hyphens.");
    case Prefix:
        return tr("The prefix may have at most 200 letters, digits, spaces, dots, hyphens and slashes, and no “..”.");
    case KeyId:
        return tr("The key id is missing.");
    case SecretKey:
        return m_state.hasKeys ? tr("Another key id needs its own secret key.") : tr("The secret key is missing.");
    case FieldCount:
        break;
    }
    return {};
}

void StorageCard::retranslate()
{
    const bool isSet = m_state.settings.isSet();
    m_title->setText(tr("Storage"));
    m_purpose->setText(
        tr("Pictures up to about 7 MB come back directly; bigger results, such as videos, need an S3 bucket "
           "of your own. GPU machines never get its key: each job brings addresses that are signed for "
           "its own results."));
    nameField(Endpoint, tr("Address of the S3 service"),
        tr("For example %1").arg(u"https://s3.eu-central-1.amazonaws.com"_s));
    nameField(Region, tr("Region"), tr("For example %1").arg(u"eu-central-1"_s));
    nameField(Bucket, tr("Bucket"), tr("Name of the bucket"));
    nameField(Prefix, tr("Prefix of every name"), tr("For example %1").arg(u"visgate/"_s));
    nameField(KeyId, tr("Key id"), tr("The public half of the key"));
    nameField(SecretKey, tr("Secret key"),
        m_state.hasKeys ? tr("Stored; paste another one to replace it") : tr("Paste the secret key here"));
    m_sessionOnly->setText(tr("Only for this session"));
    m_sessionOnly->setToolTip(tr("The key is forgotten when Visgate is closed."));
    m_sessionOnly->setAccessibleName(tr("Keep the storage key only for this session"));
    m_where->setText(
        tr("The key will be kept in the keychain of this computer, never in a file. For this session only: it "
           "stays in memory and is gone when Visgate closes."));
    m_where->setVisible(!m_state.hasKeys);
    // Buttons stay enabled while they work, for a disabled one loses the keyboard's focus; what was stored is tested
    // next.
    m_test->setText(tr("Test"));
    m_test->setAccessibleName(tr("Test the bucket"));
    m_test->setVisible(isSet);
    m_test->setEnabled(!isChanged()); // what is tested is what is stored
    m_testNote->setText(tr("The test writes a small object, reads it back and deletes it."));
    m_testNote->setVisible(isSet);
    m_forget->setText(tr("Forget"));
    m_forget->setAccessibleName(tr("Forget the bucket"));
    m_forget->setVisible(isSet);
    m_save->setText(tr("Store"));
    m_save->setAccessibleName(tr("Store the bucket"));
    m_save->setEnabled(isChanged());
    if (!isSet)
        m_badge->show(Tone::Neutral, u"disk"_s, tr("Not set"));
    else if (!m_state.hasKeys)
        m_badge->show(Tone::Warning, u"key"_s, tr("Key missing"));
    else
        m_badge->show(Tone::Good, u"ready"_s, tr("Set"));
}

} // namespace visgate::ui
