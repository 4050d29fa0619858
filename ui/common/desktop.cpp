// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/desktop.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>

using namespace Qt::StringLiterals;

namespace visgate::ui {

void SystemDesktop::askSavePath(
    QWidget* parent, const QString& title, const QString& suggestedPath, std::function<void(QString)> then)
{
    auto* dialog = new QFileDialog(parent, title, QFileInfo(suggestedPath).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QFileInfo(suggestedPath).suffix());
    dialog->selectFile(QFileInfo(suggestedPath).fileName());
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(then));
    dialog->open();
}

void SystemDesktop::askOpenPath(QWidget* parent, const QString& title, const QString& folder, const QString& filter,
    std::function<void(QString)> then)
{
    auto* dialog = new QFileDialog(parent, title, folder, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(then));
    dialog->open();
}

void SystemDesktop::openUrl(const QUrl& url)
{
    QDesktopServices::openUrl(url);
}

void SystemDesktop::showFile(const QString& path)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
}

void SystemDesktop::copyText(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

void SystemDesktop::copyImage(const QImage& image)
{
    QGuiApplication::clipboard()->setImage(image);
}

} // namespace visgate::ui
