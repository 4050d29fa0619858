// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preflight_check.h"

#include "core/engine/accounts.h"
#include "core/engine/endpoint_env.h"
#include "core/engine/pricing.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The smallest worker quota of a new account, where no refusal has told the real one yet.
constexpr int kSmallestQuota = 5;

QString gigabytes(double value)
{
    return QCoreApplication::translate("Preflight", "%1 GB").arg(value, 0, 'f', value < 10 ? 1 : 0);
}

bool isUnreachable(const Error& error)
{
    return error.code == ErrorCode::NetworkUnreachable || error.code == ErrorCode::NetworkTimeout;
}

} // namespace

QString preflightTitle(const QString& id)
{
    static const QHash<QString, const char*> titles{
        {u"keychain"_s, QT_TRANSLATE_NOOP("Preflight", "Keychain")},
        {u"key"_s, QT_TRANSLATE_NOOP("Preflight", "Account key")},
        {u"worker_image"_s, QT_TRANSLATE_NOOP("Preflight", "Worker image")},
        {u"model"_s, QT_TRANSLATE_NOOP("Preflight", "Model")},
        {u"task"_s, QT_TRANSLATE_NOOP("Preflight", "Task")},
        {u"licence"_s, QT_TRANSLATE_NOOP("Preflight", "Licence")},
        {u"memory"_s, QT_TRANSLATE_NOOP("Preflight", "GPU memory")},
        {u"disk"_s, QT_TRANSLATE_NOOP("Preflight", "Worker disk")},
        {u"quota"_s, QT_TRANSLATE_NOOP("Preflight", "Worker slots")},
    };
    return QCoreApplication::translate("Preflight", titles.value(id, ""));
}

PreflightCheck::PreflightCheck(EngineContext& context, CreateRequest request, QString modelId)
    : m_context(context), m_request(std::move(request)), m_modelId(std::move(modelId))
{
}

void PreflightCheck::add(const QString& id, PreflightLevel level, const QString& detail, std::optional<Error> error)
{
    m_quote.preflight.lines.append({id, level, preflightTitle(id), detail, std::move(error)});
}

Task<Result<DeployQuote>> PreflightCheck::run()
{
    if (m_request.target != Target::Practice) { // practice has no key to keep
        auto keychain = co_await checkKeychain();
        if (!keychain)
            co_return fail(std::move(keychain.error()));
    }
    checkWorkerImage();
    for (const auto check : {&PreflightCheck::checkKey, &PreflightCheck::checkModel, &PreflightCheck::checkGpus,
             &PreflightCheck::checkQuota}) {
        auto done = co_await (this->*check)();
        if (m_context.stopping)
            co_return fail(ErrorCode::Cancelled);
        if (!done)
            co_return fail(std::move(done.error()));
    }
    co_return m_quote;
}

Task<Result<void>> PreflightCheck::checkKeychain()
{
    auto health = co_await m_context.accounts.secretsHealth();
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    if (!health.secretsProblem) {
        add(u"keychain"_s, PreflightLevel::Ok, health.secretBackend);
        co_return Result<void>();
    }
    add(u"keychain"_s, PreflightLevel::Warning,
        QCoreApplication::translate("Preflight", "Keys are kept for this session only"), health.secretsProblem);
    co_return Result<void>();
}

void PreflightCheck::checkWorkerImage()
{
    const QString image = workerImage(m_context, m_request.target);
    if (image.isEmpty())
        add(u"worker_image"_s, PreflightLevel::Blocked, {}, Error{ErrorCode::WorkerImageMissing, {}, 0, {}, {}});
    else
        add(u"worker_image"_s, PreflightLevel::Ok, image);
}

Task<Result<void>> PreflightCheck::checkKey()
{
    const Target target = m_request.target;
    auto opened = co_await m_context.accounts.open(target, m_request.practiceSpeed);
    if (!opened) {
        add(u"key"_s, PreflightLevel::Blocked, {}, opened.error());
        co_return Result<void>();
    }
    if (m_context.stopping || !m_context.accounts.isOpen(target))
        co_return fail(ErrorCode::Cancelled);
    auto valid = co_await m_context.accounts.provider(target)->validateKey();
    if (valid && m_context.accounts.isOpen(target))
        valid = co_await m_context.accounts.provider(target)->checkMayCreate();
    m_hasAccount = valid && m_context.accounts.isOpen(target);
    if (valid)
        add(u"key"_s, PreflightLevel::Ok, QCoreApplication::translate("Preflight", "The key works and may create"));
    else
        add(u"key"_s, PreflightLevel::Blocked, {}, valid.error());
    co_return Result<void>();
}

