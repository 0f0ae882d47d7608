// Any bytes as a part of a workbook: the scanner with expat behind it must tell what expat alone tells.

#include <expat.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/input/workbook/xml_events.h"
#include "tests/fuzz/require.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

class Part final : public ZipEntry {
 public:
  Part(std::string_view text, std::size_t piece) : rest_(text), piece_(piece) {}
  Result<std::size_t> read(char* out, std::size_t size) override {
    const std::size_t n = rest_.copy(out, std::min(size, piece_));
    rest_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view rest_;
  std::size_t piece_;
};

class Told final : public XmlHandler {
 public:
  void begin(std::string_view element, const XmlAttributes& attributes) override {
    add('<', element);
    for (const char* name : {"r", "s", "t", "name", "id", "hidden"}) add('=', attributes.get(name));
    add('=', attributes.get("id", true));
    add('=', attributes.exactly("r:id"));
  }
  void end(std::string_view element) override { add('/', element); }
  void text(std::string_view piece) override {
    if (last_ != '"') add('"', "");
    all += piece;
  }
  std::string all;

 private:
  void add(char what, std::string_view value) {
    last_ = what;
    (all += '\1') += what;
    all += value;
  }
  char last_ = 0;
};

struct Reference {
  Told told;
  int depth = 0, deepest = 0;
  bool good = false;
};

Reference by_expat(std::string_view text) {
  Reference reference;
  XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &reference);
  XML_SetElementHandler(
      parser,
      [](void* to, const char* name, const char** pairs) {
        auto& reference = *static_cast<Reference*>(to);
        reference.deepest = std::max(reference.deepest, ++reference.depth);
        std::vector<XmlAttribute> all;
        for (; *pairs != nullptr; pairs += 2) all.push_back({pairs[0], local_name_of(pairs[0]), pairs[1]});
        reference.told.begin(local_name_of(name), XmlAttributes(all));
      },
      [](void* to, const char* name) {
        --static_cast<Reference*>(to)->depth;
        static_cast<Reference*>(to)->told.end(local_name_of(name));
      });
  XML_SetCharacterDataHandler(parser, [](void* to, const char* text, int size) {
    static_cast<Reference*>(to)->told.text({text, static_cast<std::size_t>(size)});
  });
  reference.good = XML_Parse(parser, text.data(), static_cast<int>(text.size()), 1) == XML_STATUS_OK;
  XML_ParserFree(parser);
  return reference;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Reference reference = by_expat(text);
  if (reference.deepest >= 200) return 0;
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{64} << 10}) {
    if (piece == 1 && size > 2000) continue;
    Told told;
    const bool good = static_cast<bool>(XmlPart(std::make_unique<Part>(text, piece), told, "part").run());
    require(good == reference.good, "both say whether it is XML");
    if (good) require(told.all == reference.told.all, "both tell the same");
  }
  return 0;
}
