#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/text.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "answers.h"
#include "bad_contacts.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// What a report must not hold of a contact, as the vendor might quote it.
struct Quoted {
  std::string phone, email, name;
  std::vector<std::string> other_names;  ///< where there are several: a first and a last one
  std::vector<std::string> exact, needles;  ///< what is looked for; in small letters

  void make_needles() {
    std::vector<std::string>& out = exact;
    for (const std::string& value : {phone, email, name})
      if (value.size() >= 3) out.push_back(value);
    for (const std::string& value : other_names)
      if (value.size() >= 3) out.push_back(value);
    // What is left of them where a text was cut tells as much.
    constexpr std::size_t kTelling = 7;
    if (const auto at = email.find('@'); at != std::string::npos && at >= kTelling) out.push_back(email.substr(0, at));
    if (const std::string digits = kit::digits_of(phone); digits.size() > kTelling) {
      out.push_back(digits.substr(digits.size() - kTelling));
      out.push_back(digits.substr(0, digits.size() - 2));
    }
    for (const std::string& value : exact) needles.push_back(kit::lower(value));
  }
  /// So long that whoever cuts it after `bytes` cuts the address, or the number, in two.
  std::string cut_at(std::size_t bytes, bool number) const {
    const std::string& value = number ? phone : email;
    const std::size_t kept = number ? value.size() - 1 : value.find('@') + 2;
    std::string text;
    while (text.size() + kept < bytes) text += text.size() % 7 == 6 ? ' ' : 'x';
    if (!text.empty()) text.back() = ' ';
    return text + value + " is not accepted";
  }
  /// Nothing in it that JSON escapes.
  std::string plain_words() const { return email + ' ' + phone + " is not accepted"; }
  std::string words() const { return "Contact \"" + name + "\" <" + email + "> with number " + phone + " is not accepted"; }
};

/// The first value of a list cell, or the cell.
std::string value_in(const std::string& cell) {
  const auto list = cell.starts_with('[') ? kit::Json::parse(cell) : std::nullopt;
  if (!list) return cell;
  const kit::Json& first = list->at(0);
  return first.is_object() ? first["value"].string_or("") : first.string_or("");
}

Quoted quoted(const kit::Json& manifest, const Contacts& contacts, std::size_t row) {
  Quoted out;
  const auto fields = manifest["fields"].items();
  for (std::size_t c = 0; c < fields.size(); ++c) {
    const auto& cell = contacts.rows[row][c];
    if (!cell || cell->empty()) continue;
    const std::string meaning = fields[c]["meaning"].string_or(""), type = fields[c]["type"].string_or("");
    const bool phone = meaning == "phone" || type == "phone";
    if (phone && out.phone.empty()) out.phone = value_in(*cell);
    if ((meaning == "email" || type == "email") && out.email.empty()) out.email = value_in(*cell);
    if (meaning != "full_name" && meaning != "last_name" && meaning != "first_name") continue;
    if (!out.name.empty()) out.other_names.push_back(out.name);
    out.name = *cell;
  }
  out.make_needles();
  return out;
}

/// The shapes in which vendors say that something is wrong.
std::vector<std::string> bodies(const std::string& words) {
  using kit::JsonWriter;
  return {words,
          JsonWriter().object().key("error").object().member("code", "invalid").member("message", words).end().end().take(),
          JsonWriter().object().key("error").object().member("code", words).member("message", "refused").end().end().take(),
          JsonWriter().object().member("code", 40004).member("msg", words).member("message", words).end().take(),
          JsonWriter().object().key("errors").array().object().member("msg", words).member("code", 400).end().end().end().take(),
          JsonWriter().object().key("errors").object().key("name").array().value(words).end().end().end().take(),
          JsonWriter().object().key("detail").array().object().member("msg", words).member("type", words).end().end().end().take(),
          JsonWriter().object().member("error", words + "; it already exists").end().take()};
}

