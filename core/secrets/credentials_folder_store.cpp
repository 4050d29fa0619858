// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/credentials_folder_store.h"

#include "core/base/platform/user.h"
#include "core/foundation/file_error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 MaxSecretBytes = 64 * 1024;

} // namespace

CredentialsFolderStore::CredentialsFolderStore(QString folder) : m_folder(std::move(folder)) { }

QCoro::Task<Result<std::optional<Secret>>> CredentialsFolderStore::read(QString name)
{
    QFile file(QDir(m_folder).filePath(name));
    if (!file.exists())
        co_return std::optional<Secret>();
    if (platform::isOpenToOthers(file.fileName()))
        co_return fail(fileError(ErrorCode::FileUnreadable, file.fileName().toStdString(), "may be read by others"));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        co_return fail(fileError(ErrorCode::FileUnreadable, file.fileName().toStdString()));
    QByteArray bytes = file.read(MaxSecretBytes);
    std::string value = bytes.toStdString();
    bytes.fill('\0');
    if (!value.empty() && value.back() == '\n')
        value.pop_back();
    co_return std::optional<Secret>(Secret(std::move(value)));
}

QCoro::Task<Result<void>> CredentialsFolderStore::write(QString name, Secret)
{
    co_return fail(fileError(ErrorCode::FileUnwritable, QDir(m_folder).filePath(name).toStdString()));
}

QCoro::Task<Result<void>> CredentialsFolderStore::remove(QString name)
{
    co_return fail(fileError(ErrorCode::FileUnwritable, QDir(m_folder).filePath(name).toStdString()));
}

QCoro::Task<Result<void>> CredentialsFolderStore::probe()
{
    const QFileInfo info(m_folder);
    if (m_folder.isEmpty() || !info.isDir() || !info.isReadable())
        co_return fail(fileError(ErrorCode::FileUnreadable, m_folder.toStdString()));
    co_return Result<void>();
}

QString CredentialsFolderStore::backendName() const
{
    return u"credentials folder"_s;
}

} // namespace visgate
