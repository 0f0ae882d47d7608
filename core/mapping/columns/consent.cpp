#include "core/mapping/columns/consent.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <initializer_list>
#include <unordered_map>
#include <unordered_set>

#include "core/base/ascii.h"
#include "core/base/recent_texts.h"
#include "core/contact/meaning.h"
#include "core/contact/placeholder.h"
#include "core/contact/text.h"
#include "core/mapping/columns/consent_words.h"
#include "core/mapping/columns/contact_wish.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/lexicon.h"

namespace switchboard::mapping {
namespace {

using Kind = ConsentColumn::Kind;

/// Words that need a header to themselves: "Bus stop", "Stop date" say nothing.
bool stands_alone(const std::string& key) {
  return key == "stop" || key == "opposition" || key == "suppression" || key == "complaint" || key == "widerruf" || key == "baja" ||
         key == "blocked" || key == "excluded" || key == "deceased" || key == "revoked" || key == "stopped" || key == "rimosso" || key == "rimossa";
}

/// In scripts that are written without blanks, a word is looked for inside another one: 退订 in 是否退订.
bool holds(const std::string& word, const std::unordered_set<std::string>& keys) {
  constexpr std::size_t kTwoCharacters = 6;
  if (word.size() <= kTwoCharacters || static_cast<unsigned char>(word.back()) < 0x80) return false;
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
    return key.size() >= kTwoCharacters && static_cast<unsigned char>(key.front()) >= 0xE3 && word.find(key) != std::string::npos;
  });
}

/// A run of the words is one of these.
bool has_run(const std::vector<std::string>& words, const std::unordered_set<std::string>& keys) {
  if (std::any_of(words.begin(), words.end(), [&](const std::string& word) { return holds(word, keys); })) return true;
  constexpr std::size_t kLongest = 5;
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string run;
    for (std::size_t n = 0; n < kLongest && at + n < words.size(); ++n) {
      run += words[at + n];
      if (keys.contains(run)) return true;
    }
  }
  return false;
}

/// "Is blocked", "Suppression reason": with nothing but such words a word is as good as alone.
bool is_as_good_as_alone(const std::vector<std::string>& words, const std::string& key) {
  if (key != "blocked" && key != "suppression" && key != "deceased") return words.size() == 1;
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    static const std::unordered_set<std::string> kBesideIt = {"is",   "was", "has",    "been",    "contact", "number", "customer", "client", "user",
                                                               "list", "at",  "reason", "date",    "status",  "flag",   "on",       "sms",    "phone"};
    return word == key || kBesideIt.contains(word);
  });
}

/// Where a run of the words begins that says no; nullopt: none does.
std::optional<std::size_t> find_refusal(const std::vector<std::string>& words, bool in_header = false) {
  constexpr std::size_t kLongest = 4;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (in_header && holds(words[at], wording::refusals())) return at;
    std::string run;
    for (std::size_t n = 0; n < kLongest && at + n < words.size(); ++n) {
      run += words[at + n];
      if (wording::refusals().contains(run) && !(in_header && stands_alone(run) && !is_as_good_as_alone(words, run))) return at;
    }
  }
  return std::nullopt;
}

/// A run of the words says no, and no other word turns it: "Not opted out".
bool has_refusal(const std::vector<std::string>& words) {
  const auto at = find_refusal(words);
  return at && !is_negated(words, *at);
}

bool mentions(const std::string& key, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return key.find(part) != std::string::npos; });
}

/// A refusal, with nothing but such words beside it.
bool is_all_refusal(std::string_view text) {
  constexpr std::size_t kLongest = 4;
  const std::vector<std::string> words = header_words(text);
  std::size_t begin = 0;
  while (begin < words.size() && words[begin] != "no" && wording::beside().contains(words[begin]) && begin + 1 < words.size()) ++begin;
  for (std::size_t from = 0; from <= begin; ++from) {
    std::string run;
    for (std::size_t n = 0; n < kLongest && from + n < words.size(); ++n) {
      run += words[from + n];
      if (!wording::refusals().contains(run)) continue;
      // "STOP 5/1", "Stop please".
      const bool alone = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return run.find(word) != std::string::npos || is_number_word(word) || word == "please" || word == "pls" || word == "bitte" || word == "merci";
      });
      if (stands_alone(run) && !alone) continue;
      // "DNC 3/4/2024"
      if (std::all_of(words.begin() + static_cast<std::ptrdiff_t>(from + n + 1), words.end(),
                      [&](const std::string& word) { return wording::beside().contains(word) || is_number_word(word); }))
        return true;
    }
  }
  return false;
}

