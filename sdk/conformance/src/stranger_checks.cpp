// Answers to "which of these do you have" that tell of somebody else.
#include <switchboard/kit/text.h>

#include <switchboard/kit/url.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "answers.h"
#include "counted.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// How somebody else is nearly the same: of a phone and of an address.
struct NearMiss {
  const char* what;
  std::string (*phone)(const std::string&);
  std::string (*email)(const std::string&);
};

std::string local_part(const std::string& email) { return email.substr(0, email.find('@')); }
std::string host_of(const std::string& email) { return email.find('@') == std::string::npos ? "@example.org" : email.substr(email.find('@')); }

std::string with_the_same_end(std::string phone, std::size_t digits) {
  for (std::size_t i = 0; i + digits < phone.size(); ++i)
    if (kit::is_digit(phone[i])) phone[i] = phone[i] == '9' ? '1' : static_cast<char>(phone[i] + 1);
  return phone;
}

const NearMiss kNear[] = {
    {"whose phone has another last digit and whose address another domain", [](const std::string& phone) {
       std::string out = phone;
       out.back() = out.back() == '9' ? '0' : static_cast<char>(out.back() + 1);
       return out;
     },
     [](const std::string& email) { return local_part(email) + "@example.org"; }},
    {"whose phone and address are longer", [](const std::string& phone) { return phone + "7"; }, [](const std::string& email) { return "x" + email; }},
    {"whose phone and name before the @ are quite different", [](const std::string& phone) { return phone.substr(0, phone.size() - std::min<std::size_t>(7, phone.size())) + "7770000"; },
     [](const std::string& email) { return "somebody.else" + host_of(email); }},
    {"whose phone ends with the same six digits", [](const std::string& phone) { return with_the_same_end(phone, 6); }, [](const std::string& email) { return "other+" + email; }},
    {"whose phone ends with the same seven digits, in another country,", [](const std::string& phone) { return with_the_same_end(phone, 7); }, [](const std::string& email) { return "another+" + email; }},
};

bool is_email(const std::string& text) { return text.find('@') != std::string::npos; }
bool is_phone(const std::string& text) { return text.size() >= 7 && text.find_first_not_of("+0123456789") == std::string::npos; }

/// An answer that names each contact by the id that the host sent it with, told with others: such contacts were there before, and may have the
/// values of then. Whoever knows a contact by its phone alone may be right; empty: nobody is taken for a row.
std::string taken_with_another_id(const Subject& subject, const Exchange& at, const JsonTree& tree) {
  JsonTree changed = tree;
  std::set<std::uint32_t> renamed;
  changed.each([&](JsonTree& value, const std::string&) {
    const auto row = value.is_string() ? std::find(at.contacts.row_ids.begin(), at.contacts.row_ids.end(), value.text) : at.contacts.row_ids.end();
    if (row == at.contacts.row_ids.end()) return;
    renamed.insert(static_cast<std::uint32_t>(row - at.contacts.row_ids.begin()));
    value.text += "-of-before";
  });
  if (renamed.empty()) return "";
  for (const Outcome& outcome : decoded(subject, at, with_body(at, changed.to_text())).outcomes)
    if (delivered(outcome.result) && renamed.count(outcome.row) > 0) return place(at) + ": a contact that bears another reference than row " + std::to_string(outcome.row) + " was sent with is taken for it: one that was there before may have the values of then";
  return "";
}

}  // namespace

void check_strangers(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t answers = 0;
  std::string to_look_at;
  for (const Exchange* at : kinds_of_exchanges(subject, true)) {
    const auto tree = tree_of(at->response);
    if (at->where.op != SWB_RECONCILE || !tree || !claims_success(at->decoded)) continue;
    if (to_look_at.empty()) to_look_at = taken_with_another_id(subject, *at, *tree);
    // Asked for by a path of its own, what comes is that contact.
    const std::string path = kit::url_decode(at->request.path.substr(0, at->request.path.find('?')));
    std::map<std::string, std::uint32_t> rows;  // of phones and addresses, as they may stand in an answer
    std::set<std::uint32_t> named_otherwise;
    for (std::uint32_t row = 0; row < at->contacts.size(); ++row) {
      for (std::size_t c = 0; c < at->contacts.columns.size(); ++c) {
        const auto& cell = at->contacts.rows[row][c];
        if (!cell) continue;
        if (cell->size() >= 4 && path.find(*cell) != std::string::npos) named_otherwise.insert(row);
        if (is_email(*cell)) rows[kit::lower(*cell)] = row;
        if (is_phone(*cell)) rows[kit::digits_of(*cell)] = row;
      }
      tree->each([&](const JsonTree& value, const std::string&) {
        if (value.is_scalar() && value.text == at->contacts.row_ids[row]) named_otherwise.insert(row);
      });
    }
    for (const NearMiss& near : kNear) {
      JsonTree changed = *tree;
      std::set<std::uint32_t> replaced;
      changed.each([&](JsonTree& value, const std::string&) {
        if (!value.is_string() && !value.is_number()) return;
        const auto row = rows.find(is_email(value.text) ? kit::lower(value.text) : is_phone(value.text) ? kit::digits_of(value.text) : "");
        if (row == rows.end()) return;
        value.text = is_email(value.text) ? near.email(value.text) : near.phone(value.text);
        replaced.insert(row->second);
      });
      if (replaced.empty()) continue;
      // A vendor that answers in the order of the question may echo anything: it is told by a list that is one too short.
      if (at->contacts.size() > 1) {
        for (std::size_t i = 0, values = changed.count(); i < values; ++i) {
          JsonTree& list = changed.nth(i);
          if (list.is_scalar() || list.children.size() != at->contacts.size()) continue;
          list.children.pop_back();
          values = changed.count();
        }
      }
      ++answers;
      const Emitted emitted = decoded(subject, *at, with_body(*at, changed.to_text()));
      for (const Outcome& outcome : emitted.outcomes) {
        if (!delivered(outcome.result) || replaced.count(outcome.row) == 0 || named_otherwise.count(outcome.row) > 0) continue;
        problems.push_back(place(*at) + ": somebody " + near.what + " is taken for row " + std::to_string(outcome.row) + ": the row would never be sent");
        break;
      }
    }
  }
  if (problems.empty() && !to_look_at.empty()) return results.warn("strangers", to_look_at);
  results.judge("strangers", problems, counted(answers, "answer") + " about somebody else");
}

}  // namespace switchboard::conformance
