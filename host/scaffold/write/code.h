#pragma once

#include <string>
#include <string_view>

#include "host/scaffold/plan/plan.h"

namespace switchboard::scaffold {

/// A C++ string literal of printable ASCII: everything else is escaped, so that no text ends it, splices a line or reorders what is read.
std::string literal(std::string_view text);
/// A text fit for one line of a comment: printable ASCII without a backslash; everything else becomes '?'.
std::string comment(std::string_view text);
/// `json["data"]["results"]`, `result["errors"].at(0)`.
std::string at(const std::string& value, const Path& path);
/// The plan's marks for a file, as comments: "// MARK: …".
std::string mark_comments(const Plan& plan, std::string_view file);
/// The namespace of the connector: its id, unless that means something to C++.
std::string namespace_of(const std::string& id);
/// The member of Connector that holds a setting.
std::string variable(const Setting& setting);

/// Lines with two blanks for each level.
class Code {
 public:
  /// A line that ends with '{' opens a level, one that begins with '}' closes one.
  Code& line(const std::string& text);
  Code& blank();
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t level_ = 0;
};

}  // namespace switchboard::scaffold
