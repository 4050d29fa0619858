// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/practice_world.h"

#include "tests/support/direct_exchange.h"

#include <stdexcept>

namespace visgate::test {

PracticeWorld::PracticeWorld(practice::Chance::Settings chance)
{
    const std::string folder = m_folder.path().toStdString();
    auto journal = practice::Journal::open(folder + "/account.jsonl");
    if (!journal)
        throw std::runtime_error(journal.error().detail);
    practice::WorldSettings settings;
    settings.folder = folder;
    settings.speed = 1;
    settings.seed = chance.seed;
    settings.stochastic = chance;
    m_provider = std::make_unique<practice::Provider>(practice::Account(std::move(*journal)), settings);
    practice::World& world = m_provider->world;
    world.account.creditUsd = 10'000;
    practice::addServerlessRoutes(m_rest, world, m_provider->queue, m_provider->fleet);
    practice::addCatalogRoutes(m_rest, world);
    practice::addBillingRoutes(m_rest, world);
    practice::addQueueRoutes(m_queue, world, m_provider->queue, m_api);
}

PracticeWorld::~PracticeWorld() = default;

QByteArray PracticeWorld::get(const std::string& target, int* status)
{
    return send("GET", target, {}, status);
}

QByteArray PracticeWorld::send(const char* method, const std::string& target, const QByteArray& body, int* status)
{
    http::Request request{method, target, {}, body.toStdString(), {}};
    request.headers.set("Content-Type", "application/json");
    auto exchange = std::make_shared<DirectExchange>(std::move(request));
    auto segments = exchange->request().pathSegments();
    practice::Router& router = segments.front() == "queue" ? m_queue : m_rest;
    segments.erase(segments.begin());
    auto match = router.find(method, segments);
    if (!match.handler)
        throw std::runtime_error("practice has no route " + target);
    auto reply = (*match.handler)({exchange, std::move(match.params)});
    const http::Response response = reply ? *reply : exchange->answer.value_or(http::Response{500, {}, {}});
    if (status)
        *status = response.status;
    return QByteArray::fromStdString(response.body);
}

void PracticeWorld::pass(std::chrono::milliseconds time, std::chrono::milliseconds tick)
{
    for (; time.count() > 0; time -= tick) {
        m_provider->world.clock.advance(std::min(tick, time));
        m_provider->tick();
        for (const auto& [id, worker] : m_provider->world.account.workers)
            m_sawStuck = m_sawStuck || m_provider->fleet.stuckOf(id) != practice::Stuck::Nowhere;
    }
}

double PracticeWorld::spentUsd() const
{
    return m_provider->world.account.spentUsd(m_provider->world.now());
}

bool PracticeWorld::isQuiet() const
{
    return !m_provider->fleet.hasWorkers() && !m_provider->queue.hasWork();
}

} // namespace visgate::test
