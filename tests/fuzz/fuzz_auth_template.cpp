// Any text, read as a template of the manifest's auth, is refused or can be filled in, twice the same; a template that uses
// a secret says so, or its value would be shown.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "host/transport/auth_template.h"
#include "tests/fuzz/require.h"

using namespace switchboard;
using namespace switchboard::transport;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = AuthTemplate::parse({reinterpret_cast<const char*>(data), size});
  if (!parsed) return 0;
  std::string secret = "s3cr3t-of-the-account";
  TemplateSource source;
  source.secret = [&](const std::string&) -> Result<std::string> { return secret; };
  source.setting = source.header = [](const std::string& name) -> Result<std::string> { return "value of " + name; };
  source.uuid = [] { return std::string("db6094ab-3797-4186-84d5-b0b58eebad56"); };
  source.now_ms = 1'716'972'892'166;
  source.method = "POST";
  source.host = "vendor.example";
  source.path = "/x";
  source.body = "{}";
  source.jwt = "a.b.c";
  const auto once = parsed->fill(source), again = parsed->fill(source);
  require(bool(once) == bool(again) && (!once || *once == *again), "a template gives two values");
  std::set<std::string> secrets, settings;
  parsed->collect(secrets, settings);
  secret = "another";
  const auto other = parsed->fill(source);
  if (once && other && *once != *other) {
    require(parsed->is_secret(), "a template shows a secret and says that it does not");
    require(!secrets.empty(), "a template uses a secret that it does not name");
  }
  return 0;
}
