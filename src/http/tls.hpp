// TLS of the client: verified chains and names, TLS 1.2 or newer, sessions taken up again.
#pragma once
#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

namespace lango::http {

// The newest session that an origin gave us. A full handshake costs the other side a signature;
// with this the next connection does without.
class TlsSession {
  public:
    void keep(SSL_SESSION* session) { session_.reset(session); }
    [[nodiscard]] SSL_SESSION* get() const { return session_.get(); }

  private:
    struct Free {
        void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
    };
    std::unique_ptr<SSL_SESSION, Free> session_;
};

class TlsContext {
  public:
    // ca_file: PEM; empty: the system's. Throws boost::system::system_error when it cannot be read.
    explicit TlsContext(const std::string& ca_file);
    [[nodiscard]] boost::asio::ssl::context& context() { return context_; }

  private:
    boost::asio::ssl::context context_;
};

// Before the handshake: the name to ask for and to verify (an address: only to verify), the session
// to take up, and where a new one goes. The session must outlive the connection.
void prepare_tls(SSL* tls, const std::string& host, TlsSession& session);
// Why the peer's certificate was not accepted; empty when that was not the reason.
[[nodiscard]] std::string verification_error(const SSL* tls);
// Before the end of a connection without closing alerts: OpenSSL would throw its session away.
void keep_session_at_end(SSL* tls);

}  // namespace lango::http
