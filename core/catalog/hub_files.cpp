// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a model: which are needed, how large they are, their bytes.
#include "core/catalog/hub_client.h"
#include "core/catalog/hub_reference.h"
#include "core/catalog/hub_refusal.h"

#include <QRegularExpression>

#include <limits>
#include <utility>
#include <vector>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

using QCoro::Task;

// Nobody watches a part arrive, and the fill goes on for hours: more patience than for a question.
constexpr auto kPartTimeout = std::chrono::minutes(5);
constexpr auto kPartAnswer = std::chrono::seconds(60);
constexpr int kPartAttempts = 3;
constexpr qint64 kLargestIndex = 8 * 1024 * 1024;

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
    if (alive.expired())
        co_return fail(ErrorCode::Cancelled);
    auto lists = co_await client->shardLists(*model, index->components, token);
    if (!lists)
        co_return fail(std::move(lists.error()));
    HubFiles files;
    files.revision = model->commit;
    const QList<hub::File> needed = hub::filesToLoad(model->files, index->components, *lists);
    if (!isPlainFilePath(files.revision) || files.revision.contains(u'/'))
        co_return fail(ErrorCode::UnexpectedReply, "a commit that is none: " + files.revision.left(80).toStdString());
    for (const hub::File& file : needed) {
        if (!isPlainFilePath(file.path))
            co_return fail(
                ErrorCode::UnexpectedReply, "a file outside its folder: " + file.path.left(80).toStdString());
        files.paths.append(file.path);
    }
    co_return files;
}

Task<Result<HubFile>> infoOf(Task<Result<HttpReply>> call, QString id, QString path)
{
    auto reply = co_await call;
    if (!reply)
        co_return fail(std::move(reply.error()));
    const bool isThere = reply->isSuccess() || reply->status == 302 || reply->status == 307;
    if (!isThere && (reply->status == 401 || reply->status == 403))
        co_return fail(hub::refusal(*reply, id));
    if (!isThere)
        co_return fail(Error{ErrorCode::UnexpectedReply, path.toStdString(), reply->status, {}, {}});
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

/// An index that cannot be had leaves its folder to the usual order; only the network's trouble is passed on.
Task<Result<hub::ShardLists>> listsOf(std::vector<std::pair<QString, Task<Result<HttpReply>>>> calls)
{
    hub::ShardLists lists;
    for (auto& [path, call] : calls) {
        auto reply = co_await call;
        if (!reply)
            co_return fail(std::move(reply.error()));
        if (auto names = reply->isSuccess() ? hub::readShardIndex(reply->body, path) : fail(ErrorCode::NotFound); names)
            lists.insert(path, std::move(*names));
    }
    co_return lists;
}

} // namespace

Task<Result<hub::ShardLists>> HubClient::shardLists(
    const hub::Model& model, const QList<hub::Component>& components, const Token& token)
{
    std::vector<std::pair<QString, Task<Result<HttpReply>>>> calls;
    const QStringList paths = hub::indexesToRead(model.files, components);
    for (const QString& path : paths) {
        const QString branch = model.commit.isEmpty() ? u"main"_s : model.commit;
        HttpRequest request = get(u"/%1/resolve/%2/%3"_s.arg(model.id, branch, path), token);
        request.maxReplyBytes = kLargestIndex;
        calls.emplace_back(path, m_http.send(std::move(request)));
    }
    return listsOf(std::move(calls));
}

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
    return infoOf(m_http.send(std::move(request)), id, path);
}

Task<Result<QByteArray>> HubClient::fileBytes(
    QString id, QString revision, QString path, qint64 from, qint64 count, Token token)
{
    HttpRequest request = get(u"/%1/resolve/%2/%3"_s.arg(id, revision, path), token);
    request.headers.append({"Range", "bytes=" + QByteArray::number(from) + '-' + QByteArray::number(from + count - 1)});
    request.maxReplyBytes = count + 1024;
    request.timeout = kPartTimeout;
    request.answerTimeout = kPartAnswer;
    request.attempts = kPartAttempts;
    return bytesOf(m_http.send(std::move(request)), path, from, count);
}

} // namespace visgate
