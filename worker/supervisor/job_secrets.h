// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>
#include <vector>

namespace visgate {
class Redactor;
}

namespace visgate::worker {

/// What the latest jobs brought and must not be printed. Each job has signatures of its own, so that those of long ago
/// are dropped: a worker that never ends would know ever more of them, and look for all of them in each of its lines.
class JobSecrets {
public:
    explicit JobSecrets(Redactor& redactor) : m_redactor(redactor) { }
    ~JobSecrets();
    JobSecrets(const JobSecrets&) = delete;
    JobSecrets& operator=(const JobSecrets&) = delete;

    /// Of one job. What the redactor knew before, such as the worker's own keys, is never dropped.
    void add(std::vector<std::string> secrets);

private:
    [[nodiscard]] bool isOfLatest(const std::string& secret) const;
    void dropOldest();

    Redactor& m_redactor;
    std::deque<std::vector<std::string>> m_latest;
};

} // namespace visgate::worker
