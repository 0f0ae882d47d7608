#include "host/scaffold/plan/contact.h"

#include <switchboard/kit/text.h>

#include <algorithm>

#include "core/contact/meaning.h"
#include "core/mapping/manifest/pattern.h"
#include "host/scaffold/plan/account.h"
#include "host/scaffold/plan/meanings.h"
#include "host/scaffold/plan/names.h"

namespace switchboard::scaffold {
namespace {

using Kind = Shape::Kind;

constexpr std::size_t kMostFields = 200;

std::string manifest_name(const std::string& path) {
  std::string out;
  constexpr std::size_t kLongest = 60;
  for (const char c : path) {
    if (out.size() == kLongest) break;
    out += kit::is_alpha(c) || kit::is_digit(c) || c == '_' || c == '.' || c == '-' ? c : '_';
  }
  if (out.empty() || !kit::is_alpha(out.front())) out.insert(0, "n");
  return out;
}

std::string phone_format(const std::string& pattern) {
  const std::string whole = whole_pattern(pattern);
  const auto compiled = whole.empty() ? mapping::Pattern::compile("\\+.*") : mapping::Pattern::compile(whole);
  if (!compiled || compiled->matches("+12015550123")) return "e164";
  if (compiled->matches("12015550123")) return "e164_digits";
  return compiled->matches("2015550123") ? "national" : "as_given";
}

class Walk {
 public:
  explicit Walk(Plan& plan) : plan_(plan) {}

  void object(const Shape& shape, Node& node, const std::string& around, bool required, int depth) {
    for (const Member& member : shape.members) {
      if (member.shape.read_only) continue;
      value(member, node, around, required && shape.wants(member.name), depth);
    }
    if (shape.extra_text) custom(shape, node, around.empty());
  }

  void finish() {
    const auto has = [&](std::string_view meaning) { return std::any_of(plan_.fields.begin(), plan_.fields.end(), [&](const Field& field) { return field.meaning == meaning; }); };
    for (Field& field : plan_.fields) {
      if (field.meaning == "full_name" && has("first_name") && has("last_name")) field.meaning.clear(), field.derive.clear();
    }
    const auto find = [&](bool only_required, std::string_view type) -> const Field* {
      for (const Field& field : plan_.fields)
        if ((field.type == type || (type == "id" && field.meaning == "external_id")) && (field.required || !only_required)) return &field;
      return nullptr;
    };
    for (const bool required : {true, false})
      for (const char* type : {"phone", "email", "id"})
        if (const Field* field = find(required, type); field != nullptr && plan_.identity.empty()) plan_.identity = {field->name};
    if (plan_.identity.empty()) {
      for (const Field& field : plan_.fields)
        if (field.meaning == "full_name" && field.required) plan_.identity = {field.name};
    }
  }

 private:
  void value(const Member& member, Node& node, const std::string& around, bool required, int depth) {
    const Shape& shape = member.shape;
    const std::string path = around.empty() ? member.name : around + "." + member.name;
    if (shape.constant) {
      if (required) node.children.push_back({Node::Kind::Constant, member.name, {}, 0, *shape.constant});
      return;
    }
    if (plan_.fields.size() >= kMostFields) return skipped(path, "there are more than " + std::to_string(kMostFields) + " fields", required);
    if (shape.is_scalar() || (shape.kind == Kind::Any && !shape.cut)) return field(member.name, path, around, shape, node, Node::Kind::Field, required);
    constexpr int kDeepest = 6;
    if (shape.cut || depth >= kDeepest) return skipped(path, "it goes around in a circle, or is nested too deeply", required);
    if (shape.kind == Kind::Object) {
      if (shape.members.empty() && !shape.extra_text) return skipped(path, "the document does not say what is in it", required);
      Node inner{Node::Kind::Object, member.name, {}, 0, ""};
      object(shape, inner, path, required, depth + 1);
      if (!inner.children.empty()) node.children.push_back(std::move(inner));
      return;
    }
    if (shape.kind != Kind::List || shape.items.empty()) return skipped(path, "the document does not say what is in it", required);
    const Shape& item = shape.items.front();
    if (item.kind == Kind::Text) return list_of_texts(member.name, path, around, item, node, required);
    if (item.kind == Kind::Object && !item.cut && !item.members.empty()) {
      Node inner{Node::Kind::ObjectInList, member.name, {}, 0, ""};
      object(item, inner, path, required, depth + 1);
      if (!inner.children.empty()) node.children.push_back(std::move(inner));
      return;
    }
    skipped(path, "lists of this kind hold nothing that a contact file has", required);
  }

