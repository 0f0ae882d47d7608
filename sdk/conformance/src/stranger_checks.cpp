// Answers to "which of these do you have" that tell of somebody else.
#include <switchboard/kit/text.h>

#include <switchboard/kit/url.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "account.h"
#include "answers.h"
#include "counted.h"
#include "samples.h"
#include "sent_values.h"
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

/// Phones and addresses of the contacts, and who has them.
class Reachable {
 public:
  explicit Reachable(const Contacts& contacts) {
    for (std::uint32_t row = 0; row < contacts.size(); ++row) {
      for (const auto& cell : contacts.rows[row]) {
        if (!cell) continue;
        for (const std::string& text : texts_of(*cell)) {
          if (is_email(text)) emails_[kit::lower(text)] = row;
          else if (looks_like_phone(text)) phones_[kit::digits_of(text)] = row;
        }
      }
    }
  }

  /// Whose phone or address this is, in whatever writing.
  std::optional<std::uint32_t> whose(const JsonTree& value) const {
    if (!value.is_string() && !value.is_number()) return std::nullopt;
    if (is_email(value.text)) {
      const auto found = emails_.find(kit::lower(value.text));
      return found == emails_.end() ? std::nullopt : std::optional(found->second);
    }
    return looks_like_phone(value.text) ? ending_alike(kit::digits_of(value.text)) : std::nullopt;
  }

  /// Whether a text has one of them within it.
  bool is_within(const std::string& text, std::uint32_t row) const {
    const std::string digits = kit::digits_of(text), small = kit::lower(text);
    return std::any_of(emails_.begin(), emails_.end(), [&](const auto& email) { return email.second == row && small.find(email.first) != std::string::npos; }) ||
           std::any_of(phones_.begin(), phones_.end(), [&](const auto& phone) { return phone.second == row && phone.first.size() >= kTelling && digits.find(phone.first.substr(phone.first.size() - kTelling)) != std::string::npos; });
  }

 private:
  static constexpr std::size_t kTelling = 7;  // digits
  std::optional<std::uint32_t> ending_alike(const std::string& digits) const {
    for (const auto& [phone, row] : phones_)
      if (std::min(phone.size(), digits.size()) >= kTelling && (phone.ends_with(digits) || digits.ends_with(phone))) return row;
    return std::nullopt;
  }

  std::map<std::string, std::uint32_t> emails_, phones_;
};

