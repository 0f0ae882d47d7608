#include "core/input/json/json_tree.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace switchboard::input {
namespace {

namespace ondemand = simdjson::ondemand;
using Kind = JsonNode::Kind;

std::string_view without_space_behind(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

/// RFC 8259, 6; with a plus or zeros in front too: phones that somebody did not quote.
bool is_number(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i > begin;
  };
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  if (!digits()) return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (!digits()) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!digits()) return false;
  }
  return i == text.size();
}

/// What Python and JavaScript programs write for numbers that are none.
bool is_no_number(std::string_view text) { return text == "NaN" || text == "Infinity" || text == "-Infinity"; }

std::optional<unsigned> hex4(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(0, 4)) {
    value <<= 4;
    if (c >= '0' && c <= '9') value += static_cast<unsigned>(c - '0');
    else if (c >= 'a' && c <= 'f') value += static_cast<unsigned>(c - 'a' + 10);
    else if (c >= 'A' && c <= 'F') value += static_cast<unsigned>(c - 'A' + 10);
    else return std::nullopt;
  }
  return value;
}

void append_code_point(std::string& out, unsigned c) {
  const auto byte = [&](unsigned value) { out += static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F));
  }
}

/// Undoes the escapes of RFC 8259, 7. simdjson refuses halves of surrogate pairs, which texts that were cut to a length have, so this
/// is ours. False: an escape that there is not.
bool unescape_json(std::string_view text, std::string& out) {
  constexpr unsigned kReplacement = 0xFFFD;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto next = text.find('\\', i);
    out += text.substr(i, next - i);
    if (next == std::string_view::npos) return true;
    i = next + 1;
    if (i == text.size()) return false;
    switch (text[i]) {
      case 'b': out += '\b'; break;
      case 'f': out += '\f'; break;
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      case 't': out += '\t'; break;
      case '"':
      case '\\':
      case '/': out += text[i]; break;
      case 'u': {
        auto c = hex4(text.substr(i + 1));
        if (!c) return false;
        i += 4;
        if (*c >= 0xD800 && *c < 0xDC00) {
          const auto low = text.substr(i + 1).starts_with("\\u") ? hex4(text.substr(i + 3)) : std::nullopt;
          if (low && *low >= 0xDC00 && *low < 0xE000) {
            c = 0x10000 + ((*c - 0xD800) << 10) + (*low - 0xDC00);
            i += 6;
          } else {
            c = kReplacement;
          }
        } else if (*c >= 0xDC00 && *c < 0xE000) {
          c = kReplacement;
        }
        append_code_point(out, *c);
        break;
      }
      default: return false;
    }
  }
  return true;
}

/// Length of the string that begins here, quotes included; it is known to have an end.
std::size_t string_size(const char* begin) {
  const char* at = begin + 1;
  while (*at != '"') at += *at == '\\' ? 2 : 1;
  return static_cast<std::size_t>(at - begin) + 1;
}

}  // namespace

/// Walks over what simdjson finds. Functions are false where the tree's problem is set.
struct JsonTree::Parser {
  ondemand::parser simd;

  bool value(JsonTree& tree, ondemand::value value, JsonNode node, int level) {
    std::string_view token = value.raw_json_token();
    node.begin = static_cast<std::size_t>(token.data() - tree.padded_.data()) - 1;
    token = without_space_behind(token);
    if (tree.nodes_.size() == kMostValues) return limit(tree, fmt::format("it holds more than {} values", kMostValues));
    const std::size_t number = tree.nodes_.size();
    tree.nodes_.push_back(node);
    bool good = true;
    switch (token.empty() ? '\0' : token.front()) {
      case '{': {
        tree.nodes_[number].kind = Kind::Object;
        ondemand::object object;
        good = within(tree, level) && !failed(tree, value.get_object().get(object)) && members(tree, object, level);
        break;
      }
      case '[': {
        tree.nodes_[number].kind = Kind::Array;
        ondemand::array array;
        good = within(tree, level) && !failed(tree, value.get_array().get(array)) && elements(tree, array, level);
        break;
      }
      case '"':
        tree.nodes_[number].kind = Kind::Text;
        good = string(tree, token, tree.nodes_[number].text);
        break;
      default:
        good = word(tree, token, tree.nodes_[number]);
    }
    tree.nodes_[number].end = tree.nodes_.size();
    return good;
  }

 private:
  bool members(JsonTree& tree, ondemand::object& object, int level) {
    for (auto item : object) {
      ondemand::field field;
      if (failed(tree, std::move(item).get(field))) return false;
      JsonNode node;
      const char* key = field.key().raw() - 1;
      node.raw_name = {key, string_size(key)};
      if (!string(tree, node.raw_name, node.name)) return false;
      if (!value(tree, field.value(), node, level + 1)) return false;
    }
    return true;
  }

