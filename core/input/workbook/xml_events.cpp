#include "core/input/workbook/xml_events.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace switchboard::input {
namespace {

constexpr int kPieceBytes = 64 << 10;
constexpr int kDeepest = 200;
/// Of one tag with its attributes; the parser keeps all of it in memory.
constexpr std::uint64_t kLongestTag = std::uint64_t{4} << 20;

/// Counts by blocks whose count fits into a byte, sixteen bytes at once: std::count() took 14 ms of a sheet of 34 MB, this one 1.
std::uint64_t count_lines(const char* begin, const char* end) {
  constexpr std::ptrdiff_t kBlock = 240;
  std::uint64_t lines = 0;
  for (; end - begin >= kBlock; begin += kBlock) {
    std::uint8_t some = 0;
    for (std::ptrdiff_t i = 0; i < kBlock; ++i) some = static_cast<std::uint8_t>(some + (begin[i] == '\n' ? 1 : 0));
    lines += some;
  }
  return lines + static_cast<std::uint64_t>(std::count(begin, end, '\n'));
}

}  // namespace

struct XmlPart::Parser {
  XML_Parser expat = nullptr;
  XmlHandler& handler;
  int depth = 0;
  bool too_deep = false;
  bool heard = false;  ///< of anything since step() looked
  bool muted = true;   ///< what it hears was told already
  std::vector<XmlAttribute> attributes_of_element;

  /// `before`: tags that were read already.
  Parser(XmlHandler& to, const std::string& before) : expat(XML_ParserCreate(nullptr)), handler(to) {
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
          if (parser.muted) return;
          auto& all = parser.attributes_of_element;
          all.clear();
          for (const char** pair = attributes; *pair != nullptr; pair += 2) all.push_back({pair[0], local_name_of(pair[0]), pair[1]});
          parser.handler.begin(local_name_of(name), XmlAttributes(all));
        },
        [](void* self, const char* name) {
          auto& parser = *static_cast<Parser*>(self);
          parser.heard = true;
          --parser.depth;
          if (!parser.muted) parser.handler.end(local_name_of(name));
        });
    XML_SetCharacterDataHandler(expat, [](void* self, const char* text, int size) {
      auto& parser = *static_cast<Parser*>(self);
      parser.heard = true;
      parser.handler.text({text, static_cast<std::size_t>(size)});
    });
    if (!before.empty()) XML_Parse(expat, before.data(), static_cast<int>(before.size()), 0);
    muted = false;
  }
  ~Parser() { XML_ParserFree(expat); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
};

XmlPart::XmlPart(std::unique_ptr<ZipEntry> entry, XmlHandler& handler, std::string what)
    : handler_(handler), scanner_(handler), entry_(std::move(entry)), what_(std::move(what)) {}
XmlPart::~XmlPart() = default;

std::uint64_t XmlPart::line() const { return scanned_lines_ + XML_GetCurrentLineNumber(parser_->expat); }

Result<bool> XmlPart::scan() {
  if (unread_.size() < unread_bytes_ + kPieceBytes) unread_.resize(unread_bytes_ + kPieceBytes);
  char* const begin = unread_.data();
  auto got = entry_->read(begin + unread_bytes_, kPieceBytes);
  if (!got) return got.error();
  bytes_ += *got;
  const bool last = *got == 0;
  const std::size_t all = unread_bytes_ + *got, read = scanner_.read(begin, all, last);
  scanned_lines_ += count_lines(begin, begin + read);
  unread_bytes_ = all - read;
  if (!scanner_.stopped()) {
    std::memmove(begin, begin + read, unread_bytes_);
    return !last;
  }
  parser_ = std::make_unique<Parser>(handler_, scanner_.read_so_far());
  void* buffer = XML_GetBuffer(parser_->expat, static_cast<int>(unread_bytes_));
  if (buffer == nullptr) return Error{ErrorKind::Input, fmt::format("{}: there is not enough memory to read it", what_), ""};
  std::memcpy(buffer, begin + read, unread_bytes_);
  unread_ = {};
  if (auto parsed = parse(unread_bytes_, last); !parsed) return parsed.error();
  return !last;
}

Result<void> XmlPart::parse(std::size_t size, bool last) {
  if (XML_ParseBuffer(parser_->expat, static_cast<int>(size), last ? 1 : 0) == XML_STATUS_ERROR) {
    const std::string why = parser_->too_deep ? fmt::format("elements are nested deeper than {} levels", kDeepest)
                                              : std::string(XML_ErrorString(XML_GetErrorCode(parser_->expat)));
    return Error{ErrorKind::Input, fmt::format("{} is damaged: {} on its line {}", what_, why, line()),
                 "Open the workbook in a spreadsheet program, save it anew, then try again."};
  }
  unfinished_ = std::exchange(parser_->heard, false) ? 0 : unfinished_ + size;
  if (unfinished_ > kLongestTag)
    return Error{ErrorKind::Input, fmt::format("{} is damaged: a tag on its line {} is longer than {} MiB", what_, line(), kLongestTag >> 20),
                 "Open the workbook in a spreadsheet program, save it anew, then try again."};
  return {};
}

Result<bool> XmlPart::step() {
  if (parser_ == nullptr) return scan();
  void* buffer = XML_GetBuffer(parser_->expat, kPieceBytes);
  if (buffer == nullptr) return Error{ErrorKind::Input, fmt::format("{}: there is not enough memory to read it", what_), ""};
  auto got = entry_->read(static_cast<char*>(buffer), kPieceBytes);
  if (!got) return got.error();
  bytes_ += *got;
  if (auto parsed = parse(*got, *got == 0); !parsed) return parsed.error();
  return *got != 0;
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
