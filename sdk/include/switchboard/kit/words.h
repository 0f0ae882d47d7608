// A vendor's words without the contacts that it quotes: what may stand in a message, a code, a state, a log.
#pragma once

#include <switchboard/kit/batch.h>
#include <switchboard/kit/json.h>
#include <switchboard/kit/text.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

/// The manifest of the library that this is compiled into (connector.h); null in a program that is none.
extern "C" __attribute__((weak)) const unsigned char swb_manifest_data[];
extern "C" __attribute__((weak)) const std::size_t swb_manifest_size;

namespace switchboard::kit {

/// Fields of a manifest that hold names of people, whatever the vendor calls them ("given", "surname").
inline std::vector<std::string> name_fields(const Json& manifest) {
  std::vector<std::string> out;
  for (const Json& field : manifest["fields"].items()) {
    const std::string meaning = field["meaning"].string_or("");
    if (meaning.ends_with("_name") || meaning == "nickname") out.push_back(field["name"].string_or(""));
  }
  return out;
}
inline const std::vector<std::string>& own_name_fields() {
  static const std::vector<std::string> fields = [] {
    if (swb_manifest_data == nullptr) return std::vector<std::string>();
    return name_fields(Json::parse({reinterpret_cast<const char*>(swb_manifest_data), swb_manifest_size}).value_or(Json()));
  }();
  return fields;
}

/// Knows the phones, e-mail addresses and names of a batch, and blanks them out of texts with "…":
///
///   phones   however they are punctuated, with or without country code: their last seven digits tell them;
///            from any column, list cells included
///   e-mails  whatever their case; from any column
///   names    whole words; from fields that the manifest gives the meaning of one, and columns that are called something with "name"
///
/// A text may have been cut before: where its end is the beginning of one of them, that goes, too.
///
/// The batch is looked through with the first text that could hold any of it. kit::Answer does this to everything that it
/// puts out; what a connector keeps in a chain's state goes through Answer::words() first.
class ContactWords {
 public:
  explicit ContactWords(const Batch& batch) : batch_(batch) {}

  std::string hidden(std::string_view text) {
    if (text.empty() || batch_.rows() == 0) return std::string(text);
    if (!indexed_) index();
    constexpr std::size_t kCode = 64;
    if (text.size() <= kCode) return hide(text);
    if (text != last_text_) {  // often the same refusal of many rows
      last_text_ = text;
      last_hidden_ = hide(text);
    }
    return last_hidden_;
  }

  /// A code that was made of words before anybody looked at what they hold: "no_such_user_jane.doe_example.com" without the address, or
  /// the whole name.
  std::string hidden_code(std::string_view code) {
    std::string out(code);
    if (code.empty() || batch_.rows() == 0) return out;
    if (!indexed_) index();
    const auto parts = [](char c) { return c == '_' || c == '.'; };  // "acme.jane_doe": what a connector puts before a vendor's code
    const auto is_border = [&](std::size_t at) { return at == 0 || at >= out.size() || parts(out[at]) || parts(out[at - 1]); };
    for (std::size_t begin = 0; begin < out.size(); ++begin) {
      for (std::size_t end = out.size(); is_border(begin) && end > begin; --end) {
        if (!is_border(end) || coded_.count(out.substr(begin, end - begin)) == 0) continue;
        out.erase(begin, end - begin);
        break;
      }
    }
    return out;
  }

 private:
  static constexpr std::size_t kTelling = 7;  ///< last digits that tell a phone
  static constexpr std::size_t kShortest = 5;
  static constexpr std::size_t kPrefix = 4;  ///< digits that a vendor may put before a number: 00, a country code
  static constexpr std::string_view kBlank = "…";

  struct Name {
    std::string text;
    bool exact_case;  ///< single words: "will" is no Will
  };

  // ---- What the batch holds ----

