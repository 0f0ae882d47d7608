#include <doctest/doctest.h>

#include <string>

#include "host/scaffold/document/shape.h"
#include "tests/text_has.h"

namespace {

using switchboard::scaffold::Document;
using switchboard::scaffold::Shape;
using switchboard::scaffold::ShapeReader;

std::string refused(const std::string& text) {
  const auto read = Document::parse(text, "api.json");
  return read ? "" : read.error().message;
}

/// The schema `A` of a document with these schemas (JSON, or YAML in flow style).
Shape shape_of(const std::string& schemas, std::string* problem = nullptr) {
  const auto read = Document::parse(R"({"openapi": "3.0.0", "paths": {"/x": {}}, "components": {"schemas": )" + schemas + "}}", "api.json");
  REQUIRE(read);
  ShapeReader reader(*read);
  Shape shape = reader.read(read->root()["components"]["schemas"]["A"]);
  if (problem != nullptr) *problem = reader.problem();
  return shape;
}

}  // namespace

TEST_CASE("what is no OpenAPI document of today is refused as what it is") {
  CHECK(refused("{") == "api.json: this is no JSON: a member's name is missing at byte 1.");
  CHECK(refused("a:\n\t- b: [").find("neither JSON nor YAML: line 2") != std::string::npos);
  CHECK(refused("") == "api.json: this is no OpenAPI document: it has no member `openapi`.");
  CHECK(refused(R"({"swagger": "2.0", "paths": {}})") == "api.json: this is Swagger 2.0; OpenAPI 3.0 and 3.1 are understood.");
  CHECK(refused(R"({"openapi": "4.0.0", "paths": {"/": {}}})") == "api.json: OpenAPI 4.0.0 is not understood; 3.0 and 3.1 are.");
  CHECK(refused(R"({"openapi": "3.1.0", "paths": []})") == "api.json: this document has no paths.");
  CHECK(refused(std::string(17 << 20, ' ')) == "api.json: this is larger than 16 MiB.");
}

TEST_CASE("YAML is read like JSON, and its aliases cannot make it large") {
  const auto read = Document::parse("openapi: 3.1.0\npaths:\n  /x: {get: {responses: {200: {description: no}}}}\n", "api.yaml");
  REQUIRE(read);
  CHECK(read->root()["paths"]["/x"]["get"]["responses"]["200"]["description"].string_or("") == "no");
  std::string bomb = "openapi: 3.0.0\na: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 10; ++i) bomb += std::string(i == 0 ? "*" : ", *") + static_cast<char>(c - 1);
    bomb += "]\n";
  }
  CHECK(refused(bomb).find("its aliases make much more of it") != std::string::npos);
  CHECK(refused("openapi: 3.0.0\na: &a\n  b: *a\n").find("nested more than 64 deep") != std::string::npos);
}

TEST_CASE("references within the document are followed, also in a circle, and none out of it") {
  const Shape circle = shape_of(R"({"A": {"type": "object", "properties": {"email": {"type": "string"}, "friend": {"$ref": "#/components/schemas/A"}}}})");
  REQUIRE(circle.members.size() == 2);
  CHECK(circle.members[1].shape.cut);
  std::string problem;
  shape_of(R"({"A": {"$ref": "#/components/schemas/A"}})", &problem);
  CHECK(problem == "A reference leads around in a circle");
  shape_of(R"({"A": {"$ref": "https://elsewhere.example/a.json"}})", &problem);
  CHECK(problem == "The reference \"https://elsewhere.example/a.json\" leads out of the document; nothing is fetched, and no other file is read");
  shape_of(R"({"A": {"$ref": "#/components/schemas/B~1c"}})", &problem);
  CHECK(problem == "The reference \"#/components/schemas/B~1c\" leads nowhere");
}

TEST_CASE("allOf is all of them, oneOf any of them, null is nothing") {
  const Shape all = shape_of(R"({"A": {"allOf": [{"$ref": "#/components/schemas/B"}, {"required": ["b"], "properties": {"b": {"type": "string", "maxLength": 5}}}]},
                                 "B": {"type": "object", "required": ["a"], "properties": {"a": {"type": ["integer", "null"]}}}})");
  REQUIRE(all.members.size() == 2);
  CHECK(all.kind == Shape::Kind::Object);
  CHECK(all.wants("a"));
  CHECK(all.wants("b"));
  CHECK(all.members[0].shape.kind == Shape::Kind::Integer);
  CHECK(all.members[1].shape.max_length == 5);
  const Shape any = shape_of(R"({"A": {"oneOf": [{"type": "object", "required": ["a"], "properties": {"a": {}}}, {"type": "object", "properties": {"b": {}}}, {"type": "null"}]}})");
  CHECK(any.members.size() == 2);
  CHECK_FALSE(any.wants("a"));
  CHECK(any.varied);
  const Shape rule = shape_of(R"({"A": {"properties": {"a": {}, "b": {}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}})");
  CHECK(rule.any_of == std::vector<std::vector<std::string>>{{"a"}, {"b"}});
}

TEST_CASE("members of the wrong type are as if they were not there") {
  const Shape shape = shape_of(R"({"A": {"type": 7, "required": {"a": 1}, "enum": {}, "allOf": 3, "oneOf": [1, null], "properties": {"a": {"type": [], "maxLength": "x", "pattern": 5}, "b": true, "": {}}}})");
  REQUIRE(shape.members.size() == 2);
  CHECK(shape.members[0].shape.kind == Shape::Kind::Any);
  CHECK(shape.members[0].shape.max_length == 0);
}
