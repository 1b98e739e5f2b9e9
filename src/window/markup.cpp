#include "window/markup.hpp"

#include <algorithm>

namespace lango::window {

namespace {

std::string_view entity(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

void append_escaped(std::string& out, std::string_view text) {
    std::size_t kept = 0;  // up to here it is written
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto instead = entity(text[i]);
        if (instead.empty()) continue;
        out.append(text, kept, i - kept).append(instead);
        kept = i + 1;
    }
    out.append(text, kept);
}

// Hands the words between the places to `words`, and the number of each place to `place`.
void read(std::string_view sentence, auto words, auto place) {
    while (!sentence.empty()) {
        const auto open = std::min(sentence.find('{'), sentence.size());
        words(sentence.substr(0, open));
        sentence.remove_prefix(open);
        if (sentence.size() < 3) return words(sentence);
        place(static_cast<std::size_t>(sentence[1] - '1'));
        sentence.remove_prefix(3);
    }
}

}  // namespace

// The one that writes bytes into a Markup.
class MarkupMaker {
  public:
    explicit MarkupMaker(std::size_t size = 0) { out().reserve(size); }
    MarkupMaker& html(std::string_view html) {
        out().append(html);
        return *this;
    }
    MarkupMaker& text(std::string_view text) {
        append_escaped(out(), text);
        return *this;
    }
    MarkupMaker& content(const Content& content) {
        return content.is_html_ ? html(content.bytes_) : text(content.bytes_);
    }
    MarkupMaker& attribute(const Attribute& attribute) {
        if (!attribute.is_there_) return *this;
        html(" ").html(attribute.name_.name());
        return attribute.is_alone_ ? *this : html("=\"").text(attribute.value_).html("\"");
    }
    MarkupMaker& tag(Name tag, Attributes attributes) {
        html("<").html(tag.name());
        for (const auto& one : attributes) attribute(one);
        return html(">");
    }
    Markup done() { return std::move(made_); }

    static std::size_t size_of(Name tag, Attributes attributes) {
        auto size = tag.name().size() + 2;
        for (const auto& one : attributes) size += one.name_.name().size() + one.value_.size() + 4;
        return size;
    }
    static std::size_t size_of(Contents contents) {
        std::size_t size = 0;
        for (const auto& one : contents) size += one.bytes_.size();
        return size;
    }

  private:
    std::string& out() { return made_.html_; }
    Markup made_;
};

Markup text(std::string_view text) { return MarkupMaker{text.size()}.text(text).done(); }

Markup attr(Name name, std::string_view value) {
    return MarkupMaker{}.attribute({name, value}).done();
}

Markup element_of(Name tag, Attributes attributes, Contents contents) {
    MarkupMaker maker{MarkupMaker::size_of(tag, attributes) + MarkupMaker::size_of(contents) +
                      tag.name().size() + 3};
    maker.tag(tag, attributes);
    for (const auto& one : contents) maker.content(one);
    return maker.html("</").html(tag.name()).html(">").done();
}

Markup void_element(Name tag, Attributes attributes) {
    return MarkupMaker{MarkupMaker::size_of(tag, attributes)}.tag(tag, attributes).done();
}

Markup fill(Sentence sentence, Contents parts) {
    MarkupMaker maker{sentence.words().size() + MarkupMaker::size_of(parts)};
    read(
        sentence.words(), [&](std::string_view words) { maker.html(words); },
        [&](std::size_t place) {
            if (place < parts.size()) maker.content(*(parts.begin() + place));
        });
    return maker.done();
}

std::string fill_text(Sentence sentence, std::initializer_list<std::string_view> parts) {
    std::string out;
    read(
        sentence.words(), [&](std::string_view words) { out.append(words); },
        [&](std::size_t place) {
            if (place < parts.size()) out.append(*(parts.begin() + place));
        });
    return out;
}

}  // namespace lango::window