/// A run of the words that can only be a refusal: "Ann Lee (do not call)". One word stands for itself: D. N. C. Perera is a name.
bool has_plain_refusal(std::string_view text) {
  constexpr std::size_t kLongest = 4;
  const std::vector<std::string> words = header_words(text);
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string run;
    for (std::size_t n = 0; n < kLongest && at + n < words.size(); ++n) {
      const bool letters = n > 0 && std::any_of(words.begin() + static_cast<std::ptrdiff_t>(at), words.begin() + static_cast<std::ptrdiff_t>(at + n + 1),
                                                [](const std::string& word) { return word.size() == 1 && word != "t"; });
      run += words[at + n];
      if (!letters && wording::plain_refusals().contains(run)) return !is_negated(words, at);
    }
  }
  return false;
}

/// The first letters of some keys, so that the cells that cannot be one of them, which are nearly all, are not cut into words (a
/// twentieth of the time of `check`, and a tenth more where the whole cell is asked). Of three letters less is left than of two; two
/// are what is_refusal() has always gone by.
class Beginnings {
 public:
  explicit Beginnings(std::initializer_list<const std::unordered_set<std::string>*> lists, std::size_t letters = kMost)
      : letters_(letters), short_keys_(letters < kMost) {
    for (const auto* keys : lists) {
      for (const auto& key : *keys) add(key);
    }
  }
  /// False: the key of the text, and those of its first words, are none of them.
  bool may_begin(std::string_view text) const {
    std::size_t place = 0, count = 0;
    for (const char c : text) {
      const std::size_t letter = kLetters[static_cast<unsigned char>(c)];
      if (letter == kUnsure) return true;  // may be folded, or left out
      if (letter == kNone) continue;
      place = place * kLetterCount + letter;
      if (++count == letters_) return begins_[place];
    }
    return short_keys_;
  }
  /// False: none of its words is the first one of a key.
  bool may_hold(std::string_view text) const {
    const auto letter_at = [&](std::size_t at) { return kLetters[static_cast<unsigned char>(text[at])]; };
    for (std::size_t at = 0; at < text.size();) {
      if (letter_at(at) < kLetterCount) {
        if (may_begin(text.substr(at))) return true;
        while (at < text.size() && letter_at(at) < kLetterCount) ++at;
      } else if (static_cast<unsigned char>(text[at++]) >= 0x80) {
        return true;
      }
    }
    return false;
  }

 private:
  static constexpr std::size_t kLetterCount = 36, kNone = 36, kUnsure = 37, kMost = 3;
  static constexpr auto kLetters = [] {
    std::array<std::uint8_t, 256> letters{};
    for (std::size_t c = 0; c < letters.size(); ++c) {
      const char lower = ascii_lower(static_cast<char>(c));
      letters[c] = static_cast<std::uint8_t>(c >= 0x80 || lower == '\'' || lower == '`' ? kUnsure
                                             : is_digit(lower)                          ? static_cast<std::size_t>(lower - '0')
                                             : is_ascii_lower(lower)                    ? static_cast<std::size_t>(lower - 'a') + 10
                                                                                        : kNone);
    }
    return letters;
  }();

  /// A shorter key may be followed by anything; one that goes on in another alphabet begins no text of ASCII.
  void add(std::string_view key) {
    std::size_t place = 0, rest = 1, count = 0;
    for (; count < letters_ && count < key.size(); ++count) {
      const std::size_t letter = kLetters[static_cast<unsigned char>(key[count])];
      if (letter >= kLetterCount) return;
      place = place * kLetterCount + letter;
    }
    short_keys_ = short_keys_ || count < letters_;
    for (; count < letters_; ++count) {
      place *= kLetterCount;
      rest *= kLetterCount;
    }
    for (std::size_t i = 0; i < rest; ++i) begins_.set(place + i);
  }

