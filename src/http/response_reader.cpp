#include "http/response_reader.hpp"

#include <algorithm>
#include <utility>

#include "http/beast.hpp"

namespace lango::http {

namespace {

constexpr int interim_max = 8;
constexpr std::size_t head_max = std::size_t{16} * 1024;
constexpr std::string_view head_begin = "HTTP/1.";
constexpr std::string_view head_end = "\r\n\r\n";

}  // namespace

class ResponseReader::Parser final : public HeadParser<false> {
  public:
    ClientResponse response;

  private:
    void on_response_impl(int status, View, int, Code&) override { response.status = status; }
    void on_field_impl(beast::http::field field, View name, View value, Code& error) override {
        // Beast takes a coding that it does not know for none, and would hand the coded bytes on.
        if (field == beast::http::field::transfer_encoding &&
            !same_name({value.data(), value.size()}, "chunked")) {
            error = HeadError::bad_transfer_encoding;
            return;
        }
        response.headers.add(std::string(name.data(), name.size()),
                             std::string(value.data(), value.size()));
    }
    void on_header_impl(Code&) override {}
    void on_request_impl(beast::http::verb, View, View, int, Code&) override {}
};

ResponseReader::ResponseReader(std::size_t body_max, bool head)
    : head_(head), body_(body_max, head_max) {
    start();
}
ResponseReader::~ResponseReader() = default;

void ResponseReader::start() {
    parser_ = std::make_unique<Parser>();
    parser_->skip(head_);
    head_done_ = false;
    scanned_ = 0;
}

void ResponseReader::fail(const std::string& why) {
    error_ = "answer: " + why;
    state_ = State::failed;
}

std::size_t ResponseReader::feed(std::string_view received) {
    std::size_t consumed = 0;
    while (state_ == State::reading && consumed < received.size()) {
        const std::string_view rest = received.substr(consumed);
        if (head_done_) {
            consumed += body_.feed(rest, parser_->response.body);
            judge_body();
        } else {
            const std::size_t used = feed_head(rest);
            if (used == 0) break;
            consumed += used;
        }
    }
    return consumed;
}

std::size_t ResponseReader::feed_head(std::string_view received) {
    const std::size_t begun = std::min(received.size(), head_begin.size());
    if (received.substr(0, begun) != head_begin.substr(0, begun)) {
        fail("no HTTP/1");
        return 0;
    }
    const std::size_t from = scanned_ - std::min(scanned_, head_end.size() - 1);
    const std::size_t found = received.substr(0, head_max).find(head_end, from);
    if (found == std::string_view::npos) {
        scanned_ = received.size();
        if (scanned_ >= head_max) fail("head too long");
        return 0;
    }
    const std::size_t size = found + head_end.size();
    if (const beast::error_code error = put_head(*parser_, received.substr(0, size))) {
        fail(error.message());
    } else {
        take_head();
    }
    return size;
}

void ResponseReader::take_head() {
    const int status = parser_->response.status;
    if (status == 101 || (status < 200 && ++interim_ > interim_max)) {
        return fail("unexpected status " + std::to_string(status));
    }
    if (status < 200) return start();
    head_done_ = true;
    if (parser_->is_done()) {
        body_.begin_sized(0);
    } else if (parser_->chunked()) {
        body_.begin_chunked();
    } else if (parser_->need_eof()) {
        body_.begin_open();
    } else {
        body_.begin_sized(parser_->content_length().value_or(0));
    }
    judge_body();
}

void ResponseReader::judge_body() {
    switch (body_.state()) {
        case BodyReader::State::reading:
            break;
        case BodyReader::State::complete:
            state_ = State::complete;
            break;
        case BodyReader::State::overfull:
            parser_->response.truncated = true;
            state_ = State::truncated;
            break;
        case BodyReader::State::failed:
            fail("bad chunk");
            break;
    }
}

void ResponseReader::end() {
    if (state_ != State::reading) return;
    body_.end();
    if (head_done_ && body_.state() == BodyReader::State::complete) {
        state_ = State::complete;
    } else {
        fail("connection closed by the peer");
    }
}

bool ResponseReader::keep_alive() const {
    return state_ == State::complete && parser_->keep_alive();
}

ClientResponse ResponseReader::take() { return std::move(parser_->response); }

}  // namespace lango::http
