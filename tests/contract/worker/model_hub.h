// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace visgate::worker {

/// A hub with one model, and beside it the host that has the large files, as the real one: `resolve` redirects there.
/// Both remember what they were asked, and answer otherwise where the test says so.
class ModelHub {
public:
    static constexpr const char* id = "org/pictures";
    static constexpr const char* commit = "0123456789abcdef0123456789abcdef01234567";
    struct Asked {
        bool isFiles = false; ///< the host of the large files
        http::Request request;
        std::string range; ///< "bytes=0-9"; empty: all
    };
    /// What to answer in place of what is right; none: that. Called on a server's thread.
    using Otherwise = std::function<std::optional<http::Response>(const Asked&)>;

    ModelHub();
    ~ModelHub();

    void add(const std::string& path, std::string bytes, bool isLarge = false);
    /// A pipeline of the stand-in for diffusers: plain weights of `bytes` bytes and half as many in fp16.
    void addPipeline(std::size_t bytes);
    [[nodiscard]] const std::string& bytesOf(const std::string& path) const { return m_files.at(path).bytes; }
    [[nodiscard]] std::string sumOf(const std::string& path) const;
    /// The tree in so many pages.
    void setPages(std::size_t pages) { m_pages = pages; }
    void answer(Otherwise otherwise);
    /// Requests of the large files' host that begin at this byte or later get no answer.
    void holdFrom(std::optional<std::uint64_t> offset);

    [[nodiscard]] std::string base() const;
    [[nodiscard]] std::string filesBase() const;
    [[nodiscard]] std::vector<Asked> asked() const;
    [[nodiscard]] std::vector<Asked> asked(const std::string& part) const; ///< whose target holds this

private:
    struct File {
        std::string bytes;
        bool isLarge = false;
    };
    void handle(bool isFiles, const std::shared_ptr<http::Exchange>& exchange);
    [[nodiscard]] http::Response right(const Asked& asked) const;
    [[nodiscard]] http::Response tree(const http::Request& request) const;
    [[nodiscard]] http::Response partOf(const std::string& bytes, const std::string& range) const;

    std::map<std::string, File> m_files;
    std::size_t m_pages = 1;
    mutable std::mutex m_mutex;
    Otherwise m_otherwise;
    std::optional<std::uint64_t> m_holdFrom;
    std::vector<std::shared_ptr<http::Exchange>> m_held;
    std::vector<Asked> m_asked;
    std::unique_ptr<http::Server> m_fileServer;
    std::unique_ptr<http::Server> m_server;
};

} // namespace visgate::worker
