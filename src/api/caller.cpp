#include "api/caller.hpp"

#include "base/clock.hpp"

namespace lango::api {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// application/json, application/*+json, with or without parameters; no type at all is taken too.
bool is_json(const http::Headers& headers) {
    const auto type = headers.find("Content-Type");
    if (!type) return true;
    std::string media;
    for (const char c : type->substr(0, type->find(';'))) {
        if (c != ' ' && c != '\t') media.push_back(lower(c));
    }
    return media == "application/json" ||
           (media.starts_with("application/") && media.ends_with("+json"));
}

}  // namespace

Result<json::Value, http::Response> read_object(const http::Request& request) {
    if (!is_json(request.headers)) {
        return Unexpected<http::Response>{
            fail(415, "The request body must be sent as application/json.")};
    }
    auto body = json::parse(request.body);
    if (!body) {
        return Unexpected<http::Response>{
            fail(400, "The request body is not valid JSON: " + body.error().message + " at byte " +
                          std::to_string(body.error().offset) + ".")};
    }
    if (body->object() == nullptr) {
        return Unexpected<http::Response>{fail(400, "The request body must be a JSON object.")};
    }
    return std::move(*body);
}

std::shared_ptr<const merchants::Merchant> caller(const Context& context,
                                                  const http::Request& request,
                                                  const json::Value* body) {
    const auto query = http::Query::parse(request.query);
    std::string_view secret = query.find("secret").value_or("");
    if (secret.empty() && body != nullptr) {
        const auto* value = body->find("secret");
        if (value != nullptr && value->string() != nullptr) secret = *value->string();
    }
    if (secret.empty()) return nullptr;
    auto merchant = context.merchants.by_secret(secret, context.clock.now());
    if (merchant == nullptr) {
        refuse_caller(context, request, "secret", nullptr);
    } else if (!merchant->allows_address(request.peer)) {
        refuse_caller(context, request, "address", merchant.get());
        return nullptr;
    }
    return merchant;
}

void refuse_caller(const Context& context, const http::Request& request, std::string_view kind,
                   const merchants::Merchant* merchant) {
    if (!context.caller_refused) return;
    context.caller_refused(
        {.kind = kind,
         .merchant = merchant == nullptr ? std::string_view{} : std::string_view{merchant->slug},
         .peer = request.peer,
         .request_id = request.request_id});
}

}  // namespace lango::api
