#include "host/scaffold/write/lookup.h"

#include "host/scaffold/write/answer_shape.h"

namespace switchboard::scaffold {
namespace {

using Pages = Lookup::Pages;

/// RowIndex::by_…, and the key of what the list shows.
std::pair<std::string, std::string> index_of(const Field& field, const std::string& shown) {
  if (field.type == "phone") return {"by_phone", "kit::digits_of(" + shown + ")"};
  if (field.type == "email") return {"by_email", "kit::lower(" + shown + ")"};
  return {"by_id", shown};
}

/// Whether there is a further page, as the answer says it.
std::string says_more(const Lookup& lookup) {
  if (lookup.pages == Pages::Cursor) return "!next.empty()";
  if (lookup.more) return "*more";
  return lookup.total ? "search.list.paging.offset + static_cast<std::int64_t>(page.items) < *total" : "page.items > 0";
}

}  // namespace

void write_search(std::string& header, const Plan& plan) {
  if (!plan.lookup) return;
  const Pages pages = plan.lookup->pages;
  header += "/// What is remembered between two pages of the account's list.\nstruct Search {\n  kit::ListSearch list;\n";
  if (pages == Pages::Cursor) header += "  std::string cursor;  ///< what the page before said\n";
  if (pages == Pages::Number) header += "  std::int64_t page = " + std::to_string(plan.lookup->first) + ";\n";
  header += "\n  template <class State>\n  void members(State& state) {\n    list.members(state);\n";
  if (pages == Pages::Cursor) header += "    state.text(\"cursor\", cursor);\n";
  if (pages == Pages::Number) header += "    state.count(\"page\", page, " + std::to_string(plan.lookup->first) + ");\n";
  header += "  }\n};\n\n";
}

void write_question(Code& code, const Plan& plan, const std::string& path) {
  if (!plan.lookup) return;
  const Lookup& lookup = *plan.lookup;
  code.line("// After a lost answer: which contacts has the account?").line("if (step.is(kit::Operation::Reconcile)) {").line("Search search;").line("kit::read_state(step, batch, search);").line("kit::Query query;");
  if (!lookup.size.empty()) code.line("query.add(" + literal(lookup.size) + ", \"" + std::to_string(lookup.most) + "\");");
  if (lookup.pages == Pages::Cursor) code.line("if (!search.cursor.empty()) query.add(" + literal(lookup.place) + ", search.cursor);");
  else code.line("query.add(" + literal(lookup.place) + ", std::to_string(" + (lookup.pages == Pages::Number ? "search.page" : "search.list.paging.offset") + "));");
  code.line("return requests.put(kit::Request::get(" + path + " + query.text()).rows(0, batch.rows()));").line("}");
}

void write_read_page(Code& code, const Plan& plan) {
  if (!plan.lookup) return;
  const Lookup& lookup = *plan.lookup;
  const Field& field = plan.fields[lookup.key_field];
  const auto [index, key] = index_of(field, at("contact", lookup.key_path) + ".string_or(\"\")");
  const std::string list = at("json", lookup.list);
  code.line("constexpr std::uint64_t kSettleMs = 10'000;  // between the two looks: the list may lag behind an import").blank();
  code.line("// A page of the account's contacts. That one is not there is said only by a list that came whole, twice.");
  code.line("void read_page(const kit::Json& json, const kit::Batch& batch, const kit::Step& step, kit::Answer& answer) {");
  std::string unreadable = "!" + list + ".is_array()";
  if (lookup.more) code.line("const auto more = " + at("json", *lookup.more) + ".as_bool();"), unreadable += " || !more";
  else if (lookup.total) code.line("const auto total = " + at("json", *lookup.total) + ".as_int();"), unreadable += " || !total";
  code.line("if (" + unreadable + ") return answer.in_doubt(\"bad_answer\", \"the list of contacts cannot be read\");");
  code.line("Search search;").line("kit::read_state(step, batch, search);");
  code.line("const auto rows = kit::RowIndex::" + index + "(batch, " + literal(field.name) + ");").line("kit::Page page;");
  code.line("for (const kit::Json& contact : " + list + ".items()) {").line("++page.items;");
  code.line("for (const std::uint32_t row : rows.rows(" + key + ")) {");
  code.line("if (!search.list.found[row]) answer.row(row, kit::Outcome::unchanged(" + (lookup.id_path ? at("contact", *lookup.id_path) + ".text()" : "") + "));");
  code.line("search.list.found[row] = true;").line("}").line("}");
  const std::string first = list + ".at(0)";
  if (lookup.pages == Pages::Cursor) {
    code.line("constexpr std::size_t kLongestCursor = 1000;");
    code.line("const std::string next = " + at("json", *lookup.next) + ".string_or(\"\");").line("page.mark = next;").line("page.other = next.size() > kLongestCursor;");
  } else {
    code.line("page.mark = " + (lookup.id_path ? at(first, *lookup.id_path) + ".text().value_or(\"\")" : "kit::to_hex(kit::sha256(" + first + ".to_text()))") + ";");
  }
  code.line("page.more = " + says_more(lookup) + ";");
  code.line("const kit::ListSearch::Next turn = search.list.turn(page, kSettleMs);");
  code.line("if (turn == kit::ListSearch::Next::Page || turn == kit::ListSearch::Next::Again) {");
  code.line("const bool again = turn == kit::ListSearch::Next::Again;");
  if (lookup.pages == Pages::Cursor) code.line("search.cursor = again ? \"\" : next;");
  if (lookup.pages == Pages::Number) code.line("search.page = again ? " + std::to_string(lookup.first) + " : search.page + 1;");
  code.line("return kit::go_on(search, answer, again ? kSettleMs : 0);").line("}");
  code.line("for (std::uint32_t row = 0; row < batch.rows(); ++row) {").line("if (search.list.found[row]) continue;");
  code.line("answer.row(row, turn == kit::ListSearch::Next::Complete ? kit::Outcome::absent() : kit::Outcome::unknown(\"list_incomplete\", \"the list of contacts cannot be relied on\"));").line("}");
  code.line("answer.done();").line("}").blank();
}

void write_list(Code& code, const Plan& plan, const std::string& key) {
  if (!plan.lookup) return;
  const Lookup& lookup = *plan.lookup;
  const std::string size = lookup.size.empty() ? "20" : "request.query_int(" + literal(lookup.size) + ", 20, 1, " + std::to_string(lookup.most) + ").value_or(20)";
  code.line("kit::SandboxResponse list(const kit::SandboxRequest& request) const {");
  code.line("const auto size = static_cast<std::size_t>(" + size + ");");
  switch (lookup.pages) {
    case Pages::Number:
      code.line("const auto page = request.query_int(" + literal(lookup.place) + ", " + std::to_string(lookup.first) + ", " + std::to_string(lookup.first) + ").value_or(" + std::to_string(lookup.first) + ");");
      code.line("const std::size_t from = static_cast<std::size_t>(page - " + std::to_string(lookup.first) + ") * size;");
      break;
    case Pages::Offset: code.line("const auto from = static_cast<std::size_t>(request.query_int(" + literal(lookup.place) + ", 0, 0).value_or(0));"); break;
    case Pages::Cursor:
      code.line("const std::string cursor = request.query(" + literal(lookup.place) + ").value_or(\"c0\");");
      code.line("const auto from = static_cast<std::size_t>(std::max<std::int64_t>(0, kit::parse_int(std::string_view(cursor).substr(1)).value_or(0)));");
      break;
  }
  code.line("kit::JsonWriter json;").line("json.array();").line("std::size_t next = std::min(from, contacts_.size());");
  code.line("for (const std::size_t last = std::min(next + size, contacts_.size()); next < last; ++next) {").line("const auto& [id, contact] = contacts_[next];");
  AnswerShape item;
  if (lookup.id_path) item.put(*lookup.id_path, lookup.id_is_number ? ".raw(id)" : ".value(id)");
  item.put(lookup.key_path, ".value(" + key + ")");
  item.write(code, "json");
  code.line("}").line("const std::string shown = json.end().take();");
  AnswerShape answer;
  answer.put(lookup.list, ".raw(shown)");
  if (lookup.total) answer.put(*lookup.total, ".value(contacts_.size())");
  if (lookup.more) answer.put(*lookup.more, ".value(next < contacts_.size())");
  if (lookup.next) answer.put(*lookup.next, ".value(\"c\" + std::to_string(next))", "next < contacts_.size()");
  code.line("kit::JsonWriter out;");
  answer.write(code, "out");
  code.line("return kit::SandboxResponse::json(200, out.take());").line("}").blank();
}

}  // namespace switchboard::scaffold
