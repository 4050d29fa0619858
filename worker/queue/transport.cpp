// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/queue/transport.h"

#include "core/foundation/path_text.h"
#include "worker/platform/peer_address.h"

#include <algorithm>
#include <curl/curl.h>
#include <fstream>
#include <mutex>

namespace visgate::worker {
namespace {

constexpr std::size_t mostHeaderBytes = 256 * 1024;

/// What comes back.
struct Body {
    CURL* easy = nullptr;
    const WebRequest& request;
    std::string bytes = {};
    std::size_t most = 0;
    bool isTooLarge = false;
    bool isRefused = false;
    http::Headers headers = {};
    std::size_t headerBytes = 0;
};

std::size_t receive(char* data, std::size_t, std::size_t size, void* target)
{
    auto& body = *static_cast<Body*>(target);
    long status = 0;
    curl_easy_getinfo(body.easy, CURLINFO_RESPONSE_CODE, &status);
    if (body.request.onBody && status == body.request.bodyStatus) {
        body.isRefused = !body.request.onBody(std::string_view(data, size));
        return body.isRefused ? 0 : size;
    }
    if (body.bytes.size() + size > body.most) {
        body.isTooLarge = true;
        return 0;
    }
    body.bytes.append(data, size);
    return size;
}

std::size_t receiveHeader(char* data, std::size_t, std::size_t size, void* target)
{
    auto& body = *static_cast<Body*>(target);
    std::string_view line(data, size);
    body.headerBytes += size;
    if (body.headerBytes > mostHeaderBytes) {
        body.isTooLarge = true;
        return 0;
    }
    if (line.starts_with("HTTP/")) {
        body.headers = {}; // those before were of an interim reply
    }
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r' || line.back() == ' ')) {
        line.remove_suffix(1);
    }
    if (const auto colon = line.find(':'); colon != std::string_view::npos) {
        const auto value = std::min(line.find_first_not_of(" \t", colon + 1), line.size());
        body.headers.add(line.substr(0, colon), std::string(line.substr(value)));
    }
    return size;
}

/// Asked with the resolved address, just before it is connected to.
curl_socket_t openSocket(void* reach, curlsocktype, curl_sockaddr* address)
{
    const Reach allowed = *static_cast<const Reach*>(reach);
    const bool isRefused = (allowed == Reach::ThisComputer && !platform::isLoopback(address->addr))
        || (allowed == Reach::NoLinkLocal && platform::isLinkLocalOrUnspecified(address->addr))
        || (allowed == Reach::Public && !platform::isPublic(address->addr));
    return isRefused ? CURL_SOCKET_BAD : platform::openSocket(address->family, address->socktype, address->protocol);
}

std::size_t readFile(char* data, std::size_t, std::size_t size, void* source)
{
    auto& file = *static_cast<std::ifstream*>(source);
    file.read(data, static_cast<std::streamsize>(size));
    return file.bad() ? CURL_READFUNC_ABORT : static_cast<std::size_t>(file.gcount());
}

/// A connection that was kept may turn out to be closed once the body is half sent: it begins again.
int seekFile(void* source, curl_off_t offset, int)
{
    auto& file = *static_cast<std::ifstream*>(source);
    file.clear();
    file.seekg(static_cast<std::streamoff>(offset));
    return file ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

struct HeaderListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, HeaderListDeleter>;

HeaderList headerList(const WebRequest& request)
{
    HeaderList list;
    const auto add = [&list](const std::string& line) { list.reset(curl_slist_append(list.release(), line.c_str())); };
    for (const auto& [name, value] : request.headers) {
        add(std::string(name).append(": ").append(value));
    }
    add("Expect:"); // a body is sent at once: waiting for 100-continue costs a round trip or a second
    return list;
}

std::string mediaType(const char* contentType)
{
    std::string type = contentType != nullptr ? contentType : "";
    type.erase(std::min(type.find(';'), type.size()));
    std::erase(type, ' ');
    std::transform(type.begin(), type.end(), type.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return type;
}

Error describe(CURLcode code, const Body& body)
{
    const auto error = [code](ErrorCode kind) { return Error{kind, curl_easy_strerror(code), 0, {}, {}}; };
    if (body.isTooLarge || code == CURLE_FILESIZE_EXCEEDED) {
        return error(ErrorCode::ReplyTooLarge);
    }
    if (body.isRefused) {
        return error(ErrorCode::Internal);
    }
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return error(ErrorCode::NetworkTimeout);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
        return error(ErrorCode::TlsFailed);
    default:
        return error(ErrorCode::NetworkUnreachable);
    }
}

/// libcurl's own global state, set up once a process before the first handle.
void initialiseOnce()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

} // namespace

struct Transport::State {
    CURLM* multi = nullptr;
    CURL* easy = nullptr;

