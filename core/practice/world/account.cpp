// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/world/account.h"

#include "core/foundation/ids.h"
#include "core/foundation/json/json_value.h"
#include "core/practice/world/records_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace visgate::practice {

using nlohmann::json;

namespace {

template <typename Value>
void loadAll(const Journal& journal, std::string_view kind, std::map<std::string, Value>& into)
{
    journal.each(kind, [&](const std::string& id, const std::string& text) {
        Value value;
        load(text, value);
        into.emplace(id, std::move(value));
    });
}

template <typename WorkerPointer, typename Workers>
std::vector<WorkerPointer> liveWorkers(Workers& workers, const std::string& endpointId)
{
    std::vector<WorkerPointer> found;
    for (auto& [id, worker] : workers) {
        if (worker.endpointId == endpointId && worker.phase != WorkerPhase::Removed)
            found.push_back(&worker);
    }
    std::sort(found.begin(), found.end(),
        [](const Worker* a, const Worker* b) { return std::tie(a->createdAt, a->id) < std::tie(b->createdAt, b->id); });
    return found;
}

} // namespace

Account::Account(Journal journal) : m_journal(std::move(journal))
{
    loadAll(m_journal, "endpoint", endpoints);
    loadAll(m_journal, "worker", workers);
    loadAll(m_journal, "job", jobs);
    loadAll(m_journal, "charge", charges);
    loadAll(m_journal, "template", templates);
    loadAll(m_journal, "volume", volumes);
    loadAll(m_journal, "registry", registries);
    m_journal.each("meta", [this](const std::string& id, const std::string& text) {
        const json value = json::parse(text);
        if (id == "money") {
            creditUsd = value.at("credit");
            if (!value.at("quota").is_null())
                quotaOverride = value.at("quota").get<int>();
        } else if (id == "heartbeat") {
            m_lastHeartbeat = TimePoint(std::chrono::microseconds(value.at("at").get<std::int64_t>()));
            m_clockAhead = std::chrono::nanoseconds(value.at("ahead").get<std::int64_t>());
        } else if (id == "licences") {
            acceptedLicences = value.get<std::vector<std::string>>();
        }
    });
}

void Account::save(const Endpoint& value)
{
    m_journal.put("endpoint", value.id, store(value));
}

void Account::save(const Worker& value)
{
    m_journal.put("worker", value.id, store(value));
}

void Account::save(const Job& value)
{
    m_journal.put("job", value.id, store(value));
}

void Account::save(const Charge& value)
{
    m_journal.put("charge", value.id, store(value));
}

void Account::save(const Template& value)
{
    m_journal.put("template", value.id, store(value));
}

void Account::save(const Volume& value)
{
    m_journal.put("volume", value.id, store(value));
}

void Account::save(const Registry& value)
{
    m_journal.put("registry", value.id, store(value));
}

void Account::saveMoney()
{
    const json quota = quotaOverride ? json(*quotaOverride) : json(nullptr);
    m_journal.put("meta", "money", json{{"credit", creditUsd}, {"quota", quota}}.dump());
}

void Account::saveLicences()
{
    m_journal.put("meta", "licences", json(acceptedLicences).dump());
}

void Account::saveHeartbeat(TimePoint now, std::chrono::nanoseconds clockAhead)
{
    m_lastHeartbeat = now;
    m_clockAhead = clockAhead;
    const auto at = std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count();
    m_journal.put("meta", "heartbeat", json{{"at", at}, {"ahead", clockAhead.count()}}.dump());
}

void Account::eraseEndpoint(const std::string& id)
{
    endpoints.erase(id);
    m_journal.remove("endpoint", id);
}

void Account::eraseWorker(const std::string& id)
{
    workers.erase(id);
    m_journal.remove("worker", id);
}

void Account::eraseJob(const std::string& id)
{
    jobs.erase(id);
    m_journal.remove("job", id);
}

void Account::eraseTemplate(const std::string& id)
{
    templates.erase(id);
    m_journal.remove("template", id);
}

void Account::eraseVolume(const std::string& id)
{
    volumes.erase(id);
    m_journal.remove("volume", id);
}

void Account::eraseRegistry(const std::string& id)
{
    registries.erase(id);
    m_journal.remove("registry", id);
}

double Account::spentUsd(TimePoint now) const
{
    double total = 0;
    for (const auto& [id, charge] : charges) {
        const std::chrono::duration<double> length = charge.to.value_or(now) - charge.from;
        total += std::ceil(std::max(0.0, length.count())) * charge.usdPerSecond;
    }
    return total;
}

double Account::spendRate() const
{
    double rate = 0;
    for (const auto& [id, charge] : charges)
        rate += charge.to ? 0 : charge.usdPerSecond;
    return rate;
}

int Account::quota(TimePoint now) const
{
    if (quotaOverride)
        return *quotaOverride;
    const double balance = creditUsd - spentUsd(now);
    constexpr std::array<std::pair<double, int>, 6> steps{
        {{900, 60}, {700, 50}, {500, 40}, {300, 30}, {200, 20}, {100, 10}}};
    for (const auto& [least, workersAllowed] : steps) {
        if (balance >= least)
            return workersAllowed;
    }
    return 5;
}

std::vector<Worker*> Account::workersOf(const std::string& endpointId)
{
    return liveWorkers<Worker*>(workers, endpointId);
}

std::vector<const Worker*> Account::workersOf(const std::string& endpointId) const
{
    return liveWorkers<const Worker*>(workers, endpointId);
}

std::string newProviderId(std::size_t length)
{
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    const std::string hex = randomHex(length);
    std::string id;
    for (std::size_t i = 0; i < length; ++i) {
        unsigned byte = 0;
        std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, byte, 16);
        id += alphabet[byte % alphabet.size()];
    }
    return id;
}

} // namespace visgate::practice