  void list_of_texts(const std::string& name, const std::string& path, const std::string& around, const Shape& item, Node& node, bool required) {
    if (contact::is_reach(meaning_of(name, around, item))) return field(name, path, around, item, node, Node::Kind::FieldInList, required);
    Shape list;
    list.kind = Kind::List;
    field(name, path, around, list, node, Node::Kind::Field, required);
  }

  void field(const std::string& name, const std::string& path, const std::string& around, const Shape& shape, Node& node, Node::Kind kind, bool required) {
    Field field;
    field.name = unique(manifest_name(path), names_);
    field.required = required;
    field.help = said(shape.description, 300);
    const std::string last_around = around.substr(around.rfind('.') == around.npos ? 0 : around.rfind('.') + 1);
    field.meaning = meaning_of(name, last_around, shape);
    if (field.meaning.starts_with("consent.")) {
      field.meaning.clear();
      field.opt_in = !required;
    }
    type(shape, field);
    if (is_one_of(field.meaning, {"full_name", "first_name", "last_name"}) && field.type == "text") field.derive = field.meaning;
    if (shape.standard && field.type != "list" && field.type != "date") field.standard = shape.standard;
    if (field.type == "text") texts(shape, path, field);
    node.children.push_back({kind, name, {}, plan_.fields.size(), ""});
    plan_.fields.push_back(std::move(field));
  }

  static void type(const Shape& shape, Field& field) {
    const bool phone = contact::is_phone(field.meaning);
    switch (shape.kind) {
      case Kind::List: field.type = "list", field.is_literal = true; return;
      case Kind::Boolean: field.type = "boolean", field.is_literal = true; return;
      case Kind::Number: field.type = "number", field.is_literal = true; return;
      case Kind::Integer:
        field.type = phone ? "phone" : "int", field.is_literal = true;
        if (phone) field.format = "e164_digits";
        return;
      default: break;
    }
    if (!shape.words.empty()) return;
    if (phone) {
      field.type = "phone";
      field.format = phone_format(shape.pattern);
    } else if (field.meaning == "email") {
      field.type = "email";
    } else if (shape.format == "date" || shape.format == "date-time") {
      field.type = "date";
      if (shape.format == "date-time") field.written_behind = "T00:00:00Z";
    }
  }

  void texts(const Shape& shape, const std::string& path, Field& field) {
    field.words = shape.words;
    field.words.erase(std::remove(field.words.begin(), field.words.end(), ""), field.words.end());
    if (!field.words.empty()) return;
    field.min_length = shape.min_length <= 1000 ? shape.min_length : 0;
    field.max_length = shape.max_length;
    if (field.max_length != 0 && field.min_length > field.max_length) field.min_length = 0;
    field.pattern = whole_pattern(shape.pattern);
    if (field.pattern.empty() && !shape.pattern.empty())
      plan_.mark("connector.json", "The pattern of " + in_quotes(path) + " is none that the host understands: " + in_quotes(shape.pattern) + ". It is left out.");
  }

  void custom(const Shape& shape, Node& node, bool outside) {
    if (plan_.custom) return;
    plan_.custom = true;
    if (outside || !shape.members.empty())
      for (const Member& member : shape.members) plan_.reserved.push_back(member.name);
    node.children.push_back({Node::Kind::Custom, "", {}, 0, ""});
  }

  void skipped(const std::string& path, const std::string& why, bool required) {
    if (required)
      plan_.mark("request.cpp", "Every contact needs the member " + in_quotes(path) + ", and it is not made: " + why + ". Write it in write_contact().");
  }

