// What must not compile. No target builds this file: the test markup_refused asks the compiler
// whether each line below an "expected-error" is refused, and everything else is not.
#include "window/markup.hpp"

namespace lango::window {

// name: somebody's text, as a merchant's name is.
void others_text(const std::string& name, std::string_view view, const char* pointer,
                 char (&buffer)[4]) {
    static_cast<void>(Markup{"<b>"} + text(name) + Markup{"</b>"});
    static_cast<void>(element("b", {{"title", name}}, name, view, pointer, buffer, "words"));

    // expected-error@+1 {{no matching constructor}}
    static_cast<void>(Markup{name});
    // expected-error@+1 {{no matching constructor}}
    static_cast<void>(Markup{view});
    // expected-error@+1 {{no matching constructor}}
    static_cast<void>(Markup{pointer});
    // expected-error@+1 {{not a constant expression}}
    static_cast<void>(Markup{buffer});
    // expected-error@+1 {{no matching constructor}}
    static_cast<void>(Markup{name.empty() ? "none" : pointer});
    // expected-error@+1 {{no viable conversion}}
    const Markup by_itself = name;
    // expected-error@+1 {{no viable conversion}}
    const Markup without_a_word = "<b>";
    // expected-error@+1 {{invalid operands}}
    static_cast<void>("<b>" + text(name));
    // expected-error@+1 {{invalid operands}}
    static_cast<void>(name + text(name));
    // expected-error@+1 {{invalid operands}}
    static_cast<void>(text(name) + name);
    auto more = text(name);
    // expected-error@+1 {{no viable overloaded}}
    more += name;
    // expected-error@+1 {{no viable conversion}}
    const std::string bytes = more;
}

void names_and_sentences(const char* pointer, std::string_view view) {
    static_cast<void>(element("b", {{"title", view}, {"hidden"}}));
    static_cast<void>(fill("{1} of {2}", {view, view}));

    // An attribute's name is a literal, and none whose value would be run.
    // expected-error@+1 {{no matching function}}
    static_cast<void>(attr(view, ""));
    // expected-error@+1 {{not a constant expression}}
    static_cast<void>(attr("onclick", view));
    // expected-error@+1 {{not a constant expression}}
    static_cast<void>(attr("style", view));
    // expected-error@+1 {{not a constant expression}}
    static_cast<void>(attr("a b", view));
    // expected-error@+1 {{no matching function}}
    static_cast<void>(element(pointer, {}));
    // expected-error@+1 {{not a constant expression}}
    static_cast<void>(element("script", {}, view));
    // Sentences are ours, and have nothing in them to escape.
    // expected-error@+1 {{no matching function}}
    static_cast<void>(fill(view, {}));
    // expected-error@+1 {{not a constant expression}}
    static_cast<void>(fill("<b>{1}</b>", {view}));
}

}  // namespace lango::window
