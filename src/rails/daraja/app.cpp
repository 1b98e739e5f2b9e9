#include "rails/daraja/app.hpp"

#include "rails/daraja/codes.hpp"

namespace lango::rails::daraja {

asio::awaitable<std::optional<App::Answer>> App::post(std::string path, std::string body,
                                                      Duration timeout) {
    std::optional<Answer> answer;
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto token = co_await token_.get();
        if (!token) co_return answer;
        answer = co_await client_.send({.method = http::Method::post,
                                        .url = options_.base_url + path,
                                        .headers = {{"Authorization", "Bearer " + token->reveal()},
                                                    {"Content-Type", "application/json"}},
                                        .body = body,
                                        .timeout = timeout,
                                        .body_max = std::size_t{1024} * 1024,
                                        .guard_address = options_.guard_address});
        // A refused token means that the core saw nothing: the same request may go again.
        if (!*answer || (*answer)->status == 200) break;
        if (!classify_fault(**answer).token_refused) break;
        token_.refused(*token);
    }
    co_return answer;
}

}  // namespace lango::rails::daraja
