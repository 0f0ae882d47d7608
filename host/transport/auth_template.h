#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace switchboard::transport {

/// What a template may ask for while it is filled in.
struct TemplateSource {
  std::function<Result<std::string>(const std::string&name)> secret, setting, header;
  std::function<std::string()> uuid;
  std::int64_t now_ms = 0;
  std::string_view method, host, path, body, jwt;
};

/// Text with {placeholders} for credentials: the small language of the manifest's auth (see auth.h).
class AuthTemplate {
 public:
  /// Errors (Internal) say what is wrong with the template.
  static Result<AuthTemplate> parse(std::string_view text);

  Result<std::string> fill(const TemplateSource& source) const;

  /// Exactly one time: {now_s}, {now_ms+5000} …; in a JWT a number.
  bool is_number() const;
  /// Its value is, or is made with, something secret, and is itself to be kept out of texts.
  bool is_secret() const;
  /// The secrets and the settings that it names.
  void collect(std::set<std::string>& secrets, std::set<std::string>& settings) const;

 private:
  enum class Kind { Text, Secret, Setting, Header, Time, Uuid, Part, Function };
  struct Filter {
    std::string name;
    std::size_t count = 0;
  };
  struct Node {
    Kind kind = Kind::Text;
    std::string name;      ///< the text, or the name of the value or function
    std::string argument;  ///< SECRET of {secret:SECRET} or of a keyed hash
    std::int64_t shift = 0;
    std::vector<Filter> filters;
    std::vector<Node> inner;  ///< argument of a function
  };

  static Result<std::vector<Node>> parse_nodes(std::string_view text, int depth_left);
  static Result<Node> parse_placeholder(std::string_view inside, int depth_left);
  static Result<std::string> fill_nodes(const std::vector<Node>& nodes, const TemplateSource& source);
  static Result<std::string> value_of(const Node& node, const TemplateSource& source);

  std::vector<Node> nodes_;
};

}  // namespace switchboard::transport