/// Texts that end in half of a contact for whoever cuts them at a round number of bytes before looking at what they hold.
std::vector<std::string> cut_words(const Quoted& contact) {
  std::vector<std::string> out;
  for (const std::size_t bytes : {20u, 30u, 32u, 40u, 48u, 50u, 60u, 64u, 80u, 100u, 120u, 128u, 140u, 150u, 160u, 200u, 250u, 255u, 256u, 300u, 400u, 500u, 512u, 1000u, 1024u, 2000u, 2048u}) {
    if (contact.email.find('@') != std::string::npos) out.push_back(contact.cut_at(bytes, false));
    if (contact.phone.size() > 7) out.push_back(contact.cut_at(bytes, true));
  }
  return out;
}

/// "items.*.error.message"
bool holds_words(const std::string& path) {
  const std::string name = name_in(path);
  for (const char* word : {"message", "msg", "error", "reason", "detail", "description", "text", "title", "note"}) {
    if (kit::contains_ignoring_case(name, word)) return true;
  }
  return false;
}

/// The text without what people write between the digits of a number.
std::string digits_joined(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between = i > 0 && kit::is_digit(out.empty() ? ' ' : out.back()) && std::string_view(" -().").find(text[i]) != std::string_view::npos;
    if (!between) out.push_back(text[i]);
  }
  return out;
}

/// A text as it is searched: in whatever case, and numbers however they are written. Codes as they are: `kit::to_code` makes small letters
/// of a vendor's sentence before anything can be blanked in it.
class Heard {
 public:
  Heard(const std::string& place, const std::string& text) : code_(place.ends_with("code")), text_(text), small_(kit::lower(text)), joined_(digits_joined(small_)) {}
  bool names(const Quoted& contact) const {
    if (code_) return std::any_of(contact.exact.begin(), contact.exact.end(), [&](const std::string& value) { return text_.find(value) != std::string::npos; });
    return !small_.empty() && std::any_of(contact.needles.begin(), contact.needles.end(), [&](const std::string& value) { return small_.find(value) != std::string::npos || joined_.find(value) != std::string::npos; });
  }

 private:
  bool code_;
  const std::string& text_;
  std::string small_, joined_;
};

/// Everything of a call that goes into the ledger, a report or a log; nothing of the requests.
std::vector<std::pair<std::string, std::string>> said(const Emitted& emitted) {
  std::vector<std::pair<std::string, std::string>> out = {{"the reason of a failure", emitted.reason}};
  for (const Outcome& outcome : emitted.outcomes) {
    out.emplace_back("an outcome's message", outcome.message.value_or(""));
    out.emplace_back("an outcome's code", outcome.code.value_or(""));
  }
  for (const Directive& directive : emitted.directives) {
    out.emplace_back("a directive's message", directive.message.value_or(""));
    out.emplace_back("a directive's code", directive.code.value_or(""));
    out.emplace_back("a chain's state", directive.state.value_or(""));
  }
  for (const std::string& line : emitted.logs) out.emplace_back("a line of the log", line);
  return out;
}

/// An exchange as if its contacts had been good ones: those that the emulator refuses have nothing that somebody could be known by.
Exchange with_good_contacts(const Subject& subject, const Exchange& at) {
  Exchange out = at;
  const Contacts& good = subject.sample;
  for (std::size_t row = 0; row < out.contacts.rows.size(); ++row) {
    const auto same = std::find(good.row_ids.begin(), good.row_ids.end(), out.contacts.row_ids[row]);
    if (same != good.row_ids.end()) out.contacts.rows[row] = good.rows[static_cast<std::size_t>(same - good.row_ids.begin())];
  }
  return out;
}