  bool elements(JsonTree& tree, ondemand::array& array, int level) {
    for (auto item : array) {
      ondemand::value element;
      if (failed(tree, std::move(item).get(element))) return false;
      if (!value(tree, element, {}, level + 1)) return false;
    }
    return true;
  }

  static bool string(JsonTree& tree, std::string_view token, std::string_view& text) {
    if (token.size() < 2 || string_size(token.data()) != token.size()) return broken(tree, "a text does not end where it should");
    text = token.substr(1, token.size() - 2);
    if (text.find('\\') == std::string_view::npos) return true;
    std::string& undone = tree.unescaped_.emplace_back();
    if (!unescape_json(text, undone)) return broken(tree, "a text has an escape (\\…) that JSON does not know");
    text = undone;
    return true;
  }

  static bool word(JsonTree& tree, std::string_view token, JsonNode& node) {
    if (token == "null") return true;
    node.text = token;
    node.kind = token == "true" || token == "false" ? Kind::Boolean : Kind::Number;
    if (node.kind == Kind::Boolean || is_number(token) || is_no_number(token)) return true;
    return broken(tree, "a value is missing, or a text stands without quotes");
  }

  static bool within(JsonTree& tree, int level) {
    return level < kMostLevels || limit(tree, fmt::format("its values are nested deeper than {} levels", kMostLevels));
  }
  static bool limit(JsonTree& tree, std::string why) { return tree.fail(Problem::Limit, std::move(why)), false; }

 public:
  static bool broken(JsonTree& tree, std::string why) { return tree.fail(Problem::NotJson, "it is no JSON: " + std::move(why)), false; }
  static bool failed(JsonTree& tree, simdjson::error_code code) {
    switch (code) {
      case simdjson::SUCCESS: return false;
      case simdjson::UTF8_ERROR: tree.fail(Problem::NotUtf8, "it has bytes that are not UTF-8"); break;
      case simdjson::UNESCAPED_CHARS: broken(tree, "a line end or tab stands in a text as it is, not as \\n or \\t"); break;
      case simdjson::UNCLOSED_STRING: broken(tree, "a quote that closes a text is missing"); break;
      default: broken(tree, "a comma, a colon or a bracket is missing, or one is too many");
    }
    return true;
  }
};

JsonTree::JsonTree() : parser_(std::make_unique<Parser>()) {}
JsonTree::~JsonTree() = default;

void JsonTree::fail(Problem kind, std::string why) {
  kind_ = kind;
  problem_ = std::move(why);
}

JsonTree::Problem JsonTree::read(std::string_view text) {
  nodes_.clear();
  unescaped_.clear();
  kind_ = Problem::None;
  problem_.clear();
  if (!parse(text)) nodes_.clear();
  return kind_;
}

bool JsonTree::parse(std::string_view text) {
  // Within an array all values are alike to simdjson, and what stands behind the first one is seen.
  padded_.clear();
  padded_.reserve(text.size() + 2 + simdjson::SIMDJSON_PADDING);
  padded_ += '[';
  padded_ += text;
  padded_ += ']';
  const std::size_t size = padded_.size();
  padded_.append(simdjson::SIMDJSON_PADDING, ' ');
  ondemand::document document;
  ondemand::array array;
  if (Parser::failed(*this, parser_->simd.iterate(padded_.data(), size, padded_.size()).get(document))) return false;
  if (Parser::failed(*this, document.get_array().get(array))) return false;
  for (auto item : array) {
    ondemand::value value;
    if (Parser::failed(*this, std::move(item).get(value))) return false;
    if (!nodes_.empty()) return Parser::broken(*this, "something stands behind it");
    if (!parser_->value(*this, value, {}, 0)) return false;
  }
  if (nodes_.empty()) return Parser::broken(*this, "nothing is there");
  const char* behind = nullptr;
  if (document.current_location().get(behind) == simdjson::SUCCESS) return Parser::broken(*this, "something stands behind it");
  return true;
}

std::string_view JsonTree::raw(const JsonNode& node) const {
  const char* begin = padded_.data() + 1 + node.begin;
  if (node.kind == JsonNode::Kind::Text) return {begin, string_size(begin)};
  if (node.kind == JsonNode::Kind::Null) return {begin, 4};
  if (!node.is_container()) return {begin, node.text.size()};
  const char* at = begin;
  for (int depth = 0;;) {
    if (*at == '"') {
      at += string_size(at);
      continue;
    }
    if (*at == '{' || *at == '[') ++depth;
    if (*at == '}' || *at == ']') --depth;
    ++at;
    if (depth == 0) return {begin, static_cast<std::size_t>(at - begin)};
  }
}

}  // namespace switchboard::input