  std::size_t letters_;
  bool short_keys_;  ///< what has fewer letters than are looked at may be one
  std::bitset<kLetterCount * kLetterCount * kLetterCount> begins_;
};

/// A refusal in words that no list has: "I don't wish to be contacted". "No phone" is one among preferences only.
bool is_refused_wish(const std::vector<std::string>& words, bool prefers) {
  std::string key;
  for (const std::string& word : words) key += word;
  if (wording::not_asked().contains(key)) return false;
  const ContactWish wish = contact_wish(words);
  return wish.kind == ContactWish::Kind::Refused && wish.only && (prefers || !wish.bare);
}

/// The text is a refusal, with nothing beside it that says more. Cheap where values come again and again (tags, a status).
bool is_refusal(std::string_view text, const ConsentColumn& column) {
  constexpr std::size_t kLongest = 80, kRemembered = 512;
  if (text.size() > kLongest) return false;
  static const auto first_words = [] {
    const auto words = first_words_of_refusals();
    return std::unordered_set<std::string>(words.begin(), words.end());
  }();
  static const Beginnings beginnings({&wording::refusals(), &wording::beside(), &wording::plain_refusals(), &first_words}, 2);
  if (!beginnings.may_begin(text)) return false;
  thread_local std::array<std::unordered_map<std::string, bool>, 2> known_by_kind;
  auto& known = known_by_kind[column.prefers ? 1 : 0];
  const auto [entry, is_new] = known.try_emplace(std::string(text), false);
  const bool refuses = is_new ? wording::refusals().contains(header_key(text)) || wording::plain_refusals().contains(header_key(text)) || is_all_refusal(text) ||
                                    is_refused_wish(header_words(text), column.prefers)
                              : entry->second;
  entry->second = refuses;
  if (known.size() > kRemembered) known.clear();
  return refuses && !(column.careful && wording::doubtful().contains(header_key(text)));
}

/// The part of a remark that begins at `begin` and is one statement, "DO NOT CALL" of "DO NOT CALL - per wife"; where the next one begins.
std::size_t statement_end(std::string_view cell, std::size_t begin, std::size_t& next) {
  for (std::size_t at = begin; at < cell.size(); ++at) {
    const char c = cell[at];
    const bool blank_behind = at + 1 == cell.size() || cell[at + 1] == ' ' || cell[at + 1] == '\n';
    const bool dash = (c == '-' || c == '/') && at > begin && cell[at - 1] == ' ' && blank_behind;
    const bool stop = (c == '.' || c == '!' || c == '?' || c == ':') && blank_behind;
    if (c == ',' || c == ';' || c == '|' || c == '\n' || c == '(' || c == ')' || c == '[' || c == ']' || dash || stop || cell.substr(at, 3) == ":::") {
      next = at + 1;
      return at;
    }
  }
  next = cell.size() + 1;
  return cell.size();
}

/// Channels that no connector of ours knows: letters, faxes, messengers.
bool is_elsewhere(const std::string& key) {
  return mentions(key, {"whatsapp", "fax", "postal", "donotmail", "mailoptout", "viber", "telegram"}) && !mentions(key, {"email"});
}

ConsentChannel channel_of(const Reading& words, const std::string& key) {
  const bool email = words.has_any({Concept::Email, Concept::Newsletter}) || mentions(key, {"email", "newsletter"});
  const bool sms = words.has_any({Concept::Sms, Concept::Mobile}) || mentions(key, {"sms"});
  const bool phone = words.has_any({Concept::Call, Concept::Phone}) || mentions(key, {"donotcall", "donotphone"});
  const int named = (email ? 1 : 0) + (sms ? 1 : 0) + (phone ? 1 : 0);
  if (named != 1) return named == 2 && !email ? ConsentChannel::Phone : ConsentChannel::All;
  return email ? ConsentChannel::Email : sms ? ConsentChannel::Sms : ConsentChannel::Phone;
}

/// "Call?", "Contact?": a question about permission.
bool asks(std::string_view header, const std::string& key) {
  header = contact::trim(header);
  if (!header.ends_with("?") && !header.ends_with("？")) return false;
  return key == "call" || key == "contact" || key == "text" || key == "sms" || key == "email" || key == "phone" || key == "marketing";
}