/// What the vendor says to rows, and what it might say there: a log is written where something is odd.
void judge_odd_answers(const Subject& subject, std::vector<std::string>& problems, std::size_t& calls) {
  const JsonTree odd[] = {JsonTree(), JsonTree::string("zz_new_word"), JsonTree::number("418")};
  std::set<std::string> found;
  for (const Exchange* told : kinds_of_exchanges(subject, true)) {
    const auto tree = tree_of(told->response);
    if (!about_rows(*told)) continue;
    const Exchange at = with_good_contacts(subject, *told);
    std::vector<Quoted> contacts;
    for (std::size_t row = 0; row < at.contacts.rows.size() && row < 12; ++row) contacts.push_back(quoted(subject.library.manifest(), at.contacts, row));
    const auto judge = [&](const Response& response, const std::string& when) {
      ++calls;
      for (const auto& [where, text] : said(decoded(subject, at, response))) {
        const Heard heard(where, text);
        if (std::none_of(contacts.begin(), contacts.end(), [&](const Quoted& contact) { return heard.names(contact); })) continue;
        if (const std::string what = place(at) + ", " + when + ": " + where + " names the contact"; found.insert(what).second) problems.push_back(what);
      }
    };
    judge(at.response, "its own answer");
    if (!tree) continue;
    std::vector<std::string> paths;
    tree->each([&](const JsonTree& value, const std::string& path) { paths.push_back(value.is_scalar() ? path : ""); });
    // An entry that is told twice, and one of a row that there is not.
    for (std::size_t i = 0, values = tree->count(); i < values; ++i) {
      JsonTree twice = *tree;
      JsonTree& list = twice.nth(i);
      if (!list.is_array() || list.children.empty() || list.children.front().value.is_scalar()) continue;
      for (const std::size_t entry : {std::size_t{0}, list.children.size() - 1}) {
        JsonTree changed = *tree;
        auto& entries = changed.nth(i).children;
        const JsonMember again = entries[entry];
        entries.push_back(again);
        judge(with_body(at, changed.to_text()), "an entry is told twice");
      }
    }
    std::map<std::string, int> looked_at;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (paths[i].empty() || ++looked_at[paths[i]] > 2) continue;
      for (const JsonTree& value : odd) {
        JsonTree changed = *tree;
        changed.nth(i) = value;
        judge(with_body(at, changed.to_text()), paths[i] + " is " + value.to_text());
      }
    }
  }
}

/// Whether one of an object's own members is this text.
bool holds_text(const JsonTree& object, const std::string& text) {
  return object.kind == kit::Json::Kind::Object && std::any_of(object.children.begin(), object.children.end(), [&](const JsonMember& member) { return member.value.is_string() && member.value.text == text; });
}

/// Names of the other texts of the objects that hold this one.
std::vector<std::string> texts_beside(const JsonTree& tree, const std::string& text) {
  std::set<std::string> out;
  tree.each([&](const JsonTree& value, const std::string&) {
    for (const JsonMember& member : value.children)
      if (holds_text(value, text) && member.value.is_string() && member.value.text != text) out.insert(member.name);
  });
  return {out.begin(), out.end()};
}

}  // namespace

