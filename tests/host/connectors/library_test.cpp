#include <doctest/doctest.h>

#include "host/connectors/connector.h"
#include "tests/text_has.h"
#include "tests/host/connectors/rogues.h"

using namespace switchboard;
using namespace switchboard::connectors;

namespace {

std::string refusal_to_load(const std::string& name) {
  auto connector = Connector::load(rogue(name));
  REQUIRE_FALSE(connector);
  CHECK(connector.error().kind == ErrorKind::Usage);
  CHECK(connector.error().message.find(rogue(name)) == 0);
  CHECK_FALSE(connector.error().remedy.empty());
  return connector.error().message;
}

}  // namespace

TEST_CASE("a good connector loads and shows its manifest") {
  auto connector = Connector::load(rogue("tiny"));
  REQUIRE(connector);
  CHECK((*connector)->manifest().id == "tiny");
  CHECK((*connector)->library_path() == rogue("tiny"));
}

TEST_CASE("a table that a later minor has grown is read as far as it is known") {
  CHECK(Connector::load(rogue("struct_size_grown")));
}

TEST_CASE("a library that shakes hands wrongly is refused with the reason") {
  CHECK(has(refusal_to_load("returns_null"), "declines to work with this host"));
  CHECK(has(refusal_to_load("struct_size_0"), "claims 0 bytes"));
  CHECK(has(refusal_to_load("struct_size_2_31"), "claims 2147483648 bytes"));
  CHECK(has(refusal_to_load("table_too_new"), "needs a newer host: ABI 1.9"));
  CHECK(has(refusal_to_load("unknown_flags"), "flags that this host does not know"));
  CHECK(has(refusal_to_load("no_decode"), "leaves a function of its table empty"));
  CHECK(has(refusal_to_load("no_manifest"), "carries no manifest"));
  CHECK(has(refusal_to_load("large_manifest"), "its manifest has 4194305 bytes; at most 4194304 are allowed"));
  CHECK(has(refusal_to_load("bad_manifest"), "its manifest is not in order"));
  CHECK(has(refusal_to_load("sandbox_of_size_4"), "sandbox's function table"));
}

TEST_CASE("a library whose note and manifest disagree is refused") {
  CHECK(has(refusal_to_load("lies_about_its_id"), "note truedy 1.2.3, manifest tiny 1.2.3"));
  CHECK(has(refusal_to_load("lies_about_its_version"), "note tiny 9.9.9, manifest tiny 1.2.3"));
}

TEST_CASE("a connector without a sandbox says so") {
  auto connector = Connector::load(rogue("no_sandbox"));
  REQUIRE(connector);
  auto sandbox = (*connector)->open_sandbox("{}");
  REQUIRE(sandbox);
  CHECK(*sandbox == nullptr);
}
