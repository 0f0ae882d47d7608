#include "host/scaffold/write/answer_shape.h"

#include <algorithm>

namespace switchboard::scaffold {

void AnswerShape::put(const Path& path, const std::string& call, const std::string& condition) {
  Part* here = &root_;
  for (const std::string& name : path) {
    if (!here->call.empty()) return;
    std::size_t place = 0;
    while (place < here->children.size() && here->children[place].name != name) ++place;
    if (place == here->children.size()) here->children.push_back({name, "", "", {}});
    here = &here->children[place];
  }
  if (!here->children.empty() || !here->call.empty()) return;
  here->call = call;
  here->condition = condition;
}

void AnswerShape::write(Code& code, const std::string& writer) const { write_part(code, writer, writer, root_, true); }

/// What all of a part depends on; empty: nothing, or several things.
std::string AnswerShape::condition_of(const Part& part) {
  if (part.children.empty()) return part.condition;
  const std::string first = condition_of(part.children.front());
  return std::all_of(part.children.begin(), part.children.end(), [&](const Part& child) { return condition_of(child) == first; }) ? first : "";
}

void AnswerShape::write_part(Code& code, const std::string& writer, const std::string& before, const Part& part, bool conditional) {
  if (!part.call.empty()) {
    code.line(before + part.call + ";");
    return;
  }
  const bool list = !part.children.empty() && part.children.front().name == "#0";
  code.line(before + (list ? ".array();" : ".object();"));
  for (const Part& child : part.children) {
    const std::string condition = conditional ? condition_of(child) : "";
    if (!condition.empty()) code.line("if (" + condition + ") {");
    write_part(code, writer, list ? writer : writer + ".key(" + literal(child.name) + ")", child, conditional && condition.empty());
    if (!condition.empty()) code.line("}");
  }
  code.line(writer + ".end();");
}

}  // namespace switchboard::scaffold
