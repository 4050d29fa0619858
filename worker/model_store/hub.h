// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"
#include "worker/model_store/hub_json.h"
#include "worker/queue/transport.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace visgate::worker {

/// The hub's client: what a model is, its files, their bytes. Its token goes to the hub itself and never along with a
/// redirect to another host; those lead to https on the public internet, and where the hub is on this computer to this
/// computer as well.
///
/// Errors, whose words name the model and what to do: LicenceNotAccepted, TokenRejected, ModelNotFound;
/// ModelFetchFailed when the hub cannot be reached, goes on refusing or talks nonsense; Cancelled. What may pass is
/// asked again, with growing pauses and as the hub says (Retry-After). Thread-safe: each thread brings its own
/// Transport.
class Hub {
public:
    struct Patience {
        int attempts = 6; ///< in a row without one byte
        std::chrono::milliseconds first{500};
        std::chrono::milliseconds longest{15'000};
        std::chrono::seconds silence{20};  ///< the longest pause between two bytes of one call
        std::chrono::seconds ordered{300}; ///< the longest pause that the hub may ask for
    };
    /// Called while it waits: it is no silence. May be empty.
    using OnWait = std::function<void()>;
    /// Takes bytes of a part; false ends the call.
    using OnBytes = std::function<bool(std::string_view)>;
    /// Where a file lies, as the hub said last: it need not be asked for each part. One thread at a time.
    struct Place {
        std::string url;
    };

    /// `base` as HF_ENDPOINT has it: https, or http on this computer (isHubAddress).
    Hub(std::string base, Secret token, OnWait onWait, Patience patience);

    [[nodiscard]] const std::string& base() const { return m_base; }
    [[nodiscard]] Result<std::string> commitOf(Transport& transport, const std::string& id, const std::string& revision,
        const http::CancelToken& cancel) const;
    [[nodiscard]] Result<std::vector<hub::File>> filesOf(
        Transport& transport, const std::string& id, const std::string& commit, const http::CancelToken& cancel) const;
    /// A small file, its sum checked.
    [[nodiscard]] Result<std::string> text(Transport& transport, const std::string& id, const std::string& commit,
        const hub::File& file, const http::CancelToken& cancel) const;
    /// `count` bytes of a file from `offset` on, each once and in order, however often the hub has to be asked.
    [[nodiscard]] Result<void> bytes(Transport& transport, const std::string& id, const std::string& commit,
        const hub::File& file, Place& place, std::uint64_t offset, std::uint64_t count, const OnBytes& onBytes,
        const http::CancelToken& cancel) const;

private:
    struct Question;
    class Retries;
    [[nodiscard]] Result<WebReply> follow(Transport& transport, std::string url, const Question& question,
        std::string& ended, const http::CancelToken& cancel) const;
    [[nodiscard]] Result<WebReply> ask(
        Transport& transport, const std::string& url, const std::string& id, const http::CancelToken& cancel) const;
    [[nodiscard]] std::string fileUrl(const std::string& id, const std::string& commit, const std::string& path) const;
    [[nodiscard]] Error refusal(const WebReply& reply, const std::string& id) const;

    const std::string m_base;
    const Secret m_token;
    const OnWait m_onWait;
    const Patience m_patience;
};

/// Whether models may be fetched from there: https, or http on this computer; no user name.
[[nodiscard]] bool isHubAddress(const std::string& base);

} // namespace visgate::worker