  void index() {
    indexed_ = true;
    for (std::uint32_t column = 0; column < batch_.columns(); ++column) {
      const std::string_view called = batch_.column_name(column);
      const auto& fields = own_name_fields();
      const bool names = contains_ignoring_case(called, "name") || (!batch_.is_custom(column) && std::find(fields.begin(), fields.end(), called) != fields.end());
      for (std::uint32_t row = 0; row < batch_.rows(); ++row) {
        const std::string_view cell = trim(batch_.cell(row, column).value_or(""));
        if (cell.empty()) continue;
        const auto list = cell.front() == '[' || cell.front() == '{' ? Json::parse(cell) : std::nullopt;
        list ? add_list(*list) : add(cell, names, kTelling);
      }
    }
  }

  /// ["value", …] or [{"value": …}, …].
  void add_list(const Json& json) {
    if (json.as_string()) add(trim(*json.as_string()), false, kShortest);
    for (const Json& item : json.items()) add_list(item);
    if (json.is_object()) add_list(json["value"]);
  }

  void add(std::string_view value, bool is_name, std::size_t shortest) {
    if (value.find('@') != std::string_view::npos && value.find(' ') == std::string_view::npos) {
      emails_.insert(lower(value));
      coded_.insert(to_code(value));
    } else if (const std::string digits = phone_digits(value); digits.size() >= shortest) {
      if (digits.size() < kTelling)
        short_phones_.insert(digits);
      else
        phones_[digits.substr(digits.size() - kTelling)].push_back(digits);
    } else if (is_name) {
      add_name(value);
    }
  }

  static std::string phone_digits(std::string_view value) {
    for (const char c : value) {
      if (!is_digit(c) && !is_between_digits(c)) return {};
    }
    return digits_of(value);
  }

  void add_name(std::string_view name) {
    constexpr std::size_t kShortestWord = 3;
    const bool phrase = name.find(' ') != std::string_view::npos;
    const bool two_letters = name.size() < kShortestWord && !(name.front() >= 'A' && name.front() <= 'Z');
    if (name.size() < 2 || (two_letters && is_ascii(name))) return;
    remember(name, !phrase);
    if (!phrase) return;
    coded_.insert(to_code(name));
    for (const std::string_view word : split(name, ' ')) {
      if (word.size() >= kShortestWord && !(word.front() >= 'a' && word.front() <= 'z') && !is_digit(word.front()))
        remember(word, true);
    }
  }

  void remember(std::string_view name, bool exact_case) {
    if (remembered_.insert(name).second) names_[first_key(name)].push_back({std::string(name), exact_case});
  }

  // ---- What a text holds of it ----

  std::string hide(std::string_view text) {
    std::string out = hide_whole(text);
    hide_end(out);
    return out;
  }

  /// "… is not valid: jane.doe@exa" of a text that somebody cut.
  void hide_end(std::string& out) {
    constexpr std::size_t kShortestEnd = 6;
    std::size_t end = out.size();
    while (end > 0 && (out[end - 1] == '.' || out[end - 1] == ' ')) --end;
    if (std::string_view(out).substr(0, end).ends_with(kBlank)) end -= kBlank.size();
    const std::string_view text = std::string_view(out).substr(0, end);
    std::size_t word = end, number = end;
    while (word > 0 && (is_word(text, word - 1) || std::string_view("@._%+-'").find(text[word - 1]) != std::string_view::npos)) --word;
    while (number > 0 && (is_digit(text[number - 1]) || is_between_digits(text[number - 1]))) --number;
    while (number < end && !is_digit(text[number])) ++number;
    const std::string digits = digits_of(text.substr(number));
    if (digits.size() >= kShortestEnd && begins_one(digits)) return blank_from(out, number);
    const std::string_view token = text.substr(word);
    if (token.find('@') != std::string_view::npos && begins_one(lower(token))) return blank_from(out, word);
    // Names have several words. A word alone is a code, and no text that was cut.
    constexpr int kWords = 4;
    for (int words = 0; words < kWords && word > 0; ++words) {
      const std::string_view tail = text.substr(word);
      if (tail.size() >= kShortestEnd && (begins_one(tail) || begins_one(lower(tail)))) return blank_from(out, word);
      while (word > 0 && text[word - 1] == ' ') --word;
      while (word > 0 && text[word - 1] != ' ') --word;
    }
  }

