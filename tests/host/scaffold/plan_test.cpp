#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/mapping/manifest/manifest.h"
#include "host/scaffold/plan/contact.h"
#include "host/scaffold/plan/names.h"
#include "host/scaffold/scaffold.h"
#include "host/scaffold/write/code.h"
#include "tests/text_has.h"

namespace {

using switchboard::scaffold::from_openapi;
using switchboard::scaffold::Scaffold;

const std::string kContact = R"({"type": "object", "required": ["email"], "properties": {"email": {"type": "string"}, "firstName": {"type": "string"}}})";

/// An operation that takes this body as JSON.
std::string post(const std::string& schema, const std::string& responses = R"({"200": {"description": "ok"}})", const std::string& type = "application/json") {
  return R"({"post": {"requestBody": {"content": {")" + type + R"(": {"schema": )" + schema + R"(}}}, "responses": )" + responses + "}}";
}

std::string document(const std::string& paths, const std::string& rest = "") {
  return R"({"openapi": "3.0.0", "info": {"title": "Acme"}, "servers": [{"url": "https://acme.example"}], "paths": {)" + paths + "}" + rest + "}";
}

std::string answer(const std::string& status, const std::string& schema) {
  return "{\"" + status + R"(": {"description": "", "content": {"application/json": {"schema": )" + schema + "}}}}";
}

std::string not_planned(const std::string& text, const std::string& operation = "") {
  const auto made = from_openapi(text, "api.json", operation, "acme");
  return made ? "" : made.error().message + "\n" + made.error().remedy;
}

Scaffold made_of(const std::string& text, const std::string& operation = "") {
  const auto made = from_openapi(text, "api.json", operation, "acme");
  REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
  return *made;
}

bool is_marked(const Scaffold& made, const std::string& file, const std::string& words) {
  return std::any_of(made.marks.begin(), made.marks.end(), [&](const auto& mark) { return mark.first == file && has(mark.second, words); });
}

/// C++ without its comments and literals.
std::string bare_code(const std::string& source) {
  std::string out;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source.compare(i, 2, "//") == 0) {
      i = source.find('\n', i);
    } else if (source[i] == '"') {
      for (++i; i < source.size() && source[i] != '"'; ++i) i += source[i] == '\\' ? 1 : 0;
    } else if (source[i] != '\'' || i + 2 >= source.size() || source[i + 2] != '\'') {
      out += source[i];
    } else {
      i += 2;
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the likeliest import is chosen and said, and of two alike none") {
  const std::string list = R"({"type": "array", "items": )" + kContact + "}";
  const Scaffold made = made_of(document("\"/contacts\": " + post(kContact) + ", \"/contacts/bulk\": " + post(list) + ", \"/messages/send\": " + post(kContact)));
  CHECK(made.operation == "POST /contacts/bulk");
  CHECK(made.others == std::vector<std::string>{"POST /contacts", "POST /messages/send"});
  const std::string two = document("\"/contacts\": " + post(kContact) + ", \"/leads\": " + post(kContact));
  CHECK(has(not_planned(two), "Several operations of the document could be the import.\nName one with --operation"));
  CHECK(has(not_planned(two), "\n  POST /contacts\n  POST /leads"));
  CHECK(made_of(two, "post /leads").operation == "POST /leads");
  CHECK(has(not_planned(two, "POST /lead"), "has no operation \"POST /lead\""));
  CHECK(has(not_planned(document("\"/notes\": " + post(R"({"type": "object", "properties": {"text": {"type": "string"}}})"))), "No operation of the document looks like an import"));
}

