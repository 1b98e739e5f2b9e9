#include "http/tls.hpp"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/ip/address.hpp>

namespace lango::http {

namespace ssl = boost::asio::ssl;

namespace {

int session_slot() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

// Returns 1: the session is ours to free.
int session_arrived(SSL* tls, SSL_SESSION* session) {
    auto* store = static_cast<TlsSession*>(SSL_get_ex_data(tls, session_slot()));
    if (store == nullptr) return 0;
    store->keep(session);
    return 1;
}

}  // namespace

TlsContext::TlsContext(const std::string& ca_file) : context_(ssl::context::tls_client) {
    context_.set_verify_mode(ssl::verify_peer);
    if (ca_file.empty()) {
        context_.set_default_verify_paths();
    } else {
        context_.load_verify_file(ca_file);
    }
    SSL_CTX* native = context_.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    // Of TLS 1.2 what 1.3 has too: forward secrecy, and no cipher apart from its checksum.
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(native, session_arrived);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
}

void prepare_tls(SSL* tls, const std::string& host, TlsSession& session) {
    boost::system::error_code error;
    boost::asio::ip::make_address(host, error);
    if (error) {
        SSL_set_hostflags(tls, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        SSL_set1_host(tls, host.c_str());
        SSL_set_tlsext_host_name(tls, const_cast<char*>(host.c_str()));
    } else {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), host.c_str());
    }
    SSL_set_ex_data(tls, session_slot(), &session);
    if (session.get() != nullptr) SSL_set_session(tls, session.get());
}

std::string verification_error(const SSL* tls) {
    const long result = SSL_get_verify_result(tls);
    return result == X509_V_OK ? std::string{} : X509_verify_cert_error_string(result);
}

void keep_session_at_end(SSL* tls) {
    if (SSL_is_init_finished(tls) != 0)
        SSL_set_shutdown(tls, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

}  // namespace lango::http