  static void blank_from(std::string& out, std::size_t at) {
    while (at > 0 && (out[at - 1] == '+' || out[at - 1] == '(')) --at;
    out.resize(at);
    if (!out.ends_with(kBlank)) out += kBlank;
  }

  /// Whether these are the first characters of something that the batch holds, and not all of it.
  bool begins_one(std::string_view text) {
    if (beginnings_.empty()) {
      beginnings_.assign(emails_.begin(), emails_.end());
      for (const auto& [last, numbers] : phones_) {
        for (const std::string& number : numbers)  // also without its country code
          for (std::size_t from = 0; from < kPrefix && from + kTelling <= number.size(); ++from) beginnings_.push_back(number.substr(from));
      }
      for (const auto& [first, names] : names_)
        for (const Name& name : names) beginnings_.push_back(name.text);
      std::sort(beginnings_.begin(), beginnings_.end());
    }
    const auto known = std::lower_bound(beginnings_.begin(), beginnings_.end(), text);
    return known != beginnings_.end() && known->size() > text.size() && known->starts_with(text);
  }

  std::string hide_whole(std::string_view text) const {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const bool begins = at == 0 || !is_word(text, at - 1);
      std::size_t length = begins ? email_at(text, at) : 0;
      if (length == 0) length = phone_at(text, at);
      if (length == 0 && (begins || is_scripted(text, at))) length = name_at(text, at);
      if (length > 0) {
        if (!out.ends_with(kBlank)) out += kBlank;
        at += length;
        continue;
      }
      // A run of digits that is no phone is passed over as a whole; so is a character.
      std::size_t step = std::max<std::size_t>(1, utf8_length(text.substr(at)));
      while (is_digit(text[at]) && at + step < text.size() && is_digit(text[at + step])) ++step;
      out += text.substr(at, step);
      at += step;
    }
    return out;
  }

  std::size_t email_at(std::string_view text, std::size_t at) const {
    const bool within = at > 0 && std::string_view("._%+-").find(text[at - 1]) != std::string_view::npos;
    if (emails_.empty() || within) return 0;
    std::size_t end = at;
    while (end < text.size() && (is_word(text, end) || std::string_view("@._%+-'").find(text[end]) != std::string_view::npos))
      ++end;
    const std::string_view token = text.substr(at, end - at);
    if (token.find('@') == std::string_view::npos) return 0;
    for (std::size_t size = token.size(); size > 0; --size) {
      if (emails_.count(lower(token.substr(0, size))) > 0) return size;
      if (is_word(token, size - 1)) break;  // only punctuation may follow it
    }
    return 0;
  }

  /// Numbers of a text are written with blanks between their parts, and so are numbers that have nothing to do with each
  /// other. The longest stretch that is a number of the batch counts; one with a prefix only where none is without.
  std::size_t phone_at(std::string_view text, std::size_t at) const {
    if (phones_.empty() && short_phones_.empty()) return 0;
    std::size_t first = at;
    while (first < text.size() && first < at + 2 && (text[first] == '+' || text[first] == '(')) ++first;
    if (first >= text.size() || !is_digit(text[first]) || (at > 0 && is_digit(text[at - 1]))) return 0;
    constexpr std::size_t kLongest = 40;
    const bool plus = text[at] == '+';
    std::string digits;
    std::size_t exact = 0, prefixed = 0, first_part = 0;
    for (std::size_t i = first; i < text.size() && i < first + kLongest; ++i) {
      if (is_digit(text[i])) {
        digits.push_back(text[i]);
        if (i + 1 < text.size() && is_digit(text[i + 1])) continue;
        if (first_part == 0) first_part = digits.size();
        const auto prefix = prefix_of(digits);
        if (prefix == 0u) exact = i + 1 - at;
        if (prefix > 0u && (plus || *prefix < first_part)) prefixed = i + 1 - at;  // else it is a number of its own
      } else if (!is_between_digits(text[i])) {
        break;
      }
    }
    return exact > 0 ? exact : prefixed;
  }