TEST_CASE("what cannot be made is refused with what to do") {
  CHECK(has(not_planned(document("\"/contacts\": " + post(kContact, "{}", "multipart/form-data")), "POST /contacts"), "sends \"multipart/form-data\", neither JSON nor a form.\nOnly those can be made"));
  CHECK(has(not_planned(document("\"/contacts\": " + post("{\"type\":\"array\",\"items\":" + std::string(kContact) + "}", "{}", "application/x-www-form-urlencoded")), "POST /contacts"), "nothing in its body could be a contact"));
  CHECK(has(not_planned(document("\"/../contacts\": " + post(kContact))), "it climbs"));
  CHECK(has(not_planned(document("\"/%2e%2e/contacts\": " + post(kContact))), "it climbs"));
  CHECK(has(not_planned(document("\"/contacts\": " + post(R"({"type": "object", "properties": {"email": {"type": "string"}, "x": {"$ref": "other.yaml#/X"}}})"))), "leads out of the document"));
}

TEST_CASE("a pattern that is searched becomes one for the whole value, or nothing") {
  using switchboard::scaffold::whole_pattern;
  CHECK(whole_pattern("^[A-Z]{2}$") == "[A-Z]{2}");
  CHECK(whole_pattern("[0-9]") == "[\\s\\S]*(?:[0-9])[\\s\\S]*");
  CHECK(whole_pattern("^a|b$") == "[\\s\\S]*(?:^a|b$)[\\s\\S]*");
  CHECK(whole_pattern("^(?=a)").empty());
  CHECK(whole_pattern("(a)\\1").empty());
  CHECK(whole_pattern("[").empty());
}

TEST_CASE("settings stand for what is the same for a whole import") {
  const Scaffold made = made_of(document(R"("/lists/{listId}/contacts": {"parameters": [{"name": "listId", "in": "path", "required": true, "schema": {"type": "string"}},
      {"name": "mode", "in": "query", "required": true, "schema": {"enum": ["add", "set"]}}], )" + post(kContact).substr(1)));
  const auto manifest = switchboard::mapping::parse_manifest(made.files.at("connector.json"));
  REQUIRE(manifest);
  REQUIRE(manifest->settings.size() == 2);
  CHECK(manifest->settings[0].name == "list_id");
  CHECK(manifest->settings[1].allowed == std::vector<std::string>{"add", "set"});
  CHECK(has(made.files.at("request.cpp"), R"(std::string("/lists/") + kit::url_encode(list_id_) + "/contacts" + kit::Query().add("mode", mode_).text())"));
}

TEST_CASE("a setting does not sound like a secret, and is marked where the document's name does") {
  const Scaffold made = made_of(document(R"("/contacts": {"parameters": [{"name": "api_key", "in": "query", "required": true}], )" + post(kContact).substr(1)));
  CHECK(has(made.files.at("request.cpp"), R"(.add("api_key", key_))"));
  CHECK(is_marked(made, "connector.json", "If it is a secret, it belongs to `auth`"));
}

TEST_CASE("an answer that the document does not show is assumed and marked") {
  const std::string list = R"({"type": "array", "maxItems": 20, "items": )" + kContact + "}";
  CHECK(is_marked(made_of(document("\"/contacts\": " + post(list))), "response.cpp", "one for each contact in their order, is assumed"));
  const Scaffold later = made_of(document("\"/contacts\": " + post(list, R"({"202": {"description": ""}})")));
  CHECK(is_marked(later, "request.cpp", "GET of the import's own path and its id is assumed"));
  const Scaffold counts = made_of(document("\"/contacts\": " + post(list, answer("200", R"({"type": "object", "properties": {"created": {"type": "integer"}, "failed": {"type": "integer"}}})"))));
  CHECK(is_marked(counts, "response.cpp", "only counts"));
  for (const char* always : {"recognise a request that comes twice", "after an answer was lost"}) CHECK(is_marked(counts, "request.cpp", always));
  CHECK(is_marked(counts, "response.cpp", "What does silence mean?"));
}

TEST_CASE("no text of a document becomes code") {
  const std::string evil = R"(x\"; injected(); //\\\n*/ injected() ??/\r\n\u202e\u2028\u0000{secret:injected} @NAME@ ${injected})";
  const std::string schema = R"({"type": "object", "required": ["contacts", ")" + evil + R"("], "properties": {")" + evil + R"(": {"type": "string", "description": ")" + evil +
                             R"("}, "a\"b\\": {"type": "string", "description": ")" + evil + R"("}, "contacts": {"type": "array", "items": {"type": "object", "required": ["email", "k\"injected"], "properties": {"email": {"type": "string", "description": ")" +
                             evil + R"("}, "class": {"type": "string", "default": ")" + evil + R"("}, "operator\"injected": {"enum": [")" + evil + R"("]}, "k\"injected": {"const": ")" + evil + R"("}}}}}})";
  const std::string text = document("\"/contacts/\\\"injected/{i\\\"injected}/\\u202e\": " +
                                        post(schema, answer("207", R"({"type": "array", "items": {"type": "object", "properties": {"status": {"enum": ["created", ")" + evil + R"("]}, "id": {"type": "string"}, "er\"injected": {"type": "string"}}}})")),
                                    R"(, "security": [{"s\"injected": []}], "components": {"securitySchemes": {"s\"injected": {"type": "apiKey", "in": "header", "name": ")" + evil + R"(", "description": ")" + evil + R"("}}})");
  const Scaffold made = made_of(text);
  for (const auto& file : made.files) {
    const std::string& name = file.first;
    const std::string& source = file.second;
    INFO(name);
    const bool plain = std::all_of(source.begin(), source.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
    if (name.ends_with(".cpp") || name.ends_with(".h")) {
      CHECK(plain);
      CHECK_FALSE(has(bare_code(source), "injected("));  // names of variables are made anew of its letters
      CHECK_FALSE(has(bare_code(source), "@"));
    }
    CHECK_FALSE(has(source, "\xE2\x80\xAE"));  // turns round what is read
  }
  REQUIRE(switchboard::mapping::parse_manifest(made.files.at("connector.json")));
}