/// What the header by itself says that a plain "no" in it means.
bool is_about_subscribing(const std::string& key) {
  static const std::unordered_set<std::string> kKeys = {"subscribed", "issubscribed", "subscribe",  "suscrito", "suscrita",    "abonne",   "inscrit",  "iscritto",
                                                        "inscrito",   "angemeldet",   "zapisany",   "abonat",   "ingeschreven", "подписан", "підписаний"};
  return kKeys.contains(key);
}

std::optional<ConsentColumn> read_column(std::size_t index, const ColumnMeaning& column) {
  // "Spouse Do Not Call" is the spouse's no.
  const std::string header = mended_header(column.person == 0 && !column.own_header.empty() ? column.own_header : column.column);
  const std::vector<std::string> words = header_words(header);
  const std::string key = header_key(header);
  const bool permission = has_run(words, wording::permissions());
  const auto by = [&](Kind kind) {
    ConsentColumn column_of_words{index, column.column, kind, ConsentChannel::All};
    column_of_words.careful = true;
    return column_of_words;
  };
  if (column.meaning == "full_name" || column.meaning == "first_name" || column.meaning == "last_name") return by(Kind::Name);
  // "Nº de teléfono" is a number; "Contact by phone" is none, whatever it is taken for.
  if (contact::is_phone(column.meaning) ? !permission : column.meaning == "email") return std::nullopt;
  if (is_elsewhere(key) || mentions(key, {"contactdelivery", "contactlessdelivery", "link", "url"})) return std::nullopt;
  if (mentions(key, {"legalbasis", "rechtsgrundlage"})) return by(Kind::Chance);
  const Reading reading = read_words(words);
  ConsentColumn found{index, column.column, Kind::Words, ConsentChannel::All};
  const bool consent = contact::is_consent(column.meaning);
  const bool asked = permission || asks(header, key) || wording::advertising().contains(key);
  const auto refusal = find_refusal(words, !consent);
  const ContactWish said = contact_wish(words);
  const ContactWish::Kind wish = said.bare && said.of_numbers ? ContactWish::Kind::None : said.kind;
  if (wording::wrong_numbers().contains(key)) {
    found.kind = Kind::Refusal;
    found.careful = true;
    return found;
  }
  if (refusal) {
    found.kind = is_negated(words, *refusal) ? Kind::Permission : Kind::Refusal;
    found.is_register = has_run(words, wording::registers());
  } else if (wish == ContactWish::Kind::Refused) {
    found.kind = Kind::Refusal;
  } else if (consent || asked || wish == ContactWish::Kind::Wanted) {
    found.kind = Kind::Permission;
  } else if (wording::answers().contains(key) || wording::allowed_channels().contains(key)) {
    found.is_allowed_list = wording::allowed_channels().contains(key);
    found.prefers = mentions(key, {"prefer", "contactmethod", "channel", "communication", "solicit"});
    found.careful = column.meaning != "tags" && column.meaning != "notes" && !found.prefers;
    return found;
  } else if (words.size() > 1 && (wording::answer_ends().contains(words.back()) || wording::answer_ends().contains(words[words.size() - 2] + words.back()))) {
    found.prefers = mentions(key, {"prefer", "communication"});
    found.careful = !found.prefers;
    return found;
  } else if (reading.has(Concept::Status) || mentions(key, {"status", "statut"}) || column.meaning == "tags" || column.meaning == "notes" ||
             reading.has_any({Concept::Newsletter, Concept::Sms})) {
    found.channel = channel_of(reading, key);
    found.is_status = column.meaning != "tags" && column.meaning != "notes";
    return found;
  } else if (column.meaning == "other" && !has_run(words, wording::others())) {
    return by(Kind::Chance);
  } else {
    return std::nullopt;
  }
  if (has_run(words, wording::others())) return std::nullopt;
  found.channel = column.meaning == "consent.call"  ? ConsentChannel::Phone
                  : column.meaning == "consent.sms" ? ConsentChannel::Sms
                  : column.meaning == "consent.email" && column.by_profile
                      ? ConsentChannel::Email
                      : channel_of(reading, key);
  const bool one_channel = found.channel != ConsentChannel::All || mentions(key, {"contact", "marketing"});
  if (found.kind == Kind::Permission && !one_channel && has_run(words, wording::other_matters())) return std::nullopt;
  // "Marketing status": what it says of e-mail is plain; where the cell says "unsubscribed", it is about everything.
  const bool marketing_status = key.ends_with("marketingstatus") && !mentions(key, {"email"}) && found.channel == ConsentChannel::Email;
  if (marketing_status) found.channel = ConsentChannel::All;
  found.mailings = column.meaning == "consent.email" && found.channel == ConsentChannel::All && !is_about_subscribing(key);
  return found;
}

