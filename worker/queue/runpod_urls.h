// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace visgate::worker {

/// The queue's addresses, made from the templates in the environment. Both forms of the placeholders are taken: `$ID`
/// and `$RUNPOD_POD_ID` stand for the worker in the take and ping templates; in the done template `$ID` is the job.
/// Parameters are appended with `?` or `&`, whichever the template needs.
class RunpodUrls {
public:
    RunpodUrls(
        std::string takeTemplate, std::string doneTemplate, std::string pingTemplate, const std::string& workerId);

    [[nodiscard]] std::string take() const;
    /// Empty if the take address has no `/job-take/` to replace: then there is no stop channel.
    [[nodiscard]] std::string stop() const;
    [[nodiscard]] std::string done(const std::string& jobId) const;
    /// Empty if there is no ping template.
    /// "unhealthy", with what did not work; empty without an address for heart-beats.
    [[nodiscard]] std::string unhealthy(const std::string& check, const std::string& reason) const;
    [[nodiscard]] std::string ping(const std::vector<std::string>& jobIds) const;

private:
    std::string m_take;
    std::string m_done;
    std::string m_ping;
    std::string m_worker;
};

} // namespace visgate::worker
