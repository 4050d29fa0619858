// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/job_secrets.h"

#include "core/foundation/redactor.h"
#include "core/foundation/secret.h"

#include <algorithm>

namespace visgate::worker {
namespace {

constexpr std::size_t rememberedJobs = 32;

void scrubAll(std::vector<std::string>& secrets)
{
    std::for_each(secrets.begin(), secrets.end(), [](std::string& secret) { scrub(secret); });
}

} // namespace

JobSecrets::~JobSecrets()
{
    std::for_each(m_latest.begin(), m_latest.end(), scrubAll);
}

void JobSecrets::add(std::vector<std::string> secrets)
{
    std::vector<std::string> ours;
    for (std::string& secret : secrets) {
        if (m_redactor.addSecret(secret) || isOfLatest(secret)) {
            ours.push_back(std::move(secret));
        }
    }
    m_latest.push_back(std::move(ours));
    if (m_latest.size() > rememberedJobs) {
        dropOldest();
    }
}

bool JobSecrets::isOfLatest(const std::string& secret) const
{
    return std::any_of(m_latest.begin(), m_latest.end(), [&secret](const std::vector<std::string>& secrets) {
        return std::find(secrets.begin(), secrets.end(), secret) != secrets.end();
    });
}

void JobSecrets::dropOldest()
{
    std::vector<std::string> oldest = std::move(m_latest.front());
    m_latest.pop_front();
    for (const std::string& secret : oldest) {
        if (!isOfLatest(secret)) {
            m_redactor.drop(secret);
        }
    }
    scrubAll(oldest);
}

} // namespace visgate::worker
