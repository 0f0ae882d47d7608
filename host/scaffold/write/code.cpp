#include "host/scaffold/write/code.h"

#include <set>

#include "host/scaffold/plan/names.h"

namespace switchboard::scaffold {

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || c == '?') {
      out += '\\', out += c;
    } else if (byte < 0x20 || byte >= 0x7F) {
      out += '\\';
      for (const int shift : {6, 3, 0}) out += static_cast<char>('0' + (byte >> shift & 7));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string comment(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;  // one mark for a character
    out += byte < 0x20 || byte >= 0x7F || c == '\\' ? '?' : c;
  }
  return out;
}

std::string at(const std::string& value, const Path& path) {
  std::string out = value;
  for (const std::string& name : path) out += name == "#0" ? ".at(0)" : "[" + literal(name) + "]";
  return out;
}

std::string mark_comments(const Plan& plan, std::string_view file) {
  std::string out;
  for (std::size_t i = 0; i < plan.marks.size(); ++i) {
    if (plan.marks[i].file != file) continue;
    std::string line = "// MARK " + std::to_string(i + 1) + ":";
    constexpr std::size_t kWidth = 118;
    std::string word;
    const std::string text = comment(plan.marks[i].text) + " ";
    for (const char c : text) {
      if (c != ' ') {
        word += c;
        continue;
      }
      if (line.size() + 1 + word.size() > kWidth) out += line + "\n", line = "//  ";
      line += " " + word;
      word.clear();
    }
    out += line + "\n";
  }
  return out;
}

std::string namespace_of(const std::string& id) {
  static const std::set<std::string> kTaken = {
      "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char", "char8_t", "char16_t", "char32_t", "class", "compl", "concept",
      "const", "consteval", "constexpr", "constinit", "const_cast", "continue", "co_await", "co_return", "co_yield", "decltype", "default", "delete", "do", "double", "dynamic_cast",
      "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if", "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not",
      "not_eq", "nullptr", "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast", "requires", "return", "short", "signed", "sizeof", "static",
      "static_assert", "static_cast", "struct", "switch", "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned", "using",
      "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq", "std", "main", "switchboard", "kit", "linux", "unix", "errno", "stdin", "stdout", "stderr", "assert",
      "time", "read", "write", "open", "close", "link", "index", "signal", "exit", "abort", "remove", "rename", "send", "connect", "listen", "accept", "select", "poll", "stat", "div",
      "log", "exp", "pow", "abs", "sin", "cos", "tan", "system", "clock", "printf", "puts", "free", "malloc", "tolower", "toupper", "access", "pipe", "sleep", "pause", "sync", "i386"};
  const bool reserved = kTaken.count(id) != 0 || id.find("__") != id.npos;
  if (!reserved) return id;
  std::string name;
  for (const char c : id)
    if (c != '_' || !name.ends_with('_')) name += c;
  return name + (name.ends_with('_') ? "connector" : "_connector");
}

std::string variable(const Setting& setting) { return setting.name + "_"; }

Code& Code::line(const std::string& text) {
  if (text.starts_with('}') && level_ > 0) --level_;
  const bool label = text == "public:" || text == "private:";
  out_ += (label ? std::string(level_ * 2 - 1, ' ') : std::string(level_ * 2, ' ')) + text + "\n";
  if (text.ends_with('{')) ++level_;
  return *this;
}

Code& Code::blank() {
  out_ += "\n";
  return *this;
}

}  // namespace switchboard::scaffold
