// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preflight/preflight_questions.h"

#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/account_watches.h"
#include "core/engine/sessions/hub_tokens.h"
#include "core/engine/sessions/model_source.h"
#include "core/engine/sessions/provider_sessions.h"

#include <utility>

namespace visgate {

using namespace std::chrono_literals;

namespace {

using Questions = std::shared_ptr<PreflightQuestions>;

/// Between the search for a warm endpoint and the check of a creation, which follow one another in a deploy.
constexpr std::chrono::milliseconds kJustListed{20'000};
constexpr std::chrono::milliseconds kAskedAnew{0};

/// One question: counted while it is open, its answer put into its slot if anybody still wants it.
template <typename T> Task<void> put(Questions questions, Asked<T> PreflightFacts::*slot, Task<Result<T>> call)
{
    (questions->facts().*slot).asked = true;
    questions->begin();
    auto answer = co_await call;
    if (!questions->isOver())
        (questions->facts().*slot).answer = std::move(answer);
    questions->end();
}

template <typename T> void start(const Questions& questions, Asked<T> PreflightFacts::*slot, Task<Result<T>> call)
{
    questions->context().scope.add(put<T>(questions, slot, std::move(call)));
}

Task<Result<EngineHealth>> lookAtKeychain(EngineContext* context)
{
    auto health = co_await context->storedKeys.health();
    co_return health;
}

/// For a creation the list that the search for a warm endpoint has just brought will do: before one is made, everything
/// is listed once more anyway.
Task<Result<QList<ProviderEndpoint>>> readEndpoints(Questions questions)
{
    EngineContext& context = questions->context();
    if (questions->purpose() == PreflightPurpose::Creation) {
        auto known = co_await context.facts.knownEndpoints(questions->account(), kJustListed);
        if (known)
            co_return *known;
    }
    if (questions->isOver())
        co_return fail(ErrorCode::Cancelled);
    auto now = co_await context.watches->of(questions->account()).list();
    co_return now;
}

/// The list of endpoints tests the key, tells who holds the worker slots, and brings the provider's time.
Task<Result<QList<SlotUse>>> listEndpoints(Questions questions)
{
    EngineContext& context = questions->context();
    auto list = co_await readEndpoints(questions);
    // With a short request budget the last list will do: it is only counted here.
    if (const auto& known = context.watches->of(questions->account()).lastList();
        !list && list.error().code == ErrorCode::RateLimited && known)
        list = *known;
    if (!list)
        co_return fail(std::move(list.error()));
    if (questions->isOver() || !context.accounts.isOpen(questions->account()))
        co_return fail(ErrorCode::Cancelled);
    if (const auto served = context.accounts.provider(questions->account())->serverTime())
        questions->facts().clockAhead = std::chrono::duration_cast<std::chrono::seconds>(context.now() - *served);
    QList<SlotUse> uses;
    for (const ProviderEndpoint& endpoint : *list)
        uses.append({endpoint.name, endpoint.workersMax});
    co_return uses;
}

Task<Result<void>> readBills(EngineContext* context, AccountRef account)
{
    const TimePoint now = context->now();
    ProviderBilling* const billing = context->accounts.provider(account)->billing();
    auto records = co_await billing->readBills(now - 1h, now, CallFor::Deployment);
    if (!records)
        co_return fail(std::move(records.error()));
    co_return Result<void>();
}

Task<Result<KnownBalance>> readBalance(EngineContext* context, AccountRef account)
{
    auto balance = co_await context->accounts.provider(account)->balance()->readBalance();
    if (!balance)
        co_return fail(std::move(balance.error()));
    co_return KnownBalance{balance->usd, balance->usdPerHour};
}

void askProvider(const Questions& questions)
{
    EngineContext& context = questions->context();
    start(questions, &PreflightFacts::endpoints, listEndpoints(questions));
    start(questions, &PreflightFacts::offers, context.facts.offers(questions->account()));
    if (!questions->facts().isHere && !questions->facts().image.isEmpty())
        start(questions, &PreflightFacts::manifest,
            context.facts.imageDigest(questions->account(), questions->facts().image, kAskedAnew));
    if (questions->facts().isHere)
        start(questions, &PreflightFacts::runs,
            context.accounts.provider(questions->account())->checkRuns(questions->facts().modelId));
    if (questions->purpose() == PreflightPurpose::Creation)
        return; // creating asks these by itself, and waits for none that it does not need
    start(questions, &PreflightFacts::mayCreate, context.accounts.provider(questions->account())->checkMayCreate());
    if (context.accounts.provider(questions->account())->billing())
        start(questions, &PreflightFacts::mayReadBills, readBills(&context, questions->account()));
    if (context.accounts.provider(questions->account())->balance())
        start(questions, &PreflightFacts::balance, readBalance(&context, questions->account()));
}

/// The model and the right to load it. Practice has a hub of its own, which answers only once practice runs; the real
/// one needs no account.
Task<void> askHub(Questions questions)
{
    questions->begin();
    EngineContext& context = questions->context();
    const QString id = questions->facts().modelId;
    auto token = co_await context.hubTokens.hubToken(questions->target(), id);
    if (questions->isOver()) {
        questions->end();
        co_return;
    }
    std::shared_ptr<const Secret> secret = token ? *token : nullptr;
    if (!token)
        questions->facts().tokenProblem = token.error();
    // One that came with the request goes before the stored one.
    const std::shared_ptr<const Secret> own = questions->facts().request.hubToken;
    if (own && HubTokens::mayUseToken(questions->target(), *own)) {
        secret = own;
        questions->facts().tokenProblem.reset();
    }
    ModelSource* source = context.accounts.models(questions->account());
    if (!source)
        source = &context.accounts.registry();
    start(questions, &PreflightFacts::model, source->find(id, questions->facts().request.revision, secret));
    start(questions, &PreflightFacts::access, source->checkAccess(id, secret));
    questions->end();
}

Task<void> askAll(Questions questions)
{
    questions->begin();
    EngineContext& context = questions->context();
    if (questions->facts().keepsKeys)
        start(questions, &PreflightFacts::keychain, lookAtKeychain(&context));
    const bool hubNeedsAccount = questions->target().isPractice();
    if (!hubNeedsAccount)
        context.scope.add(askHub(questions));
    questions->facts().account.asked = true;
    auto opened = co_await context.accounts.open(questions->account(), questions->facts().request.practiceSpeed);
    if (!questions->isOver()) {
        const bool isOpen = opened && context.accounts.isOpen(questions->account());
        questions->facts().account.answer = std::move(opened);
        if (isOpen) {
            askProvider(questions);
            if (hubNeedsAccount)
                context.scope.add(askHub(questions));
        }
    }
    questions->end();
}

} // namespace

PreflightQuestions::PreflightQuestions(
    EngineContext& context, AccountRef account, PreflightFacts facts, PreflightPurpose purpose)
    : m_context(context), m_account(std::move(account)), m_facts(std::move(facts)), m_purpose(purpose)
{
}

std::shared_ptr<PreflightQuestions> PreflightQuestions::ask(EngineContext& context, AccountRef account,
    PreflightFacts facts, PreflightPurpose purpose, std::chrono::milliseconds patience)
{
    const Questions questions(new PreflightQuestions(context, std::move(account), std::move(facts), purpose));
    questions->m_deadline.setSingleShot(true);
    QObject::connect(&questions->m_deadline, &QTimer::timeout, [weak = std::weak_ptr(questions)] {
        if (const Questions alive = weak.lock()) {
            alive->m_isOver = true;
            alive->m_waker.wake();
        }
    });
    questions->m_deadline.start(patience);
    context.scope.add(askAll(questions));
    return questions;
}

void PreflightQuestions::end()
{
    --m_open;
    m_waker.wake();
}

PreflightFacts PreflightQuestions::close()
{
    m_isOver = true;
    m_deadline.stop();
    return std::move(m_facts);
}

} // namespace visgate
