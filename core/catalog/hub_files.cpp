// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a model: which are needed, how large they are, their bytes.
#include "core/catalog/hub_client.h"

#include <QRegularExpression>

#include <limits>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

using QCoro::Task;

constexpr auto kPartTimeout = std::chrono::minutes(5);

/// A sum in hex, in quotes or not; empty for another kind of tag.
QString sumOf(const QByteArray& tag)
{
    static const QRegularExpression sum(u"^\"?([0-9a-f]{64})\"?$"_s);
    return sum.match(QString::fromLatin1(tag)).captured(1);
}

Task<Result<HubFiles>> filesOf(
    Task<Result<hub::Model>> call, HubClient* client, std::weak_ptr<const bool> alive, HubClient::Token token)
{
    auto model = co_await call;
    if (!model)
        co_return fail(std::move(model.error()));
    if (alive.expired())
        co_return fail(ErrorCode::Cancelled);
    auto index = co_await client->pipelineIndex(model->id, model->commit, token);
    if (!index)
        co_return fail(std::move(index.error()));
    HubFiles files;
    files.revision = model->commit;
    const QList<hub::File> needed = hub::filesToLoad(model->files, index->components);
    for (const hub::File& file : needed)
        files.paths.append(file.path);
    co_return files;
}

Task<Result<HubFile>> infoOf(Task<Result<HttpReply>> call, QString path)
{
    auto reply = co_await call;
    if (!reply)
        co_return fail(std::move(reply.error()));
    const bool isThere = reply->isSuccess() || reply->status == 302 || reply->status == 307;
    if (!isThere)
        co_return fail(Error{
            reply->status == 401 || reply->status == 403 ? ErrorCode::LicenceNotAccepted : ErrorCode::UnexpectedReply,
            path.toStdString(), reply->status, {}, {}});
    HubFile file;
    file.path = path;
    const QByteArray linked = reply->header("x-linked-size");
    bool isNumber = false;
    file.bytes = (linked.isEmpty() ? reply->header("content-length") : linked).toLongLong(&isNumber);
    if (!isNumber || file.bytes < 0)
        co_return fail(ErrorCode::UnexpectedReply, path.toStdString() + ": no size");
    file.sha256 = sumOf(reply->header("x-linked-etag"));
    co_return file;
}

Task<Result<QByteArray>> bytesOf(Task<Result<HttpReply>> call, QString path, qint64 from, qint64 count)
{
    auto reply = co_await call;
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (reply->status == 200 && from == 0 && reply->body.size() == count)
        co_return reply->body;
    if (reply->status != 206 || reply->body.size() != count)
        co_return fail(Error{reply->status >= 500 ? ErrorCode::ProviderFailed : ErrorCode::UnexpectedReply,
            path.toStdString() + ": not the part that was asked for", reply->status, {}, {}});
    co_return reply->body;
}

} // namespace

Task<Result<HubFiles>> HubClient::files(QString id, QString revision, Token token)
{
    return filesOf(model(id, revision, token), this, m_alive, token);
}

Task<Result<HubFile>> HubClient::fileInfo(QString id, QString revision, QString path, Token token)
{
    HttpRequest request = get(u"/%1/resolve/%2/%3"_s.arg(id, revision, path), token);
    request.method = "HEAD";
    request.followRedirects = false; // the size and the sum stand beside the redirect
    request.maxReplyBytes = std::numeric_limits<qint64>::max();
    return infoOf(m_http.send(std::move(request)), path);
}

Task<Result<QByteArray>> HubClient::fileBytes(
    QString id, QString revision, QString path, qint64 from, qint64 count, Token token)
{
    HttpRequest request = get(u"/%1/resolve/%2/%3"_s.arg(id, revision, path), token);
    request.headers.append({"Range", "bytes=" + QByteArray::number(from) + '-' + QByteArray::number(from + count - 1)});
    request.maxReplyBytes = count + 1024;
    request.timeout = kPartTimeout;
    return bytesOf(m_http.send(std::move(request)), path, from, count);
}

} // namespace visgate
