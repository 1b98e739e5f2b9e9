#include "http/body_reader.hpp"

#include <algorithm>

namespace lango::http {

namespace {

constexpr int digits_max = 16;  // of a chunk's size: 64 bits

bool is_text(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); }

bool is_token(char c) {
    static constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           others.find(c) != std::string_view::npos;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

void BodyReader::begin_sized(std::uint64_t size) {
    left_ = size;
    step_ = Step::sized;
    state_ = size == 0 ? State::complete : State::reading;
}
void BodyReader::begin_chunked() {
    left_ = 0;
    aside_ = 0;
    digits_ = 0;
    step_ = Step::size_begin;
    state_ = State::reading;
}
void BodyReader::begin_open() {
    left_ = 0;
    step_ = Step::open;
    state_ = State::reading;
}

std::size_t BodyReader::feed(std::string_view received, std::string& body) {
    std::size_t consumed = 0;
    while (state_ == State::reading && consumed < received.size()) {
        if (step_ == Step::sized || step_ == Step::open || step_ == Step::data) {
            consumed += take(received.substr(consumed), body);
        } else {
            step_ = next(received[consumed++]);
            if (aside_ > aside_max_) step_ = fail();
        }
    }
    return consumed;
}

// Bytes of the body itself.
std::size_t BodyReader::take(std::string_view received, std::string& body) {
    std::size_t count = received.size();
    if (step_ != Step::open) {
        count = static_cast<std::size_t>(std::min<std::uint64_t>(count, left_));
        left_ -= count;
    }
    const std::size_t room = body_max_ - body.size();
    body.append(received.substr(0, std::min(room, count)));
    if (count > room) {
        state_ = State::overfull;
    } else if (step_ == Step::sized && left_ == 0) {
        state_ = State::complete;
    } else if (step_ == Step::data && left_ == 0) {
        step_ = Step::data_cr;
    }
    return count;
}

void BodyReader::end() {
    if (state_ != State::reading) return;
    state_ = step_ == Step::open ? State::complete : State::failed;
}

BodyReader::Step BodyReader::fail() {
    state_ = State::failed;
    return step_;
}

BodyReader::Step BodyReader::expect(char c, char wanted, Step then) {
    return c == wanted ? then : fail();
}

BodyReader::Step BodyReader::next(char c) {
    switch (step_) {
        case Step::size_begin:
            digits_ = 0;
            return digit(c);
        case Step::size:
            return hex_value(c) >= 0 ? digit(c) : after_size(c);
        case Step::blank:
            return c == '\r' ? fail() : after_size(c);
        case Step::extension:
        case Step::quoted:
        case Step::escaped:
            return inside_extension(c);
        case Step::line_end:
            return expect(c, '\n', left_ == 0 ? Step::trailer_begin : Step::data);
        case Step::data_cr:
            return expect(c, '\r', Step::data_lf);
        case Step::data_lf:
            return expect(c, '\n', Step::size_begin);
        case Step::last_end:
            if (c == '\n') state_ = State::complete;
            return expect(c, '\n', Step::last_end);
        default:
            return inside_trailer(c);
    }
}

BodyReader::Step BodyReader::digit(char c) {
    const int value = hex_value(c);
    if (value < 0 || ++digits_ > digits_max) return fail();
    left_ = (left_ << 4U) | static_cast<unsigned>(value);
    return Step::size;
}

// Blanks stand before an extension only: others read "5 \r\n" in other ways.
BodyReader::Step BodyReader::after_size(char c) {
    if (c == '\r') return Step::line_end;
    ++aside_;
    if (c == ';') return Step::extension;
    return c == ' ' || c == '\t' ? Step::blank : fail();
}

// Nobody ends a line inside quotes who does not end it outside: what could be read so is refused.
BodyReader::Step BodyReader::inside_extension(char c) {
    if (c == '\r' && step_ == Step::extension) return Step::line_end;
    ++aside_;
    if (!is_text(c)) return fail();
    if (step_ == Step::escaped) return Step::quoted;
    if (c == '"') return step_ == Step::quoted ? Step::extension : Step::quoted;
    return c == '\\' && step_ == Step::quoted ? Step::escaped : step_;
}

BodyReader::Step BodyReader::inside_trailer(char c) {
    ++aside_;
    switch (step_) {
        case Step::trailer_begin:
            if (c == '\r') return Step::last_end;
            return is_token(c) ? Step::trailer_name : fail();
        case Step::trailer_name:
            if (c == ':') return Step::trailer_value;
            return is_token(c) ? Step::trailer_name : fail();
        case Step::trailer_value:
            if (c == '\r') return Step::trailer_end;
            return is_text(c) ? Step::trailer_value : fail();
        default:
            return expect(c, '\n', Step::trailer_begin);
    }
}

}  // namespace lango::http