  Plan& plan_;
  std::set<std::string> names_;
};

/// Groups of members as groups of fields; a group with a member that is no field stands for nothing.
void plan_rule(const Shape& contact, Plan& plan) {
  std::vector<std::vector<std::string>> groups;
  for (const auto& wanted : contact.any_of) {
    std::vector<std::string> group;
    for (const std::string& name : wanted) {
      const bool known = std::any_of(plan.fields.begin(), plan.fields.end(), [&](const Field& field) { return field.name == name; });
      if (!known) return;
      group.push_back(name);
    }
    groups.push_back(std::move(group));
  }
  if (groups.size() > 1 && groups.size() <= 20) plan.any_of = std::move(groups);
}

void plan_beside(const Shape& body, const std::string& list, Plan& plan) {
  for (const Member& member : body.members) {
    const Shape& shape = member.shape;
    if (member.name == list || shape.read_only) continue;
    const bool required = body.wants(member.name);
    if (shape.constant) {
      if (required) plan.body.beside.push_back({member.name, std::nullopt, *shape.constant, false});
    } else if (shape.is_scalar() || (shape.kind == Kind::Any && !shape.cut)) {
      const std::size_t setting = add_setting(member.name, shape, required, "", plan);
      plan.body.beside.push_back({member.name, setting, "", shape.kind != Kind::Text && shape.kind != Kind::Any});
    } else if (required) {
      plan.body.beside.push_back({member.name, std::nullopt, shape.kind == Kind::List ? "[]" : "{}", false});
      plan.mark("request.cpp", "Every request needs the member " + in_quotes(member.name) + " beside the contacts; an empty one is sent. Fill it.");
    }
  }
}

}  // namespace

std::string whole_pattern(const std::string& pattern) {
  constexpr std::size_t kLongest = 500;
  if (pattern.empty() || pattern.size() > kLongest || speaks_of(pattern, {"(?=", "(?!", "(?<", "\\k", "\\p", "\\u", "(?P", "(?R", "(?&", "(*"})) return {};
  bool choice = false;
  int depth = 0, in_class = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      if (i + 1 < pattern.size() && pattern[i + 1] >= '1' && pattern[i + 1] <= '9') return {};
      ++i;
    } else if (in_class != 0) {
      in_class = c == ']' ? 0 : 1;
    } else if (c == '[') {
      in_class = 1;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      --depth;
    } else if (c == '|' && depth == 0) {
      choice = true;
    }
  }
  std::string whole = "[\\s\\S]*(?:" + pattern + ")[\\s\\S]*";
  const bool ends = pattern.ends_with('$') && !pattern.ends_with("\\$");
  if (!choice && pattern.starts_with('^') && ends) whole = pattern.substr(1, pattern.size() - 2);
  return !whole.empty() && mapping::Pattern::compile(whole) ? whole : std::string();
}

constexpr std::uint64_t kMostRows = 1000;  ///< of a request whose largest body nobody knows

void plan_contact(const ContactPlace& place, const Shape& body, Plan& plan) {
  plan.body.kind = place.kind;
  plan.body.list = place.list;
  plan.most_rows = place.kind == Body::Kind::Single ? 1 : place.most != 0 ? std::min<std::uint64_t>(place.most, kMostRows) : 100;
  if (place.most > kMostRows)
    plan.mark("connector.json", "The vendor takes " + std::to_string(place.most) + " contacts a request; " + std::to_string(kMostRows) + " are sent, as many as fit into the body that is assumed (1 MB).");
  plan.most_rows_said = place.kind == Body::Kind::Single || place.most != 0;
  Walk walk(plan);
  walk.object(place.contact, plan.contact, "", true, 0);
  walk.finish();
  plan_rule(place.contact, plan);
  if (place.kind == Body::Kind::Wrapped) plan_beside(body, place.list, plan);
  if (place.contact.varied || body.varied) plan.mark("connector.json", "The document describes contacts of several shapes (oneOf, anyOf); the fields are those of all of them. Look at which may stand together.");
}

}  // namespace switchboard::scaffold
