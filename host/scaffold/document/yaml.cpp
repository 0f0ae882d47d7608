#include "host/scaffold/document/yaml.h"

#include <switchboard/kit/json.h>
#include <yaml-cpp/yaml.h>

#include "core/base/json_text.h"

namespace switchboard::scaffold {
namespace {

/// What cannot be written as JSON; thrown to yaml_as_json() only.
struct Refused {
  std::string message;
};

class Writer {
 public:
  explicit Writer(std::size_t most_bytes) : most_(most_bytes) {}

  void write(const YAML::Node& node, int depth) {
    if (depth > kit::Json::kMaxDepth) throw Refused{"it is nested more than " + std::to_string(kit::Json::kMaxDepth) + " deep"};
    if (out_.size() > most_) throw Refused{"its aliases make much more of it than it is"};
    if (node.IsMap()) {
      char before = '{';
      for (const auto& entry : node) {
        if (!entry.first.IsScalar()) throw Refused{"line " + std::to_string(entry.first.Mark().line + 1) + ": a name is no text"};
        out_ += before;
        append_json_quoted(out_, entry.first.Scalar());
        out_ += ':';
        write(entry.second, depth + 1);
        before = ',';
      }
      out_ += before == '{' ? "{}" : "}";
    } else if (node.IsSequence()) {
      char before = '[';
      for (const auto& item : node) {
        out_ += before;
        write(item, depth + 1);
        before = ',';
      }
      out_ += before == '[' ? "[]" : "]";
    } else if (node.IsScalar()) {
      scalar(node);
    } else {
      out_ += "null";
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void scalar(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    const bool plain = node.Tag() == "?";
    if (plain && (text == "null" || text == "~" || text.empty())) {
      out_ += "null";
    } else if (plain && (text == "true" || text == "false" || is_number(text))) {
      out_ += text;
    } else {
      append_json_quoted(out_, text);
    }
  }
  static bool is_number(const std::string& text) {
    if (text.size() > 40 || text.find_first_of("0123456789") == text.npos) return false;
    const auto json = kit::Json::parse(text);
    return json && json->is_number();
  }

  std::size_t most_;
  std::string out_;
};

}  // namespace

Result<std::string> yaml_as_json(std::string_view text, std::size_t most_bytes) {
  try {
    const YAML::Node node = YAML::Load(std::string(text));
    Writer writer(most_bytes);
    writer.write(node, 0);
    return writer.take();
  } catch (const YAML::Exception& error) {
    return usage_error("line " + std::to_string(error.mark.line + 1) + ": " + error.msg);
  } catch (const Refused& refused) {
    return usage_error(refused.message);
  }
}

}  // namespace switchboard::scaffold
