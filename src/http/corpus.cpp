#include "http/corpus.hpp"

#include "http/response_reader.hpp"

namespace lango::http::corpus {

namespace {

using namespace std::string_literals;

const std::string start = "POST /a HTTP/1.1\r\nHost: a\r\n";
const std::string chunked = start + "Transfer-Encoding: chunked\r\n\r\n";
const std::string chunked_answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

std::string all_fields(const Headers& headers) {
    std::string text;
    for (const auto& [name, value] : headers.all()) text += name + "=" + value + "\n";
    return text;
}

// As a connection does: what was not consumed is offered again with more behind.
template <class Reader, class ReadingOn>
std::string left_over(Reader& reader, ReadingOn reading_on, std::string_view bytes,
                      const Pieces& pieces) {
    std::string waiting;
    std::size_t given = 0;
    for (const std::size_t size : pieces) {
        waiting += bytes.substr(given, size);
        given += size;
        if (reading_on()) waiting.erase(0, reader.feed(waiting));
    }
    return waiting;
}

}  // namespace

std::vector<Message> refused_requests() {
    return {
        {"LengthThenCoding", 400,
         start + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"CodingThenLength", 400,
         start + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"},
        {"CodingInOldHttp", 400, "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"CodingTwice", 400,
         start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"CodingUnknown", 501, start + "Transfer-Encoding: xchunked\r\n\r\n"},
        {"CodingChunkedThenIdentity", 501, start + "Transfer-Encoding: chunked, identity\r\n\r\n"},
        {"CodingIdentity", 501, start + "Transfer-Encoding: identity\r\n\r\n"},
        {"CodingEmpty", 501, start + "Transfer-Encoding:\r\n\r\n"},
        {"BlankBeforeColon", 400, start + "Transfer-Encoding : chunked\r\n\r\n"},
        {"LengthTwiceAlike", 400, start + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"},
        {"LengthTwice", 400, start + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"},
        {"LengthList", 400, start + "Content-Length: 3, 3\r\n\r\nabc"},
        {"LengthSigned", 400, start + "Content-Length: +3\r\n\r\nabc"},
        {"LengthHex", 400, start + "Content-Length: 0x3\r\n\r\nabc"},
        {"LengthEmpty", 400, start + "Content-Length:\r\n\r\n"},
        {"LengthHuge", 400, start + "Content-Length: 99999999999999999999\r\n\r\n"},
        {"FoldedLine", 400, start + "X: a\r\n b\r\n\r\n"},
        {"FoldedFirstLine", 400, "POST /a HTTP/1.1\r\n Host: a\r\n\r\n"},
        {"BareLf", 400, "POST /a HTTP/1.1\nHost: a\n\n"},
        {"BareLfAfterLineEnd", 400, "\r\n\n"},
        {"BareLfInside", 400, start + "X: a\nY: b\r\n\r\n"},
        {"BareCr", 400, start + "X: a\rY: b\r\n\r\n"},
        {"NulInValue", 400, start + "X: a\0b\r\n\r\n"s},
        {"NulInName", 400, start + "X\0: a\r\n\r\n"s},
        {"HostTwice", 400, start + "Host: b\r\n\r\n"},
        {"HostMissing", 400, "GET / HTTP/1.1\r\n\r\n"},
        {"HostWithUser", 400, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"},
        {"HostWithPath", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        {"HostWithBadPort", 400, "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"},
        {"TargetWithoutSlash", 400, "GET a HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"TargetWithFragment", 400, "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"TargetWithBlank", 505, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"OtherVersion", 505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"},
        {"OtherExpectation", 417, start + "Expect: tea\r\n\r\n"},
        {"LongBody", 413, start + "Content-Length: 101\r\n\r\n"},
        {"LongChunks", 413, chunked + "1\r\na\r\n64\r\n"},
        {"ChunkSizeNoNumber", 400, chunked + "x\r\n\r\n"},
        {"ChunkLongerThanSaid", 400, chunked + "1\r\nab\r\n0\r\n\r\n"},
        {"LfInChunkExtension", 400, chunked + "1;a=\"\n\"\r\nb\r\n0\r\n\r\n"},
        {"ChunkLineWithoutEnd", 400, chunked + "1;" + std::string(2000, 'a')},
        {"LongHeader", 431, start + "X: " + std::string(2000, 'a')},
        {"LongTarget", 414, "GET /" + std::string(2000, 'a')},
        {"ChunkWithOpenQuote", 400, chunked + "1;a=\"b\r\nc\r\n0\r\n\r\n"},
        {"ChunkQuoteOverTwoLines", 400, chunked + "1;a=\"b\r\nc\"\r\nd\r\n0\r\n\r\n"},
        {"ChunkQuoteEndsEscaped", 400, chunked + "1;a=\"b\\\"\r\nc\r\n0\r\n\r\n"},
        {"ChunkSizeThenBlank", 400, chunked + "1 \r\na\r\n0\r\n\r\n"},
        {"ChunkSizeEmpty", 400, chunked + "\r\na\r\n"},
        {"ChunkSizeOver64Bits", 400, chunked + "10000000000000001\r\na\r\n"},
        {"ChunkSizeHuge", 413, chunked + "ffffffffffffffff\r\na"},
        {"ChunkSizeSigned", 400, chunked + "+1\r\na\r\n0\r\n\r\n"},
        {"ChunkSizeHexPrefix", 400, chunked + "0x1\r\na\r\n0\r\n\r\n"},
        {"ChunkLineBareLf", 400, chunked + "1\na\r\n0\r\n\r\n"},
        {"ChunkLineBareCr", 400, chunked + "1\r\ra\r\n0\r\n\r\n"},
        {"ChunkDataWithoutEnd", 400, chunked + "1\r\na0\r\n\r\n"},
        {"ChunkDataBareLf", 400, chunked + "1\r\na\n0\r\n\r\n"},
        {"ChunkExtensionNul", 400, chunked + "1;a\0b\r\nc\r\n0\r\n\r\n"s},
        {"LastChunkBareLf", 400, chunked + "0\n\n"},
        {"LastChunkBareCr", 400, chunked + "0\r\n\rX"},
        {"TrailerWithoutName", 400, chunked + "0\r\n: x\r\n\r\n"},
        {"TrailerWithoutColon", 400, chunked + "0\r\nabc\r\n\r\n"},
        {"TrailerFolded", 400, chunked + "0\r\nA: b\r\n c\r\n\r\n"},
        {"TrailerBareLf", 400, chunked + "0\r\nA: b\nB: c\r\n\r\n"},
        {"TrailersTooLong", 400, chunked + "0\r\nA: " + std::string(2000, 'a')},
        {"ExtensionsTooLong", 400,
         chunked + "1;" + std::string(600, 'a') + "\r\na\r\n1;" + std::string(600, 'b')},
    };
}

std::vector<Message> requests() {
    return {
        {"Get", 0, "GET /x?a=b HTTP/1.1\r\nHost: Demo.localhost:80\r\n\r\n"},
        {"GetAndMore", 0, "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"LineEndsBefore", 0, "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"OldHttp", 0, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"},
        {"AbsoluteTarget", 0, "GET http://b.example:80/x?y HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"HostOfNumbers", 0, "BREW / HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: close\r\n\r\n"},
        {"Body", 0, start + "Content-Length: 5\r\n\r\nhello"},
        {"BodyAndMore", 0, start + "Content-Length: 5\r\n\r\nhelloPOST"},
        {"BodyEmpty", 0, start + "Content-Length: 0\r\n\r\n"},
        {"BodyOfTheLimit", 0, start + "Content-Length: 100\r\n\r\n" + std::string(100, 'x')},
        {"Continue", 0, start + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\nok"},
        {"ChunksNone", 0, chunked + "0\r\n\r\n"},
        {"ChunksNoneManyZeros", 0, chunked + "0000\r\n\r\n"},
        {"Chunks", 0, chunked + "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"},
        {"ChunksAndMore", 0, chunked + "A\r\nhello hell\r\n0\r\n\r\nGET / HTTP/1.1\r\n"},
        {"ChunksWithTrailers", 0, chunked + "2\r\nhe\r\n0\r\nT: t\r\nEmpty:\r\n\r\n"},
        {"ChunksWithExtensions", 0,
         chunked + "2;a\r\nhe\r\n3 ; b=c ;d=\"e;\\\"f\"\r\nllo\r\n0;last=\"1\"\r\n\r\n"},
        {"ChunksOfTheLimit", 0, chunked + "64\r\n" + std::string(100, 'x') + "\r\n0\r\n\r\n"},
    };
}

std::vector<Message> unfinished_requests() {
    return {
        {"Nothing", 0, ""},
        {"HalfLine", 0, "POST / HT"},
        {"HalfHeader", 0, start},
        {"HalfBody", 0, start + "Content-Length: 5\r\n\r\nhel"},
        {"ChunksBegun", 0, chunked},
        {"HalfChunk", 0, chunked + "5;a=\"b\"\r\nhel"},
        {"OpenQuote", 0, chunked + "5;a=\"b"},
        {"LastChunkLine", 0, chunked + "0\r\n"},
        {"LastChunkButForOneByte", 0, chunked + "0\r\n\r"},
        {"HalfTrailer", 0, chunked + "0\r\nT: t\r\n"},
        {"TrailersButForOneByte", 0, chunked + "0\r\nT: t\r\n\r"},
    };
}

std::vector<Message> answers() {
    std::string interim;
    for (int i = 0; i < 20; ++i) interim += "HTTP/1.1 100 Continue\r\n\r\n";
    return {
        {"Sized", 0, "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\n\r\nokHTTP"},
        {"SizedEmpty", 0, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"},
        {"SizedTooLong", 0,
         "HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n" + std::string(300, 'x')},
        {"SizedHalf", 0, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"},
        {"SizeTwice", 0, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"},
        {"SizeAndChunks", 0,
         "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"UpToTheEnd", 0, "HTTP/1.1 200 OK\r\n\r\nabc"},
        {"UpToTheEndTooLong", 0, "HTTP/1.0 200 OK\r\n\r\n" + std::string(300, 'x')},
        {"NoBody", 0, "HTTP/1.1 204 No Content\r\n\r\n"},
        {"NotModified", 0, "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"},
        {"Folded", 0, "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n"},
        {"BareLf", 0, "HTTP/1.1 200 OK\nContent-Length: 0\n\n"},
        {"Interim", 0,
         "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
         "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"},
        {"InterimEndless", 0, interim},
        {"Switching", 0, "HTTP/1.1 101 Switching Protocols\r\n\r\n"},
        {"OtherProtocol", 0, "SSH-2.0-OpenSSH_9.2\r\n"},
        {"OtherVersion", 0, "HTTP/1.7 200 OK\r\n\r\n"},
        {"CodingUnknown", 0, "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc"},
        {"HeadTooLong", 0, "HTTP/1.1 200 OK\r\nX: " + std::string(17'000, 'x') + "\r\n\r\n"},
        {"Chunks", 0, chunked_answer + "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"},
        {"ChunksNone", 0, chunked_answer + "0\r\n\r\n"},
        {"ChunksNoneAndMore", 0, chunked_answer + "0\r\n\r\nHTTP"},
        {"ChunksButForOneByte", 0, chunked_answer + "0\r\n\r"},
        {"ChunksWithTrailers", 0, chunked_answer + "2;a=\"b\"\r\nhe\r\n0\r\nT: t\r\n\r\n"},
        {"ChunksTooLong", 0, chunked_answer + "96\r\n" + std::string(150, 'x') + "\r\n0\r\n\r\n"},
        {"ChunkHuge", 0, chunked_answer + "ffffffffffffffff\r\nabc"},
        {"ChunkBad", 0, chunked_answer + "x\r\n"},
        {"ChunkOpenQuote", 0, chunked_answer + "1;a=\"\r\nb\r\n0\r\n\r\n"},
        {"TrailerBad", 0, chunked_answer + "0\r\n x\r\n\r\n"},
    };
}

std::string outcome_of_request(std::string_view bytes, const Pieces& pieces) {
    using State = RequestReader::State;
    RequestReader reader(limits);
    const auto reading_on = [&] {
        return reader.state() == State::header || reader.state() == State::body;
    };
    const std::string rest = left_over(reader, reading_on, bytes, pieces);
    if (reader.state() == State::refused) return "refused " + std::to_string(reader.refusal());
    if (reader.state() != State::complete) return "more has to come";
    const Request& request = reader.request();
    return std::to_string(static_cast<int>(request.method)) + request.path + "?" + request.query +
           "\n" + request.host + "\n" + all_fields(request.headers) + request.body +
           (reader.keep_alive() ? "\nkept " : "\nends ") + rest;
}

std::string outcome_of_answer(std::string_view bytes, const Pieces& pieces, bool head) {
    using State = ResponseReader::State;
    ResponseReader reader(100, head);
    const auto reading_on = [&] { return reader.state() == State::reading; };
    std::string rest = left_over(reader, reading_on, bytes, pieces);
    const bool at_end = reading_on();
    reader.end();
    if (reader.state() == State::failed) return at_end ? "more has to come" : "failed";
    const bool kept = reader.keep_alive();
    const bool truncated = reader.state() == State::truncated;
    if (truncated) rest.clear();  // nobody reads on there
    const ClientResponse answer = reader.take();
    return std::to_string(answer.status) + "\n" + all_fields(answer.headers) + answer.body +
           (kept ? "\nkept " : "\nends ") + (truncated ? "cut " : "") + (at_end ? "at end " : "") +
           rest;
}

}  // namespace lango::http::corpus
