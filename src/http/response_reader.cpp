#include "http/response_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <utility>

namespace lango::http {

namespace {

namespace beast = boost::beast;
using Error = beast::http::error;
using ErrorCode = beast::error_code;

constexpr int interim_max = 8;
constexpr std::uint32_t header_max = 16 * 1024;

}  // namespace

class ResponseReader::Parser final : public beast::http::basic_parser<false> {
  public:
    explicit Parser(std::size_t body_max) : body_max_(body_max) {}
    ClientResponse response;
    bool overfull = false;

  private:
    using View = beast::string_view;

    void on_response_impl(int status, View, int, ErrorCode&) override { response.status = status; }
    void on_field_impl(beast::http::field field, View name, View value, ErrorCode& error) override {
        if (is_header_done_) return;
        // Beast takes a coding that it does not know for none, and would hand the coded bytes on.
        if (field == beast::http::field::transfer_encoding &&
            !same_name({value.data(), value.size()}, "chunked")) {
            error = Error::bad_transfer_encoding;
            return;
        }
        response.headers.add(std::string(name.data(), name.size()),
                             std::string(value.data(), value.size()));
    }
    void on_header_impl(ErrorCode&) override { is_header_done_ = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
    std::size_t on_body_impl(View body, ErrorCode& error) override { return keep(body, error); }
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View body, ErrorCode& error) override {
        return keep(body, error);
    }
    void on_request_impl(beast::http::verb, View, View, int, ErrorCode&) override {}
    void on_finish_impl(ErrorCode&) override {}

    std::size_t keep(View body, ErrorCode& error) {
        const std::size_t room = body_max_ - response.body.size();
        response.body.append(body.data(), std::min(room, body.size()));
        if (body.size() > room) {
            overfull = true;
            error = Error::body_limit;
        }
        return body.size();
    }

    std::size_t body_max_;
    bool is_header_done_ = false;
};

ResponseReader::ResponseReader(std::size_t body_max, bool head) : body_max_(body_max), head_(head) {
    start();
}
ResponseReader::~ResponseReader() = default;

void ResponseReader::start() {
    parser_ = std::make_unique<Parser>(body_max_);
    parser_->header_limit(header_max);
    parser_->body_limit(boost::none);
    parser_->skip(head_);
    parser_->eager(true);
}

std::size_t ResponseReader::feed(std::string_view received) {
    std::size_t consumed = 0;
    while (state_ == State::reading && consumed < received.size()) {
        ErrorCode error;
        consumed += parser_->put(
            boost::asio::const_buffer(received.data() + consumed, received.size() - consumed),
            error);
        if (parser_->overfull) {
            parser_->response.truncated = true;
            state_ = State::truncated;
        } else if (error == Error::need_more) {
            break;
        } else if (error) {
            error_ = "answer: " + error.message();
            state_ = State::failed;
        } else if (parser_->is_done()) {
            finish();
        }
    }
    return consumed;
}

void ResponseReader::finish() {
    const int status = parser_->response.status;
    if (status >= 200) {
        state_ = State::complete;
    } else if (status == 101 || ++interim_ > interim_max) {
        error_ = "answer: unexpected status " + std::to_string(status);
        state_ = State::failed;
    } else {
        start();
    }
}

void ResponseReader::end() {
    if (state_ != State::reading) return;
    ErrorCode error = Error::end_of_stream;
    if (parser_->got_some() && parser_->is_header_done() && parser_->need_eof())
        parser_->put_eof(error);
    if (error) {
        error_ = "answer: connection closed by the peer";
        state_ = State::failed;
    } else {
        state_ = State::complete;
    }
}

bool ResponseReader::keep_alive() const {
    return state_ == State::complete && parser_->keep_alive();
}

ClientResponse ResponseReader::take() { return std::move(parser_->response); }

}  // namespace lango::http
