// Routes by method and path pattern. "/api/v1/payment/{order_id}" binds one segment, never an empty
// one. Of several routes that match, the one added first answers. Segments compare as sent.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace lango::http {

namespace asio = boost::asio;

// Segments bound by {name}, percent-decoded, in the order of the pattern.
using PathArguments = std::vector<std::string>;
// The request outlives the coroutine.
using Handler = std::function<asio::awaitable<Response>(const Request&, const PathArguments&)>;
// What a server serves: a Router's handle, or a wrapper around it.
using Service = std::function<asio::awaitable<Response>(const Request&)>;

class Router {
  public:
    void add(Method method, std::string_view pattern, Handler handler);
    // Replaces the answer to a path that nobody serves: 404 {"status":"fail","message":"Not
    // found"}. A known path with another method is always 405 "Method not allowed" with Allow.
    void set_not_found(Handler handler);
    // HEAD is answered as GET (the server drops the body).
    [[nodiscard]] asio::awaitable<Response> handle(const Request& request) const;

  private:
    struct Route {
        Method method;
        std::vector<std::string> segments;  // "{}" binds
        Handler handler;
    };
    std::vector<Route> routes_;
    Handler not_found_;
};

}  // namespace lango::http
