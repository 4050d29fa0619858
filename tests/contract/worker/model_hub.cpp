// SPDX-License-Identifier: GPL-3.0-or-later
#include "model_hub.h"

#include "core/foundation/hash.h"
#include "core/foundation/json/json_value.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace visgate::worker {
namespace {

using nlohmann::json;

std::unique_ptr<http::Server> serve(http::Server::Handler handler)
{
    auto server = http::Server::start({}, std::move(handler));
    if (!server) {
        throw std::runtime_error(server.error().detail);
    }
    return std::move(*server);
}

std::uint64_t beginOf(const std::string& range)
{
    std::uint64_t begin = 0;
    constexpr std::size_t unit = 6; // "bytes="
    if (range.size() > unit) {
        std::from_chars(range.data() + unit, range.data() + range.size(), begin);
    }
    return begin;
}

std::string noise(std::size_t bytes, unsigned seed)
{
    std::string text(bytes, '\0');
    for (char& c : text) {
        seed = seed * 1103515245U + 12345U;
        c = static_cast<char>(seed >> 16U);
    }
    return text;
}

} // namespace

ModelHub::ModelHub()
{
    m_fileServer = serve([this](const std::shared_ptr<http::Exchange>& exchange) { handle(true, exchange); });
    m_server = serve([this](const std::shared_ptr<http::Exchange>& exchange) { handle(false, exchange); });
}

ModelHub::~ModelHub()
{
    m_server.reset(); // before what its thread uses
    m_fileServer.reset();
}

void ModelHub::add(const std::string& path, std::string bytes, bool isLarge)
{
    m_files[path] = {std::move(bytes), isLarge};
}

void ModelHub::addPipeline(std::size_t bytes)
{
    add("model_index.json",
        R"({"_class_name":"PicturePipeline","unet":["diffusers","UNet2DConditionModel"],)"
        R"("scheduler":["diffusers","EulerScheduler"],"safety_checker":[null,null]})");
    add("unet/config.json", R"({"_class_name":"UNet2DConditionModel"})");
    add("unet/diffusion_pytorch_model.safetensors", noise(bytes, 1), true);
    add("unet/diffusion_pytorch_model.fp16.safetensors", noise(bytes / 2, 2), true);
    add("unet/diffusion_pytorch_model.bin", noise(64, 3), true);
    add("scheduler/scheduler_config.json", "{}");
    add("README.md", "# Pictures");
    add("pictures_all_in_one.safetensors", noise(64, 4), true);
    add("safety_checker/model.safetensors", noise(64, 5), true);
}

std::string ModelHub::sumOf(const std::string& path) const
{
    const File& file = m_files.at(path);
    return file.isLarge ? sha256Hex(file.bytes) : gitBlobHex(file.bytes);
}

void ModelHub::answer(Otherwise otherwise)
{
    const std::lock_guard lock(m_mutex);
    m_otherwise = std::move(otherwise);
}

void ModelHub::holdFrom(std::optional<std::uint64_t> offset)
{
    const std::lock_guard lock(m_mutex);
    m_holdFrom = offset;
}

std::string ModelHub::base() const
{
    return "http://127.0.0.1:" + std::to_string(m_server->port());
}

std::string ModelHub::filesBase() const
{
    return "http://127.0.0.1:" + std::to_string(m_fileServer->port());
}

std::vector<ModelHub::Asked> ModelHub::asked() const
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

std::vector<ModelHub::Asked> ModelHub::asked(const std::string& part) const
{
    auto all = asked();
    std::erase_if(all, [&part](const Asked& one) { return one.request.target.find(part) == std::string::npos; });
    return all;
}

void ModelHub::handle(bool isFiles, const std::shared_ptr<http::Exchange>& exchange)
{
    const Asked asked{isFiles, exchange->request(), std::string(exchange->request().headers.get("Range"))};
    Otherwise otherwise;
    {
        const std::lock_guard lock(m_mutex);
        m_asked.push_back(asked);
        if (isFiles && m_holdFrom && beginOf(asked.range) >= *m_holdFrom) {
            m_held.push_back(exchange);
            return;
        }
        otherwise = m_otherwise;
    }
    const auto instead = otherwise ? otherwise(asked) : std::nullopt;
    exchange->respond(instead ? *instead : right(asked));
}

http::Response ModelHub::right(const Asked& asked) const
{
    const std::string path(asked.request.path());
    const std::string model = std::string("/api/models/") + id;
    if (path == model + "/revision/main" || path == model + "/revision/" + commit) {
        return {200, {}, json({{"id", id}, {"sha", commit}}).dump()};
    }
    if (path == model + "/tree/" + commit) {
        return tree(asked.request);
    }
    const std::string resolve = std::string("/") + id + "/resolve/" + commit + "/";
    const std::string files = "/files/";
    const std::string name = http::percentDecode(path.substr(std::min(path.size(),
        path.starts_with(resolve)     ? resolve.size()
            : path.starts_with(files) ? files.size()
                                      : 0)));
    const auto found = m_files.find(name);
    if (found == m_files.end()) {
        return {404, {{"X-Error-Code", path.starts_with(resolve) ? "EntryNotFound" : "RepoNotFound"}}, {}};
    }
    if (found->second.isLarge && !asked.isFiles) {
        return {302, {{"Location", filesBase() + files + name + "?signature=x"}}, {}};
    }
    return partOf(found->second.bytes, asked.range);
}

http::Response ModelHub::tree(const http::Request& request) const
{
    json list = json::array();
    std::size_t page = 0;
    const std::string cursor = request.query("cursor");
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), page);
    std::size_t at = 0;
    for (const auto& [path, file] : m_files) {
        if (at++ % m_pages != page) {
            continue;
        }
        json entry{{"type", "file"}, {"path", path}, {"size", file.bytes.size()}, {"oid", gitBlobHex(file.bytes)}};
        if (file.isLarge) {
            entry["lfs"] = {{"oid", sha256Hex(file.bytes)}, {"size", file.bytes.size()}, {"pointerSize", 134}};
        }
        list.push_back(std::move(entry));
    }
    http::Response response{200, {}, list.dump()};
    if (page + 1 < m_pages) {
        response.headers.set("Link",
            "<" + base() + std::string(request.path()) + "?recursive=true&cursor=" + std::to_string(page + 1)
                + ">; rel=\"next\"");
    }
    return response;
}

http::Response ModelHub::partOf(const std::string& bytes, const std::string& range) const
{
    if (range.empty()) {
        return {200, {}, bytes};
    }
    const std::uint64_t begin = beginOf(range);
    std::uint64_t end = 0;
    const auto dash = range.find('-');
    std::from_chars(range.data() + dash + 1, range.data() + range.size(), end);
    return {206, {}, bytes.substr(begin, end - begin + 1)};
}

} // namespace visgate::worker
