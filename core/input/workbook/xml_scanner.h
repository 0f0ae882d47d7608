#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/input/workbook/xml_handler.h"

namespace switchboard::input {

/// Reads the XML that programs write into workbooks (UTF-8; elements, attributes, text and the five entities), three times as fast as
/// a parser of all XML. It tells the handler what expat would tell, or stops before what it does not know: comments, CDATA,
/// declarations of a type, other encodings, names beyond ASCII, and whatever is no XML. From there on expat takes over.
class XmlScanner {
 public:
  explicit XmlScanner(XmlHandler& handler) : handler_(handler) {}

  /// Reads whole tags and texts. Returns how many bytes were read; the rest is to be given again, with more behind it. `bytes` is
  /// written to. `last`: nothing follows.
  std::size_t read(char* bytes, std::size_t size, bool last);

  /// It met what it does not know, right behind what it read. No call of read() makes sense any more.
  bool stopped() const { return stopped_; }
  /// The shortest XML that a parser has to read first to be where this one stopped: "<worksheet><sheetData>".
  std::string read_so_far() const;
  /// Elements deeper than that are for expat to refuse.
  static constexpr std::size_t kDeepest = 64;

 private:
  enum class Step { Done, More, Stop };
  Step read_declaration();
  Step read_text();
  /// What the handler reads by itself; false: nothing.
  bool take();
  Step read_tag();
  Step read_begin(std::size_t name_end);
  Step read_end();
  /// What "&…;" at `at` stands for, appended to `out`; `at` becomes the offset behind it.
  Step undo_entity(std::size_t& at, std::size_t end, std::string& out) const;
  std::string_view open_name() const;

  XmlHandler& handler_;
  char* bytes_ = nullptr;
  std::size_t size_ = 0, at_ = 0;
  bool last_ = false, stopped_ = false, declared_ = false, rooted_ = false;
  std::string names_;               ///< of the open elements, one behind the other
  std::vector<std::size_t> ends_;   ///< of each of them in names_
  std::vector<XmlAttribute> attributes_;
  std::string entity_;
};

}  // namespace switchboard::input
