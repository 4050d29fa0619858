// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_save_bar.h"

#include "ui/common/desktop.h"
#include "ui/common/language.h"
#include "ui/common/ui_settings.h"
#include "ui/logs/log_saver.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/widgets.h"

#include <QDate>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr qsizetype longestName = 80;

/// The system's own reason, which fileError() has put behind the path.
QString reasonOf(const Error& error)
{
    const QString detail = QString::fromStdString(error.detail);
    const QString path
        = QString::fromStdString(error.arguments.empty() ? std::string() : error.arguments.front()) + u": "_s;
    return detail.startsWith(path) ? detail.mid(path.size()) : QString();
}

} // namespace

QString logFileName(const QString& name, const QDate& date)
{
    QString safe = name.left(longestName);
    const auto isKept
        = [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u' ' || c == u'.'; };
    std::replace_if(
        safe.begin(), safe.end(), [&](QChar c) { return !isKept(c); }, QChar(u'-'));
    while (safe.startsWith(u'.') || safe.startsWith(u' '))
        safe.remove(0, 1);
    return safe + (safe.isEmpty() ? QString() : u" "_s) + date.toString(Qt::ISODate) + u".txt"_s;
}

LogSaveBar::LogSaveBar(const UiContext& context, LogSource& source, QWidget* parent)
    : Retranslated(parent), m_context(context), m_source(source), m_label(makeLabel(TextStyle::Caption)),
      m_share(new BusyBar(context.theme)), m_cancel(makeButton(ButtonKind::Plain))
{
    m_cancel->setObjectName(u"cancelSaveLog"_s);
    auto* row = makeLayout<QHBoxLayout>(1);
    row->addWidget(m_label);
    row->addWidget(m_share, 1);
    row->addWidget(m_cancel);
    setLayout(row);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_saver)
            m_saver->cancel();
    });
    hide();
    retranslate();
}

bool LogSaveBar::isSaving() const
{
    return m_saver != nullptr;
}

void LogSaveBar::ask(const QList<DeploymentId>& ids, const QStringList& names)
{
    if (ids.isEmpty() || isSaving())
        return;
    const QString name = names.size() == 1 ? names.first() : tr("Log of several deployments");
    const QString suggested
        = QDir(m_context.settings.savedLogFolder()).filePath(logFileName(name, QDate::currentDate()));
    m_context.desktop.askSavePath(this, tr("Save the log"), suggested, [this, ids, names](const QString& path) {
        m_context.settings.setSavedLogFolder(QFileInfo(path).path());
        if (!isSaving())
            begin(ids, names, path);
    });
}

void LogSaveBar::begin(const QList<DeploymentId>& ids, const QStringList& names, const QString& path)
{
    m_saver = new LogSaver(m_source, ids, LogText(m_context.language.format(), names), this);
    connect(m_saver, &LogSaver::progressed, m_share, &BusyBar::setShare);
    connect(m_saver, &LogSaver::saved, this, [this](const QString& file, qint64 lines) {
        end(tr("%n line(s) saved as %1", nullptr, static_cast<int>(lines)).arg(QDir::toNativeSeparators(file)));
    });
    connect(m_saver, &LogSaver::failed, this, [this](const Error& error) {
        const QString reason = reasonOf(error);
        const QString sentence = m_context.language.format().describe(error).message;
        end(tr("The log was not saved. %1").arg(reason.isEmpty() ? sentence : sentence + u" ("_s + reason + u')'));
    });
    connect(m_saver, &LogSaver::cancelled, this, [this] { end(tr("The log was not saved: you stopped it.")); });
    m_share->setShare(0.0);
    show();
    m_saver->begin(path);
    Q_EMIT savingChanged();
}

void LogSaveBar::end(const QString& sentence)
{
    m_saver->deleteLater();
    m_saver.clear();
    hide();
    Q_EMIT savingChanged();
    Q_EMIT said(sentence);
}

void LogSaveBar::retranslate()
{
    m_label->setText(tr("Saving …"));
    m_share->setAccessibleName(tr("How much of the log is saved"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Stop saving the log"));
}

} // namespace visgate::ui
