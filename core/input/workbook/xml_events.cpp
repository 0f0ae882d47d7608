#include "core/input/workbook/xml_events.h"

#include <expat.h>
#include <fmt/format.h>

#include <cstring>
#include <utility>

namespace switchboard::input {
namespace {

constexpr int kPieceBytes = 64 << 10;
constexpr int kDeepest = 200;
/// Of one tag with its attributes; the parser keeps all of it in memory.
constexpr std::uint64_t kLongestTag = std::uint64_t{4} << 20;

std::string_view local(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view local_name, bool prefixed) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (prefixed && std::strchr(*pair, ':') == nullptr) continue;
    if (local(*pair) == local_name) return pair[1];
  }
  return {};
}

std::string_view XmlAttributes::exactly(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (*pair == name) return pair[1];
  }
  return {};
}

struct XmlPart::Parser {
  XML_Parser expat = nullptr;
  XmlHandler& handler;
  int depth = 0;
  bool too_deep = false;
  bool heard = false;  ///< of anything since step() looked

  explicit Parser(XmlHandler& to) : expat(XML_ParserCreate(nullptr)), handler(to) {
    XML_SetUserData(expat, this);
    XML_SetElementHandler(
        expat,
        [](void* self, const char* name, const char** attributes) {
          auto& parser = *static_cast<Parser*>(self);
          parser.heard = true;
          if (++parser.depth > kDeepest) {
            parser.too_deep = true;
            XML_StopParser(parser.expat, XML_FALSE);
            return;
          }
          parser.handler.begin(local(name), XmlAttributes(attributes));
        },
        [](void* self, const char* name) {
          auto& parser = *static_cast<Parser*>(self);
          parser.heard = true;
          --parser.depth;
          parser.handler.end(local(name));
        });
    XML_SetCharacterDataHandler(expat, [](void* self, const char* text, int size) {
      auto& parser = *static_cast<Parser*>(self);
      parser.heard = true;
      parser.handler.text({text, static_cast<std::size_t>(size)});
    });
  }
  ~Parser() { XML_ParserFree(expat); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
};

XmlPart::XmlPart(std::unique_ptr<ZipEntry> entry, XmlHandler& handler, std::string what)
    : parser_(std::make_unique<Parser>(handler)), entry_(std::move(entry)), what_(std::move(what)) {}
XmlPart::~XmlPart() = default;

Result<bool> XmlPart::step() {
  void* buffer = XML_GetBuffer(parser_->expat, kPieceBytes);
  if (buffer == nullptr) return Error{ErrorKind::Input, fmt::format("{}: there is not enough memory to read it", what_), ""};
  auto got = entry_->read(static_cast<char*>(buffer), kPieceBytes);
  if (!got) return got.error();
  bytes_ += *got;
  const bool last = *got == 0;
  if (XML_ParseBuffer(parser_->expat, static_cast<int>(*got), last ? 1 : 0) == XML_STATUS_ERROR) {
    const std::string why = parser_->too_deep ? fmt::format("elements are nested deeper than {} levels", kDeepest)
                                              : std::string(XML_ErrorString(XML_GetErrorCode(parser_->expat)));
    return Error{ErrorKind::Input, fmt::format("{} is damaged: {} on its line {}", what_, why, XML_GetCurrentLineNumber(parser_->expat)),
                 "Open the workbook in a spreadsheet program, save it anew, then try again."};
  }
  unfinished_ = std::exchange(parser_->heard, false) ? 0 : unfinished_ + *got;
  if (unfinished_ > kLongestTag)
    return Error{ErrorKind::Input, fmt::format("{} is damaged: a tag on its line {} is longer than {} MiB", what_, XML_GetCurrentLineNumber(parser_->expat), kLongestTag >> 20),
                 "Open the workbook in a spreadsheet program, save it anew, then try again."};
  return !last;
}

Result<void> XmlPart::run(std::uint64_t most) {
  for (;;) {
    auto more = step();
    if (!more) return more.error();
    if (bytes_ > most)
      return Error{ErrorKind::Input, fmt::format("{} is larger than {} MiB", what_, most >> 20), "Save the workbook anew, or the sheet as CSV (UTF-8)."};
    if (!*more) return {};
  }
}

}  // namespace switchboard::input
