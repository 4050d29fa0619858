// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/http/server.h"
#include "worker/delivery/bucket.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace visgate::worker {

/// A bucket that speaks S3: it checks each signature, the body's hash and the time, keeps objects and parts, and fails
/// where the test says so.
class BucketServer {
public:
    static constexpr const char* bucket = "pictures";
    static constexpr const char* region = "eu-test-1";
    static constexpr const char* keyId = "AKIDTESTTESTTEST";
    static constexpr const char* secret = "bucket/secret+0123456789";

    enum class Fault {
        Busy,   ///< 503 SlowDown, and nothing is done
        Cut,    ///< the connection ends, and nothing is done
        Lost,   ///< it is done, and the connection ends before the answer
        Untrue, ///< 200, and an error in the body; nothing is done
    };
    /// What is to go wrong with this request, if anything; `name` is put, begin, part, complete, abort, list, head,
    /// get.
    using Faults = std::function<std::optional<Fault>(const std::string& name, const http::Request& request)>;

    BucketServer();
    ~BucketServer();

    void fail(Faults faults);
    void setSkew(std::chrono::seconds skew) { m_skew = skew; } ///< of its clock against ours

    [[nodiscard]] std::string base() const;
    [[nodiscard]] BucketAccess access() const; ///< with the right keys
    [[nodiscard]] std::optional<std::string> object(const std::string& key) const;
    [[nodiscard]] std::size_t objects() const;
    [[nodiscard]] std::size_t openUploads() const;        ///< begun, and neither completed nor given up
    [[nodiscard]] std::vector<std::string> asked() const; ///< names of the requests, in their order
    [[nodiscard]] std::size_t largestBody() const;

private:
    struct Upload {
        std::string key;
        std::map<int, std::string> parts;
    };
    void handle(const std::shared_ptr<http::Exchange>& exchange);
    [[nodiscard]] std::optional<http::Response> refuses(const http::Request& request) const;
    [[nodiscard]] std::optional<http::Response> refusesPresigned(const http::Request& request) const;
    [[nodiscard]] TimePoint now() const { return std::chrono::system_clock::now() + m_skew.load(); }
    [[nodiscard]] http::Response answer(const std::string& name, const std::string& key, const http::Request& request);
    [[nodiscard]] http::Response complete(const http::Request& request);
    [[nodiscard]] std::string listOfUploads(const std::string& prefix) const;

    mutable std::mutex m_mutex;
    Faults m_faults;
    std::atomic<std::chrono::seconds> m_skew{std::chrono::seconds(0)};
    std::map<std::string, std::string> m_objects;
    std::map<std::string, Upload> m_uploads;
    int m_begun = 0;
    std::vector<std::string> m_asked;
    std::size_t m_largestBody = 0;
    std::unique_ptr<http::Server> m_server;
};

} // namespace visgate::worker