  /// Digits that stand before a number of the batch in these; 0: they are one, or its end. nullopt: they are none.
  std::optional<std::size_t> prefix_of(const std::string& digits) const {
    if (digits.size() < kTelling) return short_phones_.count(digits) > 0 ? std::optional<std::size_t>(0) : std::nullopt;
    const auto known = phones_.find(digits.substr(digits.size() - kTelling));
    std::optional<std::size_t> found;
    for (const std::string& phone : known != phones_.end() ? known->second : std::vector<std::string>()) {
      if (phone.ends_with(digits)) return 0;
      if (digits.ends_with(phone) && digits.size() <= phone.size() + kPrefix) found = digits.size() - phone.size();
    }
    return found;
  }

  std::size_t name_at(std::string_view text, std::size_t at) const {
    if (names_.empty()) return 0;
    const auto known = names_.find(first_key(text.substr(at)));
    if (known == names_.end()) return 0;
    std::size_t longest = 0;
    for (const Name& name : known->second) {
      const std::string_view here = text.substr(at, name.text.size());
      const bool same = name.exact_case ? here == name.text : equals_ignoring_case(here, name.text);
      const std::size_t end = at + name.text.size();
      const bool whole = end >= text.size() || !is_word(text, end) || is_scripted(text, at);
      if (same && whole && name.text.size() > longest) longest = name.text.size();
    }
    return longest;
  }

  // ---- Characters ----

  static bool is_between_digits(char c) { return std::string_view(" +-().\t/").find(c) != std::string_view::npos; }
  static bool is_ascii(std::string_view text) {
    for (const char c : text) {
      if (static_cast<unsigned char>(c) >= 0x80) return false;
    }
    return true;
  }
  /// Letters and digits; of the rest of Unicode everything but the punctuation of Latin-1 and of U+2000 to U+203F.
  static bool is_word(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    if (byte(at) < 0x80) return is_digit(text[at]) || is_alpha(text[at]);
    std::size_t lead = at;
    while (lead > 0 && at - lead < 3 && (byte(lead) & 0xC0) == 0x80) --lead;
    return byte(lead) != 0xC2 && !(byte(lead) == 0xE2 && byte(lead + 1) == 0x80);
  }
  /// Of a script that puts no blanks between words.
  static bool is_scripted(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    return byte >= 0xE3 && byte < 0xF8;
  }
  /// What names are found by: their first word in lower case, or their first character where words have no bounds.
  static std::string first_key(std::string_view text) {
    if (is_scripted(text, 0)) return std::string(text.substr(0, std::max<std::size_t>(1, utf8_length(text))));
    std::size_t end = 0;
    while (end < text.size() && is_word(text, end)) ++end;
    return lower(text.substr(0, end));
  }

  const Batch& batch_;
  bool indexed_ = false;
  std::unordered_map<std::string, std::vector<std::string>> phones_;  ///< by their last seven digits
  std::unordered_set<std::string> short_phones_, emails_;
  std::unordered_set<std::string> coded_;  ///< addresses and names of several words, as to_code() writes them
  std::unordered_map<std::string, std::vector<Name>> names_;
  std::unordered_set<std::string_view> remembered_;  ///< all of names_, as they stand in the batch
  std::vector<std::string> beginnings_;  ///< sorted; made when a text's end is first looked at
  std::string last_text_, last_hidden_;
};

}  // namespace switchboard::kit