    State()
    {
        initialiseOnce();
        multi = curl_multi_init();
        easy = curl_easy_init();
    }
    ~State()
    {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void prepare(const WebRequest& request, const curl_slist* headers, Body& body) const
    {
        curl_easy_reset(easy); // keeps connections
        curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "visgate-worker/" VISGATE_VERSION);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 15'000L);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &receive);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &receiveHeader);
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, &body);
        if (request.onBody) {
            curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 512L * 1024L); // gigabytes come this way
        }
        if (!request.onBody && request.method != "HEAD") { // what is announced to be too much need not come first
            curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(body.most));
        }
        if (request.silence.count() > 0) {
            curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
            curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.silence.count()));
        }
        if (request.reach != Reach::Anywhere) {
            curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &openSocket);
            curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, const_cast<Reach*>(&request.reach));
            curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L); // a kept one was opened under other rules
        }
        if (request.reach == Reach::ThisComputer || request.isDirect) {
            curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
        }
        if (request.isPathLiteral) {
            curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
        }
        if (request.method == "HEAD") {
            curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        } else if (request.method != "GET" && request.method != "POST") {
            curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
        }
        if (request.bodyFile.empty() && (request.method == "POST" || request.method == "PUT")) {
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
            curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
        }
    }

    [[nodiscard]] Result<void> prepareFile(const std::filesystem::path& path, std::ifstream& file) const
    {
        std::error_code error;
        const auto size = std::filesystem::file_size(path, error);
        file.open(path, std::ios::binary);
        if (error || !file) {
            return fail(ErrorCode::FileUnreadable, toUtf8(path));
        }
        curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size));
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, &readFile);
        curl_easy_setopt(easy, CURLOPT_READDATA, &file);
        curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, &seekFile);
        curl_easy_setopt(easy, CURLOPT_SEEKDATA, &file);
        curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 512L * 1024L);
        return {};
    }

    /// Until the transfer ends or the token is pulled.
    [[nodiscard]] Result<CURLcode> transfer(const http::CancelToken& cancel) const
    {
        int running = 1;
        while (running > 0) {
            if (cancel.isCancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            if (curl_multi_perform(multi, &running) != CURLM_OK) {
                return fail(ErrorCode::Internal, "libcurl refused to go on");
            }
            if (running > 0) {
                curl_multi_poll(multi, nullptr, 0, 60'000, nullptr);
            }
        }
        int left = 0;
        const CURLMsg* message = curl_multi_info_read(multi, &left);
        return message != nullptr ? message->data.result : CURLE_FAILED_INIT;
    }
};

Transport::Transport() : m_state(std::make_unique<State>()) { }

Transport::~Transport() = default;

Result<WebReply> Transport::send(const WebRequest& request, const http::CancelToken& cancel, std::size_t maxBodyBytes)
{
    const HeaderList headers = headerList(request);
    Body body{m_state->easy, request};
    body.most = maxBodyBytes;
    m_state->prepare(request, headers.get(), body);
    std::ifstream file;
    if (!request.bodyFile.empty()) {
        if (auto prepared = m_state->prepareFile(request.bodyFile, file); !prepared) {
            return fail(prepared.error());
        }
    }
    curl_multi_add_handle(m_state->multi, m_state->easy);
    const auto handle = cancel.onCancel([multi = m_state->multi] { curl_multi_wakeup(multi); });
    const auto code = m_state->transfer(cancel);
    cancel.removeCallback(handle);
    curl_multi_remove_handle(m_state->multi, m_state->easy);
    if (!code) {
        return fail(code.error());
    }
    if (*code != CURLE_OK) {
        return fail(describe(*code, body));
    }
    long status = 0;
    const char* type = nullptr;
    curl_easy_getinfo(m_state->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(m_state->easy, CURLINFO_CONTENT_TYPE, &type);
    return WebReply{static_cast<int>(status), mediaType(type), std::move(body.bytes), std::move(body.headers)};
}

} // namespace visgate::worker
