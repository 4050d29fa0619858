// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "core/practice/platform/command.h"
#include "core/practice/world/chance.h"
#include "core/practice/world/keys.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace visgate::practice {

struct ServeOptions {
    std::filesystem::path dataFolder;      ///< holds the account; one process at a time
    std::filesystem::path workerProgram;   ///< runs as `defaultWorkerImage`; may be empty
    std::map<std::string, Command> images; ///< further image references and their commands
    std::filesystem::path hubFolder;       ///< models for the hub, OWNER/NAME/...; may be empty
    std::uint16_t port = 0;                ///< 0: the system picks one
    double speed = 15;                     ///< divides the provider's simulated durations (placement, image pull, …)
    std::uint64_t seed = 0;                ///< decides placement and durations
    std::chrono::seconds leaveAfter{600};  ///< without a client; 0: never
    bool open = false;         ///< anybody on this computer gets in: for test programs that bring keys of their own
    bool tellsSecrets = false; ///< the control routes show keys and prompts: for test programs that play a worker
    std::optional<Chance::Settings> stochastic; ///< unset: short times that hardly vary, and nothing sticks
};

/// Where a practice process can be reached. Base URLs are used as the real ones are: `rest` + "/serverless",
/// `queue` + "/{endpoint}/run", `hub` + "/api/models/…", `graphql` as it is, `control` + "/state" with the token.
struct Addresses {
    std::uint16_t port = 0;
    long pid = 0;
    std::string rest;
    std::string queue;
    std::string hub;
    std::string registry;
    std::string volumes; ///< "%1" stands for a data center in lower case; "bucket" leads to the user's own
    std::string graphql;
    std::string control;
    Keys keys;

    [[nodiscard]] static Addresses at(std::uint16_t port, long pid, Keys keys);
    /// One line of JSON. The keys are told to nobody but those who ask for them.
    enum class Tell { Addresses, Keys };
    [[nodiscard]] std::string toJson(Tell what = Tell::Addresses) const;
};

/// The practice provider: Runpod's REST v2, queue API and worker-job protocol and the model hub, as far as this
/// program uses them, with play money. The account lasts in the data folder. Thread-safe.
class PracticeServer {
public:
    /// AlreadyServed: another process serves that folder. Other errors: the folder or the port cannot be used.
    [[nodiscard]] static Result<std::unique_ptr<PracticeServer>> start(const ServeOptions& options);
    /// Ends the workers and lets go of the folder.
    ~PracticeServer();
    PracticeServer(const PracticeServer&) = delete;
    PracticeServer& operator=(const PracticeServer&) = delete;

    [[nodiscard]] const Addresses& addresses() const;
    /// True once it was told to end by its control route, or no client came for `leaveAfter`.
    [[nodiscard]] bool isOver() const;

private:
    class Impl;
    explicit PracticeServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Serves until SIGINT, SIGTERM, the control route's shutdown or the last client's absence; call it on a thread of
/// a program that has no other threads yet. `onReady` is called once. Returns the process's exit status.
[[nodiscard]] Result<int> serve(const ServeOptions& options, const std::function<void(const Addresses&)>& onReady);

} // namespace visgate::practice
