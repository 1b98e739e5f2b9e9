// The parts of Beast that are compiled only once, which are those for heads and nothing else. Its
// assertions throw, and only they: BOOST_ASSERT is made anew after every header that anybody else
// includes too, so that no function is compiled in two ways, and what is compiled after it is
// compiled nowhere else. Asio keeps its own: where a function is noexcept, a throw would end the
// process.
#include "http/beast.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffer_traits.hpp>
#include <boost/beast/core/detail/clamp.hpp>
#include <boost/beast/core/detail/string.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/verb.hpp>
#include <boost/throw_exception.hpp>
#include <string>

#define BOOST_BEAST_SOURCE
#include <boost/beast/core/impl/string.ipp>
#include <boost/beast/http/detail/rfc7230.ipp>
#include <boost/beast/http/impl/error.ipp>
#include <boost/beast/http/impl/field.ipp>
#include <boost/beast/http/impl/rfc7230.ipp>
#include <boost/beast/http/impl/verb.ipp>

#define BOOST_ENABLE_ASSERT_HANDLER
// clang-format off: the order is the point.
#include <boost/assert.hpp>
#include <boost/beast/http/detail/basic_parser.ipp>
#include <boost/beast/http/impl/basic_parser.ipp>
// As it was: other sources may stand behind this one in one compilation.
#undef BOOST_ENABLE_ASSERT_HANDLER
#undef BOOST_BEAST_SOURCE
#include <boost/assert.hpp>
// clang-format on

namespace boost {

void assertion_failed(const char* expression, const char*, const char*, long line) {
    throw lango::http::ParserFailed("parser, line " + std::to_string(line) + ": " + expression);
}
void assertion_failed_msg(const char* expression, const char*, const char* function,
                          const char* file, long line) {
    assertion_failed(expression, function, file, line);
}

}  // namespace boost

namespace lango::http {

namespace {

template <bool is_request>
beast::error_code put(beast::http::basic_parser<is_request>& parser, std::string_view head) {
    beast::error_code error;
    try {
        // The readers have limits of their own; Beast's would count one byte more strictly.
        parser.header_limit(static_cast<std::uint32_t>(head.size()) + 1);
        parser.body_limit(boost::none);
        parser.eager(false);
        const std::size_t used =
            parser.put(boost::asio::const_buffer(head.data(), head.size()), error);
        if (!error && (!parser.is_header_done() || used != head.size()))
            error = HeadError::partial_message;
    } catch (const ParserFailed&) {
        error = HeadError::bad_value;
    }
    return error;
}

}  // namespace

beast::error_code put_head(beast::http::basic_parser<true>& parser, std::string_view head) {
    return put(parser, head);
}
beast::error_code put_head(beast::http::basic_parser<false>& parser, std::string_view head) {
    return put(parser, head);
}

}  // namespace lango::http
