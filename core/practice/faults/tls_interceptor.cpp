// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/faults/tls_interceptor.h"

#include <atomic>
#include <chrono>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string>
#include <thread>

namespace visgate::practice {

using namespace std::chrono_literals;

namespace {

constexpr auto kLook = 10ms;
constexpr auto kHandshakePatience = 3s;
constexpr long kValidSeconds = 3600;

template <auto Free> struct Deleter {
    template <typename T> void operator()(T* pointer) const { Free(pointer); }
};
using Context = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;

Certificate selfSigned(EVP_PKEY* key)
{
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kValidSeconds);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kValidSeconds);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    const std::string text = "Practice proxy";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(text.c_str()),
        static_cast<int>(text.size()), -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

Context makeContext()
{
    const Key key(EVP_EC_gen("P-256"));
    Context context(SSL_CTX_new(TLS_server_method()));
    if (!key || !context)
        return nullptr;
    const Certificate certificate = selfSigned(key.get());
    if (SSL_CTX_use_certificate(context.get(), certificate.get()) != 1
        || SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1)
        return nullptr;
    return context;
}

} // namespace

class TlsInterceptor::Impl {
public:
    bool open()
    {
        m_context = makeContext();
        m_listener.reset(BIO_new_accept("127.0.0.1:0"));
        if (!m_context || !m_listener)
            return false;
        BIO_set_nbio_accept(m_listener.get(), 1);
        BIO_set_accept_bios(m_listener.get(), BIO_new_ssl(m_context.get(), 0));
        if (BIO_do_accept(m_listener.get()) <= 0) // the first call binds
            return false;
        m_port = static_cast<std::uint16_t>(std::stoi(BIO_get_accept_port(m_listener.get())));
        m_thread = std::thread([this] { serve(); });
        return true;
    }

    ~Impl()
    {
        m_stop = true;
        if (m_thread.joinable())
            m_thread.join();
    }

    [[nodiscard]] std::uint16_t port() const { return m_port; }

private:
    void serve()
    {
        while (!m_stop) {
            if (BIO_do_accept(m_listener.get()) <= 0) {
                std::this_thread::sleep_for(kLook);
                continue;
            }
            const Bio visitor(BIO_pop(m_listener.get()));
            const auto end = std::chrono::steady_clock::now() + kHandshakePatience;
            while (BIO_do_handshake(visitor.get()) <= 0 && BIO_should_retry(visitor.get()) && !m_stop
                && std::chrono::steady_clock::now() < end)
                std::this_thread::sleep_for(kLook);
        }
    }

    Context m_context;
    Bio m_listener;
    std::uint16_t m_port = 0;
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

TlsInterceptor::TlsInterceptor(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) { }
TlsInterceptor::~TlsInterceptor() = default;

Result<std::unique_ptr<TlsInterceptor>> TlsInterceptor::start()
{
    auto impl = std::make_unique<Impl>();
    if (!impl->open())
        return fail(ErrorCode::Conflict, "no TLS listener");
    return std::unique_ptr<TlsInterceptor>(new TlsInterceptor(std::move(impl)));
}

std::uint16_t TlsInterceptor::port() const
{
    return m_impl->port();
}

} // namespace visgate::practice
