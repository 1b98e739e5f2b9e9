#include "backoffice/openapi.hpp"

#include <map>

#include "backoffice/lists/nouns.hpp"
#include "backoffice/refusals.hpp"
#include "backoffice/use_case.hpp"
#include "base/json_writer.hpp"

namespace lango::backoffice {

namespace {

// A field's type as JSON Schema has it; amounts, phones and ids are texts.
std::string_view schema_type(std::string_view type) {
    if (type == "list") return "array";
    return type == "yes or no" ? "boolean" : "string";
}

struct Parameter {
    std::string_view name;
    std::string_view in = "query";
    std::string_view about = {};
    bool required = false;
};

void write(json::Writer& writer, const Parameter& parameter) {
    writer.begin_object()
        .member("name", parameter.name)
        .member("in", parameter.in)
        .key("required")
        .boolean(parameter.required);
    if (!parameter.about.empty()) writer.member("description", parameter.about);
    writer.key("schema").begin_object().member("type", "string").end_object().end_object();
}

// What a list may be asked for.
void write_filters(json::Writer& writer, const lists::Noun& noun) {
    for (const auto& filter : noun.filters) {
        if (!filter.is_hidden) write(writer, {.name = filter.name, .about = filter.about});
    }
    write(writer, {.name = "before", .about = "as the last page's `next`"});
    write(writer, {.name = "limit", .about = "1 to 1000; 100 unless said"});
}

void write_parameters(json::Writer& writer, const UseCase& use) {
    const auto path = use.path;
    writer.key("parameters").begin_array();
    for (auto open = path.find('{'); open != std::string_view::npos;
         open = path.find('{', open + 1)) {
        write(writer, {.name = path.substr(open + 1, path.find('}', open) - open - 1),
                       .in = "path",
                       .required = true});
    }
    if (use.is_question()) {
        for (const auto& field : use.input) {
            write(writer, {.name = field.name, .about = field.about, .required = field.required});
        }
        if (const auto* noun = lists::noun_at(path)) write_filters(writer, *noun);
    }
    writer.end_array();
}

void write_body(json::Writer& writer, const UseCase& use) {
    writer.key("requestBody").begin_object().key("content").begin_object();
    const bool is_file = use.body == Body::raw;
    writer.key(is_file ? "application/octet-stream" : "application/json")
        .begin_object()
        .key("schema")
        .begin_object()
        .member("type", is_file ? "string" : "object");
    if (use.body == Body::object) {
        writer.key("properties").begin_object();
        for (const auto& field : use.input) {
            writer.key(field.name)
                .begin_object()
                .member("type", schema_type(field.type))
                .member("description", field.about)
                .end_object();
        }
        writer.end_object().key("required").begin_array();
        for (const auto& field : use.input) {
            if (field.required) writer.string(field.name);
        }
        writer.end_array();
    }
    writer.end_object().end_object().end_object().end_object();
}

void write_answers(json::Writer& writer, const UseCase& use) {
    const auto answer = [&](std::string_view code, std::string_view about) {
        writer.key(code).begin_object().member("description", about);
        if (code != "200") {
            writer.key("content").begin_object().key("application/json").begin_object();
            writer.key("schema").begin_object().member("$ref", "#/components/schemas/Refusal");
            writer.end_object().end_object().end_object();
        }
        writer.end_object();
    };
    writer.key("responses").begin_object();
    answer("200", use.agreement == Agreement::another
                      ? "status ok; outcome proposed where another person must agree first; or "
                        "status fail with a message: refused"
                      : "status ok, or status fail with a message: refused");
    if (use.body == Body::object) {
        answer("400", "the body cannot be read, lacks a field, or has one of another type");
    }
    if (!use.is_question()) answer("401", "nobody, wrong_key or session_over");
    answer("403", use.is_question()
                      ? "not_permitted; permission names what the role lacks"
                      : "not_permitted, key_needed or first_key; permission names what the role "
                        "lacks");
    writer.end_object();
}

void write_use(json::Writer& writer, const UseCase& use) {
    writer.key(use.is_question() ? "get" : "post")
        .begin_object()
        .member("operationId", use.name)
        .member("summary", use.about)
        .member("x-permission", people::name(use.permission))
        .key("x-asks-for-the-key")
        .boolean(use.step_up == StepUp::key)
        .key("x-needs-another-person")
        .boolean(use.agreement == Agreement::another)
        .key("x-merchants-own-people")
        .boolean(use.whose != nullptr);
    write_parameters(writer, use);
    if (use.body != Body::none) write_body(writer, use);
    write_answers(writer, use);
    writer.end_object();
}

// What every refusal looks like (refusals.hpp).
void write_refusal(json::Writer& writer) {
    const auto text = [&](std::string_view name, std::string_view about) {
        writer.key(name)
            .begin_object()
            .member("type", "string")
            .member("description", about)
            .end_object();
    };
    writer.key("schemas").begin_object().key("Refusal").begin_object().member("type", "object");
    writer.key("properties").begin_object();
    text("status", "fail");
    text("code", "for programs");
    text("message", "for people");
    text("permission", "with not_permitted: what the role lacks, where it lacks something");
    text("outcome", "what was tried came to, where it came to something");
    writer.end_object().key("required").begin_array();
    for (const auto* name : {"status", "code", "message"}) writer.string(name);
    writer.end_array().end_object().end_object();
}

void write_credentials(json::Writer& writer) {
    writer.key("components").begin_object();
    write_refusal(writer);
    writer.key("securitySchemes").begin_object();
    for (const auto& [name, header] :
         {std::pair{"name", name_header}, {"key", key_header}, {"session", session_header}}) {
        writer.key(name)
            .begin_object()
            .member("type", "apiKey")
            .member("in", "header")
            .member("name", header)
            .end_object();
    }
    writer.end_object().end_object();
    writer.key("security").begin_array();
    writer.begin_object();
    for (const auto* name : {"name", "key"}) writer.key(name).begin_array().end_array();
    writer.end_object().begin_object().key("session").begin_array().end_array().end_object();
    writer.end_array();
}

}  // namespace

std::string openapi(std::string_view version) {
    std::map<std::string_view, std::vector<const UseCase*>> paths;
    for (const auto& use : use_cases()) paths[use.path].push_back(&use);
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("openapi", "3.1.0")
        .key("info")
        .begin_object()
        .member("title", "Lango, what its operators do")
        .member("description",
                "Spoken over the local socket (lango.sock in the data directory), by the terminal "
                "and by "
                "your own programs. Questions need no credentials there; acts do.")
        .member("version", version)
        .end_object();
    write_credentials(writer);
    writer.key("paths").begin_object();
    for (const auto& [path, uses] : paths) {
        writer.key(path).begin_object();
        for (const auto* use : uses) write_use(writer, *use);
        writer.end_object();
    }
    writer.end_object().end_object();
    return out;
}

}  // namespace lango::backoffice