Task<Result<void>> PreflightCheck::checkModel()
{
    const Target target = m_request.target;
    auto token = co_await m_context.accounts.hubToken(target, m_modelId);
    const std::shared_ptr<const Secret> secret = token ? *token : nullptr;
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    ModelSource* source = m_context.accounts.models(target);
    if (!source)
        source = &m_context.accounts.registry();
    auto found = co_await source->find(m_modelId, m_request.revision, secret);
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    const auto preset = m_context.accounts.registry().preset(m_modelId);
    if (!found && preset && isUnreachable(found.error())) {
        add(u"model"_s, PreflightLevel::Blocked, {}, found.error());
        m_model = *preset;
        co_return Result<void>();
    }
    if (!found) {
        const bool isTask = found.error().code == ErrorCode::UnsupportedTask;
        if (isTask)
            add(u"model"_s, PreflightLevel::Ok, m_modelId);
        add(isTask ? u"task"_s : u"model"_s, PreflightLevel::Blocked, {}, found.error());
        if (preset)
            m_model = *preset;
        co_return Result<void>();
    }
    m_model = *found;
    add(u"model"_s, PreflightLevel::Ok, m_model.mirrorNote.isEmpty() ? m_model.id : m_model.mirrorNote);
    if (m_model.tasks.isEmpty() || (m_request.task && !m_model.tasks.contains(*m_request.task)))
        add(u"task"_s, PreflightLevel::Blocked, {},
            Error{ErrorCode::UnsupportedTask, {}, 0, {}, {m_modelId.toStdString()}});
    else
        add(u"task"_s, PreflightLevel::Ok, {});

    source = m_context.accounts.models(target);
    if (!source)
        source = &m_context.accounts.registry();
    auto access = co_await source->checkAccess(m_model.id, secret);
    if (!access)
        add(u"licence"_s, PreflightLevel::Blocked, m_model.licence, access.error());
    else if (!m_model.commercialUse)
        add(u"licence"_s, PreflightLevel::Warning, QCoreApplication::translate("Preflight", "Not for commercial use"));
    else
        add(u"licence"_s, PreflightLevel::Ok, m_model.licence);
    co_return Result<void>();
}

Task<Result<void>> PreflightCheck::checkGpus()
{
    const double needed = plannedVramGb(m_model);
    if (m_model.downloadBytes > 0)
        add(u"disk"_s, PreflightLevel::Ok, gigabytes(plannedDiskGb(m_model)));
    if (!m_hasAccount) {
        add(u"memory"_s, PreflightLevel::Warning,
            QCoreApplication::translate("Preflight", "Prices and GPUs can be asked for once the key works"));
        co_return Result<void>();
    }
    auto offers = co_await m_context.accounts.offers(m_request.target);
    if (!offers) {
        add(u"memory"_s, PreflightLevel::Blocked, {}, offers.error());
        co_return Result<void>();
    }
    if (!m_request.gpuTier.isEmpty() && !isKnownTier(*offers, m_request.gpuTier)) {
        add(u"memory"_s, PreflightLevel::Blocked, m_request.gpuTier,
            Error{ErrorCode::InvalidRequest, "gpu_tier", 0, {}, {m_request.gpuTier.toStdString()}});
        co_return Result<void>();
    }
    m_quote.plan = planGpus(*offers, needed, m_request.gpuTier);
    const QString runner = workerImage(m_context, m_request.target);
    fillQuote(
        m_quote, *m_context.history, settingFor(m_model, m_quote.plan, m_request.target, runner), m_request.limits);
    m_quote.price.source = u"live"_s;
    const QString need = needed > 0.0 ? gigabytes(needed) : QCoreApplication::translate("Preflight", "size unknown");
    if (m_quote.plan.entries.isEmpty())
        add(u"memory"_s, PreflightLevel::Blocked, need,
            Error{ErrorCode::NoCapacity, {}, 0, {}, {QString::number(needed, 'f', 0).toStdString()}});
    else if (m_quote.plan.entries.constFirst().stock == Stock::None)
        add(u"memory"_s, PreflightLevel::Warning,
            QCoreApplication::translate("Preflight", "No such GPU is free at the moment"),
            Error{ErrorCode::NoCapacity, {}, 0, {}, {}});
    else
        add(u"memory"_s, needed > 0.0 ? PreflightLevel::Ok : PreflightLevel::Warning,
            need + u": "_s + m_quote.plan.gpuNames().join(u", "_s));
    co_return Result<void>();
}

Task<Result<void>> PreflightCheck::checkQuota()
{
    if (!m_hasAccount)
        co_return Result<void>();
    auto endpoints = co_await m_context.accounts.endpoints(m_request.target, std::chrono::seconds(5));
    if (!endpoints) {
        add(u"quota"_s, PreflightLevel::Blocked, {}, endpoints.error());
        co_return Result<void>();
    }
    int used = 0;
    for (const ProviderEndpoint& endpoint : *endpoints)
        used += endpoint.workersMax;
    const std::optional<int> learned = m_context.accounts.workerQuota(m_request.target);
    const int quota = learned.value_or(kSmallestQuota);
    const QString detail = QCoreApplication::translate("Preflight", "%1 of %2 in use").arg(used).arg(quota);
    if (used + m_request.limits.workersMax <= quota)
        add(u"quota"_s, PreflightLevel::Ok, detail);
    else if (learned)
        add(u"quota"_s, PreflightLevel::Blocked, detail,
            Error{ErrorCode::WorkerQuotaExceeded, {}, 0, {}, {std::to_string(quota)}});
    else // only a refusal tells the account's real quota, which grows with its balance
        add(u"quota"_s, PreflightLevel::Warning, detail,
            Error{ErrorCode::WorkerQuotaExceeded, {}, 0, {}, {std::to_string(quota)}});
    co_return Result<void>();
}

} // namespace visgate
