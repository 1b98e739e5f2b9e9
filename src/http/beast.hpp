// Beast's parser as we use it: for heads alone, each handed over whole. It keeps no state between
// two calls, so that how the bytes of a peer fall into pieces is not its business; bodies are ours
// (body_reader.hpp).
#pragma once
#include <boost/beast/http/basic_parser.hpp>
#include <stdexcept>
#include <string_view>

namespace lango::http {

namespace beast = boost::beast;
using HeadError = beast::http::error;

// An assertion of the parser's that did not hold. They stay on in every build and are thrown, so
// that bytes which nobody thought of end one connection and not the process.
class ParserFailed : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

// What a reader of heads leaves out of Beast's many hooks.
template <bool is_request>
class HeadParser : public beast::http::basic_parser<is_request> {
  protected:
    using View = beast::string_view;
    using Code = beast::error_code;

  private:
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) final {}
    std::size_t on_body_impl(View body, Code&) final { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, View, Code&) final {}
    std::size_t on_chunk_body_impl(std::uint64_t, View body, Code&) final { return body.size(); }
    void on_finish_impl(Code&) final {}
};

// Reads a whole head, its blank line included. What the parser's assertions throw is an error like
// any other (bad_value).
[[nodiscard]] beast::error_code put_head(beast::http::basic_parser<true>& parser,
                                         std::string_view head);
[[nodiscard]] beast::error_code put_head(beast::http::basic_parser<false>& parser,
                                         std::string_view head);

}  // namespace lango::http
