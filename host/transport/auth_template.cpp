#include "host/transport/auth_template.h"

#include <algorithm>
#include <charconv>

#include "core/base/time_text.h"
#include "host/transport/crypto.h"

namespace switchboard::transport {
namespace {

Error wrong(const std::string& what) {
  return Error{ErrorKind::Internal, "the manifest's auth is not in order: " + what,
               "Tell the connector's author."};
}

/// A hash by the name it has in templates: [hmac_]sha256|sha512_hex|hex_upper|base64.
struct HashFunction {
  Digest digest = Digest::Sha256;
  bool keyed = false;
  std::string_view encoding;

  static bool parse(std::string_view name, HashFunction& out) {
    out.keyed = name.starts_with("hmac_");
    if (out.keyed) name.remove_prefix(5);
    if (!name.starts_with("sha256_") && !name.starts_with("sha512_")) return false;
    out.digest = name.starts_with("sha256_") ? Digest::Sha256 : Digest::Sha512;
    out.encoding = name.substr(7);
    return out.encoding == "hex" || out.encoding == "hex_upper" || out.encoding == "base64";
  }
};

std::string changed_case(std::string text, char from, char to) {
  for (char& c : text)
    if (c >= from && c <= from + 25) c = static_cast<char>(c - from + to);
  return text;
}

std::string without_dashes(std::string text) {
  std::erase(text, '-');
  return text;
}

std::string encoded(std::string_view bytes, std::string_view encoding) {
  return encoding == "base64" ? base64(bytes) : hex(bytes, encoding == "hex_upper");
}

}  // namespace

Result<AuthTemplate> AuthTemplate::parse(std::string_view text) {
  constexpr int kDeepest = 8;
  auto nodes = parse_nodes(text, kDeepest);
  if (!nodes) return nodes.error();
  AuthTemplate result;
  result.nodes_ = std::move(*nodes);
  return result;
}

Result<std::vector<AuthTemplate::Node>> AuthTemplate::parse_nodes(std::string_view text, int depth_left) {
  if (depth_left == 0) return wrong("functions within functions go too deep");
  std::vector<Node> nodes;
  std::size_t at = 0;
  while (at < text.size()) {
    auto open = std::min(text.find_first_of("{}", at), text.size());
    if (open > at) nodes.push_back({.kind = Kind::Text, .name = std::string(text.substr(at, open - at))});
    if (open == text.size()) break;
    if (text[open] == '}') return wrong("a '}' without '{' in \"" + std::string(text) + "\"");
    std::size_t close = open;
    int depth = 0;
    do {
      if (close == text.size()) return wrong("a '{' without '}' in \"" + std::string(text) + "\"");
      depth += text[close] == '{' ? 1 : text[close] == '}' ? -1 : 0;
      ++close;
    } while (depth > 0);
    auto node = parse_placeholder(text.substr(open + 1, close - open - 2), depth_left);
    if (!node) return node.error();
    nodes.push_back(std::move(*node));
    at = close;
  }
  return nodes;
}

Result<AuthTemplate::Node> AuthTemplate::parse_placeholder(std::string_view inside, int depth_left) {
  auto colon = std::min(inside.find(':'), inside.size());
  // In {uuid|first:6} the colon belongs to the filter.
  const bool has_argument = colon < std::min(inside.find('|'), inside.size());
  if (!has_argument) colon = inside.size();
  Node node{.name = std::string(inside.substr(0, colon))};
  std::string_view rest = has_argument ? inside.substr(colon + 1) : std::string_view();

  HashFunction function;
  if (has_argument && (node.name == "base64" || HashFunction::parse(node.name, function))) {
    node.kind = Kind::Function;
    if (function.keyed) {
      auto next = rest.find(':');
      if (next == std::string_view::npos || next == 0)
        return wrong("{" + node.name + ":SECRET:…} needs a secret and a text");
      node.argument = rest.substr(0, next);
      rest.remove_prefix(next + 1);
    }
    auto inner = parse_nodes(rest, depth_left - 1);
    if (!inner) return inner.error();
    node.inner = std::move(*inner);
    return node;
  }

  // A value: its filters follow behind '|'.
  std::string_view filters = has_argument ? rest : inside;
  auto bar = std::min(filters.find('|'), filters.size());
  (has_argument ? node.argument : node.name) = filters.substr(0, bar);
  filters.remove_prefix(bar);
  while (!filters.empty()) {
    filters.remove_prefix(1);
    auto end = std::min(filters.find('|'), filters.size());
    auto filter = filters.substr(0, end);
    filters.remove_prefix(end);
    if (filter == "lower" || filter == "upper") {
      node.filters.push_back({std::string(filter), 0});
    } else if (filter.starts_with("first:")) {
      std::size_t count = 0;
      auto digits = filter.substr(6);
      auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
      if (error != std::errc() || stop != digits.data() + digits.size())
        return wrong("first:N wants a number");
      node.filters.push_back({"first", count});
    } else {
      return wrong("the filter \"" + std::string(filter) + "\" is unknown");
    }
  }

  static const std::set<std::string_view> kParts = {"method", "host",   "path",   "body",
                                                    "jwt",    "lbrace", "rbrace", "now_iso"};
  if (has_argument && node.argument.empty()) return wrong("{" + std::string(inside) + "} names nothing");
  auto sign = node.name.find_first_of("+-");
  std::string base = node.name.substr(0, sign);
  if (has_argument && node.name == "secret") {
    node.kind = Kind::Secret;
  } else if (has_argument && node.name == "setting") {
    node.kind = Kind::Setting;
  } else if (has_argument && node.name == "header") {
    node.kind = Kind::Header;
  } else if (!has_argument && (base == "now_s" || base == "now_ms")) {
    node.kind = Kind::Time;
    if (sign != std::string::npos) {
      const char* first = node.name.data() + sign + (node.name[sign] == '+' ? 1 : 0);
      auto [stop, error] = std::from_chars(first, node.name.data() + node.name.size(), node.shift);
      constexpr std::int64_t kTenYearsMs = 315'360'000'000;
      if (error != std::errc() || stop != node.name.data() + node.name.size() || node.shift > kTenYearsMs ||
          node.shift < -kTenYearsMs)
        return wrong("{" + node.name + "} is not a time, or more than ten years off");
    }
    node.name = base;
  } else if (!has_argument &&
             (node.name == "uuid" || node.name == "uuid_hex" || node.name == "uuid_hex_upper")) {
    node.kind = Kind::Uuid;
  } else if (!has_argument && kParts.contains(node.name)) {
    node.kind = Kind::Part;
  } else {
    return wrong("{" + std::string(inside) + "} is unknown");
  }
  return node;
}

Result<std::string> AuthTemplate::fill(const TemplateSource& source) const {
  return fill_nodes(nodes_, source);
}

Result<std::string> AuthTemplate::fill_nodes(const std::vector<Node>& nodes, const TemplateSource& source) {
  // What is signed may be as large as the body, once or twice; headers that are made of headers grow without end.
  const std::size_t most = (std::size_t{1} << 20) + 2 * source.body.size();
  std::string text;
  for (const auto& node : nodes) {
    auto value = value_of(node, source);
    if (!value) return value;
    for (const auto& filter : node.filters) {
      if (filter.name == "lower") *value = changed_case(std::move(*value), 'A', 'a');
      if (filter.name == "upper") *value = changed_case(std::move(*value), 'a', 'A');
      if (filter.name == "first") value->resize(std::min(value->size(), filter.count));
    }
    text += *value;
    if (text.size() > most) return wrong("a template grows to more than " + std::to_string(most) + " bytes");
  }
  return text;
}

Result<std::string> AuthTemplate::value_of(const Node& node, const TemplateSource& source) {
  switch (node.kind) {
    case Kind::Text:
      return node.name;
    case Kind::Secret:
      return source.secret(node.argument);
    case Kind::Setting:
      return source.setting(node.argument);
    case Kind::Header:
      return source.header(node.argument);
    case Kind::Time:
      return std::to_string((node.name == "now_s" ? source.now_ms / 1000 : source.now_ms) + node.shift);
    case Kind::Uuid: {
      auto uuid = source.uuid();
      if (node.name == "uuid") return uuid;
      return changed_case(without_dashes(std::move(uuid)), node.name == "uuid_hex" ? 'A' : 'a',
                          node.name == "uuid_hex" ? 'a' : 'A');
    }
    case Kind::Part:
      if (node.name == "method") return std::string(source.method);
      if (node.name == "host") return std::string(source.host);
      if (node.name == "path") return std::string(source.path);
      if (node.name == "body") return std::string(source.body);
      if (node.name == "jwt") return std::string(source.jwt);
      if (node.name == "now_iso") return iso8601_utc(source.now_ms);
      return std::string(node.name == "lbrace" ? "{" : "}");
    case Kind::Function:
      break;
  }
  auto text = fill_nodes(node.inner, source);
  if (!text) return text;
  if (node.name == "base64") return base64(*text);
  HashFunction function;
  HashFunction::parse(node.name, function);
  if (!function.keyed) return encoded(hash(function.digest, *text), function.encoding);
  auto key = source.secret(node.argument);
  if (!key) return key;
  return encoded(hmac(function.digest, *key, *text), function.encoding);
}

bool AuthTemplate::is_number() const {
  return nodes_.size() == 1 && nodes_[0].kind == Kind::Time && nodes_[0].filters.empty();
}

bool AuthTemplate::is_secret() const {
  return std::ranges::any_of(nodes_, [](const Node& node) {
    return node.kind == Kind::Secret || node.kind == Kind::Function ||
           (node.kind == Kind::Part && node.name == "jwt");
  });
}

void AuthTemplate::collect(std::set<std::string>& secrets, std::set<std::string>& settings) const {
  std::vector<const Node*> left;
  for (const auto& node : nodes_) left.push_back(&node);
  while (!left.empty()) {
    const Node* node = left.back();
    left.pop_back();
    if (node->kind == Kind::Setting) settings.insert(node->argument);
    if (node->kind == Kind::Secret || (node->kind == Kind::Function && !node->argument.empty()))
      secrets.insert(node->argument);
    for (const auto& inner : node->inner) left.push_back(&inner);
  }
}

}  // namespace switchboard::transport
