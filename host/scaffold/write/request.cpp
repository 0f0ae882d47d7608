#include <switchboard/kit/json.h>

#include "host/scaffold/write/code.h"
#include "host/scaffold/write/files.h"
#include "host/scaffold/write/lookup.h"

namespace switchboard::scaffold {
namespace {

/// The fields below a node, for "is any of them there?"; `always`: a constant or custom columns are below it too.
void fields_below(const Node& node, const Plan& plan, std::vector<std::string>& names, bool& custom) {
  if (node.kind == Node::Kind::Field || node.kind == Node::Kind::FieldInList) names.push_back(plan.fields[node.field].name);
  custom = custom || node.kind == Node::Kind::Custom;
  for (const Node& child : node.children) fields_below(child, plan, names, custom);
}

/// The functions that write_contact() needs.
struct Needs {
  bool text = false, literal = false, any = false;
};

Needs needs_of(const Node& node, const Plan& plan) {
  Needs needs;
  for (const Node& child : node.children) {
    if (child.kind == Node::Kind::Field) {
      const Field& field = plan.fields[child.field];
      if (field.is_literal) needs.literal = true;
      else if (field.written_behind.empty()) needs.text = true;
    }
    const Needs below = needs_of(child, plan);
    std::vector<std::string> names;
    bool custom = false;
    fields_below(child, plan, names, custom);
    const bool conditional = (child.kind == Node::Kind::Object || child.kind == Node::Kind::ObjectInList) && !names.empty();
    needs = {needs.text || below.text, needs.literal || below.literal, needs.any || below.any || conditional};
  }
  return needs;
}

void write_node(Code& code, const Node& node, const Plan& plan) {
  switch (node.kind) {
    case Node::Kind::Field: {
      const Field& field = plan.fields[node.field];
      if (!field.written_behind.empty()) {
        code.line("if (const auto cell = batch.value(row, " + literal(field.name) + ")) {");
        code.line("json.member(" + literal(node.name) + ", std::string(*cell) + " + literal(field.written_behind) + ");").line("}");
      } else {
        code.line(std::string(field.is_literal ? "literal(" : "text(") + literal(node.name) + ", " + literal(field.name) + ");");
      }
      return;
    }
    case Node::Kind::FieldInList: {
      const Field& field = plan.fields[node.field];
      code.line("if (const auto cell = batch.value(row, " + literal(field.name) + ")) {");
      code.line("json.key(" + literal(node.name) + ").array()." + (field.is_literal ? "raw" : "value") + "(*cell).end();").line("}");
      return;
    }
    case Node::Kind::Constant: code.line("json.member_raw(" + literal(node.name) + ", " + literal(node.constant) + ");"); return;
    case Node::Kind::Custom:
      code.line("for (std::uint32_t column = batch.fields(); column < batch.columns(); ++column) {");
      code.line("json.member_if(batch.column_name(column), batch.cell(row, column));").line("}");
      return;
    case Node::Kind::Object:
    case Node::Kind::ObjectInList: break;
  }
  std::vector<std::string> names;
  bool custom = false;
  fields_below(node, plan, names, custom);
  std::string condition;
  for (const std::string& name : names) condition += (condition.empty() ? "" : ", ") + literal(name);
  if (!names.empty()) condition = "any({" + condition + "})";
  if (custom) condition += std::string(names.empty() ? "" : " || ") + "has_custom(batch, row)";
  const bool always = names.empty() && !custom;  // constants alone
  code.line(always ? "{" : "if (" + condition + ") {");
  const bool in_list = node.kind == Node::Kind::ObjectInList;
  code.line("json.key(" + literal(node.name) + ")" + (in_list ? ".array().object();" : ".object();"));
  for (const Node& child : node.children) write_node(code, child, plan);
  code.line(in_list ? "json.end().end();" : "json.end();").line("}");
}

bool custom_is_nested(const Node& node, bool inside) {
  for (const Node& child : node.children)
    if ((child.kind == Node::Kind::Custom && inside) || custom_is_nested(child, true)) return true;
  return false;
}

void write_contact(Code& code, const Plan& plan) {
  if (custom_is_nested(plan.contact, false)) {
    code.line("bool has_custom(const kit::Batch& batch, std::uint32_t row) {");
    code.line("for (std::uint32_t column = batch.fields(); column < batch.columns(); ++column) {").line("if (batch.cell(row, column)) return true;").line("}");
    code.line("return false;").line("}").blank();
  }
  const Needs needs = needs_of(plan.contact, plan);
  code.line("// Absent cells are left out. Cells of int, number, boolean and list fields are JSON already.");
  code.line("void write_contact(kit::JsonWriter& json, const kit::Batch& batch, std::uint32_t row) {");
  if (needs.text) code.line("const auto text = [&](std::string_view name, std::string_view field) { json.member_if(name, batch.value(row, field)); };");
  if (needs.literal) {
    code.line("const auto literal = [&](std::string_view name, std::string_view field) {");
    code.line("if (const auto cell = batch.value(row, field)) json.member_raw(name, *cell);").line("};");
  }
  if (needs.any) {
    code.line("const auto any = [&](std::initializer_list<std::string_view> fields) {");
    code.line("for (const std::string_view field : fields) {").line("if (batch.value(row, field)) return true;").line("}").line("return false;").line("};");
  }
  code.line("json.object();");
  for (const Node& child : plan.contact.children) write_node(code, child, plan);
  code.line("json.end();").line("}").blank();
}

/// The same as the fields of a form; all of them are texts.
void write_form(Code& code, const Plan& plan) {
  code.line("// Absent cells are left out.");
  code.line("kit::Query form_of(const kit::Batch& batch, std::uint32_t row) {").line("kit::Query form;");
  code.line("const auto text = [&](std::string_view name, std::string_view field, std::string_view behind = {}) {");
  code.line("if (const auto cell = batch.value(row, field)) form.add(name, std::string(*cell) + std::string(behind));").line("};");
  for (const Node& child : plan.contact.children) {
    if (child.kind == Node::Kind::Field) {
      const Field& field = plan.fields[child.field];
      code.line("text(" + literal(child.name) + ", " + literal(field.name) + (field.written_behind.empty() ? "" : ", " + literal(field.written_behind)) + ");");
    } else if (child.kind == Node::Kind::Constant) {
      code.line("form.add(" + literal(child.name) + ", " + literal(kit::Json::parse(child.constant).value_or(kit::Json()).string_or(child.constant)) + ");");
    } else if (child.kind == Node::Kind::Custom) {
      code.line("for (std::uint32_t column = batch.fields(); column < batch.columns(); ++column) {");
      code.line("if (const auto cell = batch.cell(row, column)) form.add(batch.column_name(column), *cell);").line("}");
    }
  }
  code.line("return form;").line("}").blank();
}

/// A path as a C++ expression of text.
std::string path_expression(const std::vector<Piece>& pieces, const Plan& plan) {
  std::string out;
  for (const Piece& piece : pieces) {
    out += out.empty() ? "" : " + ";
    if (piece.job) out += "kit::url_encode(chain.job)";
    else if (piece.setting) out += "kit::url_encode(" + variable(plan.settings[*piece.setting]) + (plan.settings[*piece.setting].required ? "" : ".value_or(\"\")") + ")";
    else out += (out.empty() ? "std::string(" + literal(piece.text) + ")" : literal(piece.text));
  }
  return out;
}

void write_body(Code& code, const Plan& plan) {
  code.line("kit::JsonWriter json;");
  if (plan.body.kind == Body::Kind::Single) {
    code.line("write_contact(json, batch, row);");
    return;
  }
  if (plan.body.kind == Body::Kind::Wrapped) {
    code.line("json.object();");
    for (const Beside& beside : plan.body.beside) {
      if (!beside.setting) {
        code.line("json.member_raw(" + literal(beside.name) + ", " + literal(beside.constant) + ");");
        continue;
      }
      const Setting& setting = plan.settings[*beside.setting];
      const bool always = setting.type == "text" && setting.required;
      code.line((always ? "" : "if (" + variable(setting) + ") ") + "json.member(" + literal(beside.name) + ", " + (always ? "" : "*") + variable(setting) + ");");
    }
    code.line("json.key(" + literal(plan.body.list) + ");");
  }
  code.line("json.array();");
  code.line("for (std::uint32_t row = 0; row < batch.rows(); ++row) write_contact(json, batch, row);");
  code.line(plan.body.kind == Body::Kind::Wrapped ? "json.end().end();" : "json.end();");
}

}  // namespace

std::string request_source(const Plan& plan) {
  const std::string space = namespace_of(plan.id);
  std::string out = "#include \"connector.h\"\n\n#include <initializer_list>\n#include <string>\n#include <string_view>\n\n";
  out += "// " + comment(plan.operation) + "\n" + mark_comments(plan, "request.cpp") + "\n";
  out += "namespace " + space + " {\n\nnamespace {\n\n";
  Code code;
  plan.form ? write_form(code, plan) : write_contact(code, plan);
  out += code.take() + "}  // namespace\n\n";
  code.line("void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {");
  if (plan.probe) code.line("if (step.is(kit::Operation::Probe)) return requests.put(kit::Request::get(" + path_expression(plan.probe->path, plan) + "));");
  if (plan.lookup) write_question(code, plan, path_expression(plan.lookup->path, plan));
  code.line("if (!step.is(kit::Operation::Import)) throw kit::Unsupported(" + literal(plan.title + " is not asked for that") + ");");
  if (plan.job) code.line("Chain chain;").line("if (kit::read_state(step, batch, chain)) return requests.put(kit::Request::get(" + path_expression(plan.job->path, plan) + ").rows(0, batch.rows()));");
  const bool single = plan.body.kind == Body::Kind::Single;
  // The host never hands over more than the manifest's one; at the first step alone there may be a request each.
  if (single) code.line("for (std::uint32_t row = 0; row < batch.rows() && (row == 0 || step.number() == 0); ++row) {");
  if (!plan.form) write_body(code, plan);
  std::string path = path_expression(plan.path, plan);
  if (!plan.query.empty()) {
    path += " + kit::Query()";
    for (const Parameter& parameter : plan.query) path += ".add(" + literal(parameter.name) + ", " + variable(plan.settings[parameter.setting]) + (plan.settings[parameter.setting].required ? "" : ".value_or(\"\")") + ")";
    path += ".text()";
  }
  code.line("kit::Request request = " + (plan.form ? "kit::Request::post_form(" + path + ", form_of(batch, row));" : "kit::Request::post_json(" + path + ", json.take());"));
  if (plan.method != "POST") code.line("request.method = " + literal(plan.method) + ";");
  for (const Parameter& parameter : plan.headers) code.line("request.header(" + literal(parameter.name) + ", " + variable(plan.settings[parameter.setting]) + (plan.settings[parameter.setting].required ? "" : ".value_or(\"\")") + ");");
  if (!plan.key_header.empty()) {
    code.line("request.header(" + literal(plan.key_header) + ", kit::uuid_id(step.chain_id(), " + (single ? "row" : "0") + "));  // the same at every attempt");
    code.line("request.replay = kit::Replay::Keyed;");
  } else {
    code.line("// Replay::Unsafe is the default: sent twice, it might be stored twice.");
  }
  code.line(single ? "requests.put(request.rows(row, 1));" : "requests.put(request.rows(0, batch.rows()));");
  if (single) code.line("}");
  code.line("}");
  return out + code.take() + "\n}  // namespace " + space + "\n";
}

}  // namespace switchboard::scaffold