/// A moment that spreadsheets and databases write where there is none.
bool is_no_date(std::string_view cell) {
  for (const std::string_view none : {"1970-01-01", "1970/01/01", "1969-12-31", "0000-00-00", "0001-01-01", "1900-01-00", "1900-01-01",
                                      "1899-12-30", "1899-12-31", "01.01.1970", "01/01/1970", "1/1/1970", "00.00.0000", "00/00/0000",
                                      "01/01/0001", "1/1/0001", "1/0/1900", "01/00/1900", "00-Jan-00", "0-Jan-00", "0/0/0000", "1/1/1900", "01/01/1900", "01.01.1900", "30.12.1899"}) {
    if (cell.starts_with(none)) return true;
  }
  return false;
}

bool has_mark(std::string_view cell, std::initializer_list<std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) { return cell.find(mark) != std::string_view::npos; });
}

/// "No", "No - asked 3/4", "nein, danke", "0.0"; not "No objection".
bool says_no(const std::vector<std::string>& words, const std::string& key) {
  constexpr std::size_t kLongestZero = 3;
  if (wording::no_words().contains(key)) return true;
  if (key.find_first_not_of('0') == std::string::npos) return key.size() <= kLongestZero;
  const std::string& first = words.front();
  const bool is_letter = first.size() == 1;
  if (words.size() < 2 || is_letter || is_number_word(first) || !wording::no_words().contains(first)) return false;
  return !wording::harmless().contains(words[1]);
}

/// A cell may say what it is about: "Email" in "Opted out of".
ConsentChannel narrowed(const ConsentColumn& column, const std::vector<std::string>& words) {
  if (column.channel != ConsentChannel::All) return column.channel;
  std::string key;
  for (const std::string& word : words) key += word;
  return channel_of(read_words(words), key);
}

}  // namespace

std::vector<ConsentColumn> consent_columns(const Understanding& understanding) {
  std::vector<ConsentColumn> found;
  for (std::size_t i = 0; i < understanding.columns.size(); ++i) {
    if (understanding.is_another_persons(i)) continue;
    auto column = read_column(i, understanding.columns[i]);
    if (!column) continue;
    column->question = question_of(*column);
    found.push_back(std::move(*column));
  }
  return found;
}