/// What a question asks for of these contacts alone: what it does not ask for of others.
std::set<std::string> asked_for(const Subject& subject, const Exchange& at) {
  constexpr std::size_t kTelling = 6;  // letters
  std::set<std::string> out;
  (void)each_value(at.request, [&](const SentValue& sent) {
    if (sent.value.size() >= kTelling) out.insert(sent.value);
  });
  Contacts others = sample_contacts(subject.library.manifest(), at.contacts.size(), 41'000);
  for (std::string& id : others.row_ids) id += "-of-others";
  for (const Request& request : subject.session->encode(others, at.where).requests)
    (void)each_value(request, [&](const SentValue& sent) { out.erase(sent.value); });
  return out;
}

/// Rows that an answer names by something else than phone and address: by the id that the host sent them with, or what they were asked for by.
std::set<std::uint32_t> named_otherwise(const Subject& subject, const Exchange& at, const JsonTree& tree, const Reachable& reachable) {
  std::set<std::uint32_t> out;
  // Asked for by a path of its own, what comes is that contact.
  const std::string path = kit::url_decode(at.request.path.substr(0, at.request.path.find('?')));
  for (std::uint32_t row = 0; row < at.contacts.size(); ++row) {
    for (const auto& cell : at.contacts.rows[row])
      if (cell && cell->size() >= 4 && path.find(*cell) != std::string::npos) out.insert(row);
    tree.each([&](const JsonTree& value, const std::string&) {
      if (value.is_scalar() && value.text == at.contacts.row_ids[row]) out.insert(row);
    });
  }
  const auto asked = asked_for(subject, at);
  tree.each([&](const JsonTree& entry, const std::string&) {
    if (entry.is_scalar()) return;
    std::set<std::uint32_t> here;
    bool is_asked_for = false;
    entry.each([&](const JsonTree& value, const std::string&) {
      const auto row = reachable.whose(value);
      if (row) here.insert(*row);
      is_asked_for = is_asked_for || (!row && value.is_scalar() && asked.count(value.text) > 0);
    });
    if (here.size() == 1 && is_asked_for) out.insert(*here.begin());
  });
  return out;
}

/// A row that is found by an answer in which every id that the host sent a contact with is another one.
std::optional<std::uint32_t> found_with_other_ids(const Subject& subject, const Exchange& at, const JsonTree& tree, const std::function<std::string(const std::string&)>& other) {
  JsonTree changed = tree;
  std::set<std::uint32_t> renamed;
  changed.each([&](JsonTree& value, const std::string&) {
    const auto row = value.is_string() ? std::find(at.contacts.row_ids.begin(), at.contacts.row_ids.end(), value.text) : at.contacts.row_ids.end();
    if (row == at.contacts.row_ids.end()) return;
    renamed.insert(static_cast<std::uint32_t>(row - at.contacts.row_ids.begin()));
    value.text = other(value.text);
  });
  if (renamed.empty()) return std::nullopt;
  for (const Outcome& outcome : decoded(subject, at, with_body(at, changed.to_text())).outcomes)
    if (delivered(outcome.result) && renamed.count(outcome.row) > 0) return outcome.row;
  return std::nullopt;
}

/// Contacts that bear other references than those that they were sent with were there before, and may have the values of then. Whoever knows a
/// contact by its phone alone may be right; whoever knows it by a part of its reference is not.
void judge_other_ids(const Subject& subject, const Exchange& at, const JsonTree& tree, std::vector<std::string>& problems, std::vector<std::string>& doubts) {
  const auto taken = [&](std::uint32_t row) { return " than row " + std::to_string(row) + " was sent with is taken for it"; };
  const auto any = found_with_other_ids(subject, at, tree, [](const std::string& id) { return "of-before-" + std::to_string(id.size()); });
  if (any) return doubts.push_back(place(at) + ": a contact that bears another reference" + taken(*any) + ": one that was there before may have the values of then");
  const auto longer = found_with_other_ids(subject, at, tree, [](const std::string& id) { return id + "-of-before"; });
  if (longer) problems.push_back(place(at) + ": a contact that bears a longer reference" + taken(*longer));
  const auto behind = found_with_other_ids(subject, at, tree, [](const std::string& id) { return "before-" + id; });
  if (behind) problems.push_back(place(at) + ": a contact whose reference ends alike, but is another one" + taken(*behind));
}

}  // namespace

void check_strangers(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t answers = 0;
  bool names = false;
  std::vector<std::string> doubts;
  for (const Exchange* at : kinds_of_exchanges(subject, true)) {
    const auto tree = tree_of(at->response);
    if (at->where.op != SWB_RECONCILE || !tree || !claims_success(at->decoded)) continue;
    judge_other_ids(subject, *at, *tree, problems, doubts);
    const Reachable reachable(at->contacts);
    const auto otherwise = named_otherwise(subject, *at, *tree, reachable);
    for (std::uint32_t row = 0; row < at->contacts.size(); ++row) {
      tree->each([&](const JsonTree& value, const std::string&) { names = names || (value.is_scalar() && otherwise.count(row) == 0 && reachable.is_within(value.text, row)); });
    }
    for (const NearMiss& near : kNear) {
      JsonTree changed = *tree;
      std::set<std::uint32_t> replaced;
      changed.each([&](JsonTree& value, const std::string&) {
        const auto row = reachable.whose(value);
        if (!row) return;
        value.text = is_email(value.text) ? near.email(value.text) : near.phone(value.text);
        if (otherwise.count(*row) == 0) replaced.insert(*row);
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
        if (!delivered(outcome.result) || replaced.count(outcome.row) == 0) continue;
        problems.push_back(place(*at) + ": somebody " + near.what + " is taken for row " + std::to_string(outcome.row) + ": the row would never be sent");
        break;
      }
    }
  }
  results.judge("strangers", problems, counted(answers, "answer") + " about somebody else",
                {.doubts = doubts, .tried = answers, .untried = names ? "answers to questions name contacts by phones or addresses, in a way in which nobody else could be told in their place" : "no answer to a question tells who a contact is by phone or address alone", .is_odd = names});
}

}  // namespace switchboard::conformance
