#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::input {

/// A value of a JSON text. Views are into the text, or into the tree that made it.
struct JsonNode {
  enum class Kind { Null, Boolean, Number, Text, Array, Object };
  Kind kind = Kind::Null;
  std::string_view name;      ///< of a member, unescaped
  std::string_view raw_name;  ///< the same as it is written, quotes included
  std::string_view text;      ///< of a text: unescaped; of a number, true and false: as written
  std::size_t begin = 0;      ///< offset of its first byte in the text that was read
  std::size_t end = 0;        ///< number of the node behind it and all that is in it

  bool is_container() const { return kind == Kind::Array || kind == Kind::Object; }
};

/// One JSON value, parsed (simdjson) into a list of nodes: the first is the value itself, and what is in a container follows it.
/// Milder than RFC 8259 in what programs write: numbers with a plus or zeros in front (a number is a text here), NaN and Infinity;
/// half of a surrogate pair becomes U+FFFD.
class JsonTree {
 public:
  static constexpr int kMostLevels = 64;
  static constexpr std::size_t kMostValues = 20'000;

  enum class Problem { None, NotJson, NotUtf8, Limit };

  JsonTree();
  ~JsonTree();
  JsonTree(const JsonTree&) = delete;
  JsonTree& operator=(const JsonTree&) = delete;

  /// Reads exactly one value. What it gives is valid until the next call.
  Problem read(std::string_view text);
  /// Why the last text could not be read, as the end of a sentence ("it is no JSON: …"); without anything of what stands in it.
  const std::string& problem() const { return problem_; }

  const std::vector<JsonNode>& nodes() const { return nodes_; }
  const JsonNode& root() const { return nodes_.front(); }
  /// The node as it is written.
  std::string_view raw(const JsonNode& node) const;

  /// Calls `visit(child)` for each member or element of the container with this number, with its number.
  template <class Visit>
  void each_child(std::size_t number, Visit visit) const {
    for (std::size_t child = number + 1; child < nodes_[number].end; child = nodes_[child].end) visit(child);
  }

 private:
  struct Parser;
  friend struct Parser;
  bool parse(std::string_view text);
  void fail(Problem kind, std::string why);

  std::unique_ptr<Parser> parser_;
  std::string padded_;  ///< "[", the text, "]", and the room that simdjson reads beyond it
  std::vector<JsonNode> nodes_;
  std::deque<std::string> unescaped_;
  Problem kind_ = Problem::None;
  std::string problem_;
};

}  // namespace switchboard::input