void check_words(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t calls = 0;
  std::vector<Exchange> places = subject.positions;
  for (const Exchange& at : subject.positions) {
    if (!about_rows(at) || at.contacts.size() < 2 || !at.where.state.empty()) continue;
    places.push_back(at);  // one contact alone, too, may be told apart
    places.back().contacts = at.contacts.slice(0, 1);
    places.back().settled.assign(1, false);
  }
  for (const Exchange& at : places) {
    std::vector<Quoted> contacts;
    for (std::size_t row = 0; row < at.contacts.rows.size() && row < 12; ++row) contacts.push_back(quoted(subject.library.manifest(), at.contacts, row));
    const auto judge = [&](const Emitted& emitted, const std::string& when) {
      ++calls;
      for (const auto& [place, text] : said(emitted)) {
        const Heard heard(place, text);
        for (const Quoted& contact : contacts)
          if (heard.names(contact)) problems.push_back(op_name(at.where.op) + " step " + std::to_string(at.where.step) + ", " + when + ": " + place + " names the contact");
      }
    };
    judge(subject.session->encode(at.contacts, at.where), "encode()");
    judge(subject.session->decode(at.contacts, at.where, at.response), "its own answer");
    for (const std::uint32_t status : {0u, 200u, 202u, 400u, 401u, 404u, 409u, 413u, 422u, 429u, 500u}) {
      for (const char* body : {"", "{}", R"({"errors":[{"row":0,"index":0,"message":"invalid"},{"row":1,"index":1,"message":"invalid"}]})"}) {
        const Response bare{status, status == 0 ? SWB_TRANSPORT_TIMEOUT : SWB_TRANSPORT_OK, {}, body, at.request.tag, 5};
        judge(subject.session->decode(at.contacts, at.where, bare), "status " + std::to_string(status));
      }
    }
    for (std::size_t row = 0; row < contacts.size() && row < 3; ++row) {
      std::vector<std::string> answers = bodies(contacts[row].words());
      const auto plain = bodies(contacts[row].plain_words());
      answers.insert(answers.end(), plain.begin(), plain.end());
      for (const std::string& body : answers) {
        for (const std::uint32_t status : {200u, 400u, 409u, 422u, 500u}) {
          judge(subject.session->decode(at.contacts, at.where, Response{status, SWB_TRANSPORT_OK, {}, body, at.request.tag, 5}),
                "status " + std::to_string(status) + " with an answer that quotes it");
        }
      }
      if (row > 0) continue;
      for (const std::string& words : cut_words(contacts[row])) {
        for (const std::string& body : {words, kit::JsonWriter().object().key("error").object().member("code", "invalid").member("message", words).end().end().take()})
          judge(decoded(subject, at, answer_to(at, 422, body)), "a long text that quotes it");
      }
    }
  }
  // Where the vendor's own answers say something in words, they might quote as well.
  const auto refusals = refusals_of_one(subject);
  auto answered = kinds_of_exchanges(subject, true);
  for (const Exchange& at : refusals) answered.push_back(&at);
  for (const Exchange* at : answered) {
    const auto tree = tree_of(at->response);
    if (!tree || !about_rows(*at)) continue;
    std::vector<std::string> paths;
    tree->each([&](const JsonTree& value, const std::string& path) { paths.push_back(value.is_string() && holds_words(path) ? path : ""); });
    std::map<std::string, int> looked_at;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (paths[i].empty() || ++looked_at[paths[i]] > 2) continue;
      for (std::size_t row = 0; row < at->contacts.rows.size() && row < 12; ++row) {
        const Quoted contact = quoted(subject.library.manifest(), at->contacts, row);
        if (contact.email.size() < 4 && contact.phone.size() < 7) continue;
        std::vector<std::string> texts = {contact.words(), contact.plain_words()};
        if (row < 2) texts = [&] { auto more = cut_words(contact); more.insert(more.end(), texts.begin(), texts.end()); return more; }();
        for (const std::string& words : texts) {
          ++calls;
          JsonTree changed = *tree;
          changed.nth(i).text = words;
          const auto hear = [&](const JsonTree& answer, const std::string& when) {
            for (const auto& [where, text] : said(decoded(subject, *at, with_body(*at, answer.to_text()))))
              if (Heard(where, text).names(contact)) problems.push_back(place(*at) + ", " + paths[i] + " quotes the contact" + when + ": " + where + " names it");
          };
          hear(changed, "");
          // What stands beside it may be nothing that is known: it is quoted where that is told.
          for (const std::string& name : row == 0 ? texts_beside(changed, words) : std::vector<std::string>()) {
            JsonTree odd = changed;
            odd.each([&](JsonTree& value, const std::string&) {
              if (!holds_text(value, words)) return;
              for (JsonMember& member : value.children)
                if (member.name == name) member.value.text = "zz_unknown";
            });
            hear(odd, ", and " + name + " is a word that nobody knows");
          }
        }
      }
    }
  }
  judge_odd_answers(subject, problems, calls);
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      for (std::size_t row = 0; row < at.contacts.rows.size() && row < 12; ++row) {
        const Quoted contact = quoted(subject.library.manifest(), at.contacts, row);
        for (const auto& [place, text] : said(at.decoded))
          if (Heard(place, text).names(contact)) problems.push_back(op_name(at.where.op) + " step " + std::to_string(at.where.step) + ": " + place + " names the contact");
      }
    }
  }
  results.judge("quoted_contacts", problems, std::to_string(calls) + " calls, most with answers that quote a contact; nothing repeats it");
}

}  // namespace switchboard::conformance