namespace {

/// Of a cell that holds something.
std::optional<ConsentChannel> look_for_refusal(const ConsentColumn& column, std::string_view cell) {
  if (column.kind == Kind::Name || column.kind == Kind::Chance) {
    const bool says_it = column.kind == Kind::Name ? has_plain_refusal(cell) : wording::plain_refusals().contains(header_key(cell));
    return says_it ? std::optional(narrowed(column, header_words(cell))) : std::nullopt;
  }
  // "Zgoda: brak": no consent, where it is nothing elsewhere.
  const bool declines = column.kind == Kind::Permission && wording::declined().contains(header_key(cell));
  if (column.is_allowed_list) {
    const std::vector<std::string> listed = header_words(cell);
    const bool by_phone = std::any_of(listed.begin(), listed.end(), [](const std::string& word) { return !wording::not_by_phone().contains(word); });
    if (!listed.empty() && !by_phone) return ConsentChannel::Phone;
  }
  if (!declines && contact::is_placeholder(cell, contact::NothingWords::OfPrograms)) return std::nullopt;
  if (column.kind == Kind::Words) {
    // Each of several tags by itself; nothing but the words, so that a story about a stop is none.
    for (std::size_t begin = 0, next = 0; begin <= cell.size(); begin = next) {
      const std::size_t end = statement_end(cell, begin, next);
      if (is_refusal(contact::trim(cell.substr(begin, end - begin)), column))
        return narrowed(column, header_words(cell.substr(begin, end - begin)));
    }
    static const Beginnings beginnings({&wording::mail_only(), &wording::not_asked(), &wording::of_addresses()});
    if (!beginnings.may_begin(cell)) return std::nullopt;
    const std::string key = header_key(cell);
    if (wording::mail_only().contains(key)) return ConsentChannel::Phone;
    if (column.careful || !column.is_status) return std::nullopt;
    if (column.channel != ConsentChannel::All) return wording::not_asked().contains(key) ? std::optional(column.channel) : std::nullopt;
    return wording::of_addresses().contains(key) ? std::optional(ConsentChannel::Email) : std::nullopt;
  }
  const std::vector<std::string> words = header_words(cell);
  std::string key;
  for (const std::string& word : words) key += word;
  if (key.empty()) {
    // Marks without letters.
    const bool mark = column.kind == Kind::Refusal ? has_mark(cell, {"✓", "✔", "☑", "✅", "○", "◯", "●", "√", "■", "☒", "*", "＊"})
                                                   : has_mark(cell, {"✗", "✘", "❌", "×", "✖", "✕", "☐", "⛔", "🚫"});
    return mark ? std::optional(column.channel) : std::nullopt;
  }
  if (column.kind == Kind::Permission) {
    if (has_refusal(words)) return narrowed(column, words);
    if (!says_no(words, key) && !wording::declined().contains(key) && !wording::declined().contains(words.front()))
      return contact_wish(words).kind == ContactWish::Kind::Refused ? std::optional(column.channel) : std::nullopt;
    return column.mailings ? ConsentChannel::Email : column.channel;
  }
  // "Wrong Number": what it was, not that it is.
  constexpr std::ptrdiff_t kFewestDigits = 5;
  if (column.careful && std::count_if(cell.begin(), cell.end(), is_digit) >= kFewestDigits) return std::nullopt;
  const auto refusal = find_refusal(words);
  if (refusal && is_negated(words, *refusal)) return std::nullopt;
  // "Registro opposizioni: iscritto"; "Reason: no longer interested".
  const bool is_reason = words.size() > 1 && words[0] == "no" && (words[1] == "longer" || words[1] == "more");
  if ((column.is_register && is_about_subscribing(key)) || is_reason) return narrowed(column, words);
  const bool none = says_no(words, key) ? !has_refusal(words) || wording::no_words().contains(key)
                                        : wording::no_refusals().contains(key) || key.find_first_not_of('0') == std::string::npos || is_no_date(cell);
  return none ? std::nullopt : std::optional(narrowed(column, words));
}

}  // namespace

std::uint32_t question_of(const ConsentColumn& column) {
  std::uint32_t question = static_cast<std::uint32_t>(column.kind) << 8 | static_cast<std::uint32_t>(column.channel) << 4;
  for (const bool is : {column.careful, column.prefers, column.is_status, column.mailings, column.is_allowed_list, column.is_register}) question = question << 1 | (is ? 1U : 0U);
  return question;
}

std::optional<ConsentChannel> refusal_in(const ConsentColumn& column, std::string_view cell) {
  constexpr std::size_t kLongest = 1000;  // longer texts are stories
  if (cell.empty() || cell.size() > kLongest) return std::nullopt;
  if (column.kind == Kind::Name || column.kind == Kind::Chance) {
    static const Beginnings plain({&wording::plain_refusals()});
    if (column.kind == Kind::Name ? !plain.may_hold(cell) : !plain.may_begin(cell)) return std::nullopt;
  }
  // Names, cities and remarks come again and again, nearly all of them say nothing, and finding that out was a sixth of `check`.
  thread_local RecentTexts<bool> said_nothing;
  if (said_nothing.find(cell, column.question)) return std::nullopt;
  const auto refusal = look_for_refusal(column, cell);
  if (!refusal) said_nothing.add(cell, column.question, true);
  return refusal;
}

}  // namespace switchboard::mapping