TEST_CASE("names mean nothing to C++") {
  using namespace switchboard::scaffold;
  CHECK(namespace_of("acme") == "acme");
  CHECK(namespace_of("class") == "class_connector");
  CHECK(namespace_of("std") == "std_connector");
  CHECK(namespace_of("a__b") == "a_b_connector");
  CHECK(snake("listId") == "list_id");
  CHECK(snake("X--Account__No") == "x_account_no");
  CHECK(snake("\xE2\x80\xAE") == "value");
  CHECK(snake("7days") == "n_7days");
  CHECK(literal("a\"b\\c?\n\xC3\xBC") == "\"a\\\"b\\\\c\\?\\012\\303\\274\"");
  CHECK(comment("a\\\nb\xC3\xBC") == "a??b?");
}

namespace {

/// A document whose contacts are listed by an operation with these parameters and this answer.
std::string listing(const std::string& parameters, const std::string& answer_schema, const std::string& path = "/contacts") {
  const std::string list = R"({"get": {"parameters": [)" + parameters + R"(], "responses": )" + answer("200", answer_schema) + "}}";
  return document("\"/contacts/bulk\": " + post(R"({"type": "array", "items": )" + kContact + "}") + ", \"" + path + "\": " + list);
}

const std::string kListed = R"({"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}, "email": {"type": "string"}}}})";

std::string parameter(const std::string& name, const std::string& more = "") { return R"({"name": ")" + name + R"(", "in": "query", "schema": {"type": "string"})" + more + "}"; }

bool looks_up(const std::string& text) { return has(made_of(text).files.at("connector.json"), "\"reconcile\""); }

}  // namespace

TEST_CASE("a list that is read by offset says by a flag where it ends") {
  const Scaffold made = made_of(listing(parameter("offset") + "," + parameter("pageSize"), R"({"type": "object", "properties": {"items": )" + kListed + R"(, "hasMore": {"type": "boolean"}}})"));
  CHECK(has(made.files.at("connector.json"), "\"reconcile\""));
  CHECK(has(made.files.at("request.cpp"), "query.add(\"offset\", std::to_string(search.list.paging.offset));"));
  CHECK(has(made.files.at("request.cpp"), "query.add(\"pageSize\", \"100\");"));
  CHECK(has(made.files.at("response.cpp"), "if (!json[\"items\"].is_array() || !more) return answer.in_doubt("));
  CHECK(is_marked(made, "response.cpp", "looked for with GET /contacts"));
}

TEST_CASE("a list that says nothing of its end is read until a page is empty") {
  const Scaffold made = made_of(listing(parameter("page"), kListed));
  CHECK(has(made.files.at("response.cpp"), "page.more = page.items > 0;"));
}

TEST_CASE("what does not list contacts, or not to its end, is no lookup") {
  CHECK(looks_up(listing(parameter("page"), kListed)));
  CHECK_FALSE(looks_up(listing("", kListed)));                                                        // how is a page chosen?
  CHECK_FALSE(looks_up(listing(parameter("cursor"), kListed)));                                       // no cursor in the answer
  CHECK_FALSE(looks_up(listing(parameter("page") + "," + parameter("email", R"(, "required": true)"), kListed)));  // a filter
  CHECK_FALSE(looks_up(listing(parameter("page"), R"({"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}})")));  // by what?
  CHECK_FALSE(looks_up(listing(parameter("page"), kListed, "/segments/{id}/contacts")));              // of which segment?
  CHECK_FALSE(looks_up(listing(parameter("page"), kListed, "/messages")));
  const std::string by_url = R"({"type": "object", "properties": {"items": )" + kListed + R"(, "next": {"type": "string", "format": "uri"}}})";
  CHECK_FALSE(looks_up(listing(parameter("cursor"), by_url)));
}

TEST_CASE("a token that client credentials are exchanged for is told with its address") {
  const std::string scheme = R"(, "security": [{"Login": []}], "components": {"securitySchemes": {"Login": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://login.example/token", "scopes": {}}}}}})";
  CHECK(is_marked(made_of(document("\"/contacts\": " + post(kContact), scheme)), "connector.json", "which client credentials are exchanged for at https://login.example/token"));
}
