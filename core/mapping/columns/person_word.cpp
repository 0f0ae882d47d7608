#include "core/mapping/columns/person_word.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/lexicon.h"

namespace switchboard::mapping {
namespace {

using Kind = PersonWord::Kind;

struct Word {
  std::string_view words;  ///< folded, separated by blanks
  Kind kind;
};

/// Words for one party of several, the longer ones first.
constexpr std::array kWords = std::to_array<Word>({
    {"emergency contact", Kind::Family},
    {"next of kin", Kind::Family},
    {"ticket holder", Kind::Guest},
    {"household member", Kind::Plain},
    {"contact person", Kind::Plain},
    {"legal guardian", Kind::Parent},
    {"attendee", Kind::Guest},
    {"participant", Kind::Guest},
    {"registrant", Kind::Guest},
    {"invitee", Kind::Guest},
    {"guest", Kind::Guest},
    {"recipient", Kind::Guest},
    {"passenger", Kind::Guest},
    {"traveller", Kind::Guest},
    {"traveler", Kind::Guest},
    {"player", Kind::Guest},
    {"camper", Kind::Guest},
    {"student", Kind::Guest},
    {"ticket", Kind::Guest},
    {"teilnehmer", Kind::Guest},
    {"gast", Kind::Guest},
    {"participante", Kind::Guest},
    {"asistente", Kind::Guest},
    {"partecipante", Kind::Guest},
    {"invitado", Kind::Guest},
    {"invite", Kind::Guest},
    {"deelnemer", Kind::Guest},
    {"buyer", Kind::Payer},
    {"purchaser", Kind::Payer},
    {"payer", Kind::Payer},
    {"order", Kind::Payer},
    {"booker", Kind::Payer},
    {"host", Kind::Payer},
    {"organizer", Kind::Payer},
    {"organiser", Kind::Payer},
    {"user", Kind::Payer},
    {"provider", Kind::Payer},
    {"kaufer", Kind::Payer},
    {"kaeufer", Kind::Payer},
    {"besteller", Kind::Payer},
    {"acheteur", Kind::Payer},
    {"comprador", Kind::Payer},
    {"acquirente", Kind::Payer},
    {"parent", Kind::Parent},
    {"guardian", Kind::Parent},
    {"mother", Kind::Parent},
    {"father", Kind::Parent},
    {"mum", Kind::Parent},
    {"mom", Kind::Parent},
    {"dad", Kind::Parent},
    {"elternteil", Kind::Parent},
    {"mutter", Kind::Parent},
    {"vater", Kind::Parent},
    {"erziehungsberechtigter", Kind::Parent},
    {"erziehungsberechtigte", Kind::Parent},
    {"tuteur", Kind::Parent},
    {"tutor", Kind::Parent},
    {"ouder", Kind::Parent},
    {"spouse", Kind::Family},
    {"husband", Kind::Family},
    {"wife", Kind::Family},
    {"partner", Kind::Family},
    {"child", Kind::Family},
    {"ehepartner", Kind::Family},
    {"ehefrau", Kind::Family},
    {"ehemann", Kind::Family},
    {"lebenspartner", Kind::Family},
    {"conjoint", Kind::Family},
    {"conyuge", Kind::Family},
    {"coniuge", Kind::Family},
    {"conjuge", Kind::Family},
    {"echtgenoot", Kind::Family},
    // Parties of a sale, a ride, a delivery, a wedding.
    {"seller", Kind::Payer}, {"vendor", Kind::Payer}, {"sender", Kind::Payer}, {"driver", Kind::Payer}, {"caller", Kind::Payer},
    {"realtor", Kind::Payer}, {"lender", Kind::Payer}, {"landlord", Kind::Payer}, {"referrer", Kind::Payer},
    {"verkäufer", Kind::Payer}, {"verkaeufer", Kind::Payer}, {"vendeur", Kind::Payer}, {"vendedor", Kind::Payer},
    {"venditore", Kind::Payer}, {"fahrer", Kind::Payer}, {"absender", Kind::Payer}, {"vermieter", Kind::Payer},
    {"bride", Kind::Guest}, {"groom", Kind::Guest}, {"empfänger", Kind::Guest}, {"titulaire", Kind::Guest}, {"titular", Kind::Guest},
    {"schüler", Kind::Guest}, {"élève", Kind::Guest}, {"alumno", Kind::Guest}, {"aluno", Kind::Guest},
    // Parents.
    {"padre", Kind::Parent}, {"madre", Kind::Parent}, {"père", Kind::Parent}, {"mère", Kind::Parent}, {"pai", Kind::Parent},
    {"mãe", Kind::Parent}, {"moeder", Kind::Parent}, {"vader", Kind::Parent}, {"matka", Kind::Parent}, {"ojciec", Kind::Parent},
    {"matki", Kind::Parent}, {"ojca", Kind::Parent}, {"rodzic", Kind::Parent}, {"rodzica", Kind::Parent}, {"opiekun", Kind::Parent},
    {"opiekuna", Kind::Parent}, {"målsman", Kind::Parent}, {"vårdnadshavare", Kind::Parent}, {"forelder", Kind::Parent},
    {"foresatt", Kind::Parent}, {"huoltaja", Kind::Parent}, {"huoltajan", Kind::Parent}, {"veli", Kind::Parent}, {"velisi", Kind::Parent},
    {"anne", Kind::Parent}, {"baba", Kind::Parent}, {"보호자", Kind::Parent}, {"학부모", Kind::Parent}, {"保護者", Kind::Parent},
    {"家长", Kind::Parent}, {"家長", Kind::Parent}, {"监护人", Kind::Parent}, {"родитель", Kind::Parent}, {"родителя", Kind::Parent},
    {"мать", Kind::Parent}, {"матери", Kind::Parent}, {"отец", Kind::Parent}, {"отца", Kind::Parent}, {"опекун", Kind::Parent},
    {"опекуна", Kind::Parent}, {"ولي الأمر", Kind::Parent}, {"الأم", Kind::Parent}, {"الأب", Kind::Parent}, {"phụ huynh", Kind::Parent},
    {"rodič", Kind::Parent}, {"rodiče", Kind::Parent}, {"szülő", Kind::Parent}, {"γονέα", Kind::Parent}, {"orang tua", Kind::Parent},
    // Husband, wife, and whoever is called in an emergency.
    {"małżonka", Kind::Family}, {"małżonek", Kind::Family}, {"małżonki", Kind::Family}, {"żona", Kind::Family}, {"żony", Kind::Family},
    {"mąż", Kind::Family}, {"męża", Kind::Family}, {"vợ", Kind::Family}, {"chồng", Kind::Family}, {"épouse", Kind::Family},
    {"époux", Kind::Family}, {"esposa", Kind::Family}, {"esposo", Kind::Family}, {"marido", Kind::Family}, {"moglie", Kind::Family},
    {"marito", Kind::Family}, {"maka", Kind::Family}, {"make", Kind::Family}, {"ektefelle", Kind::Family}, {"ægtefælle", Kind::Family},
    {"puoliso", Kind::Family}, {"puolison", Kind::Family}, {"eş", Kind::Family}, {"eşi", Kind::Family}, {"eşinin", Kind::Family},
    {"배우자", Kind::Family}, {"配偶者", Kind::Family}, {"配偶", Kind::Family}, {"супруг", Kind::Family}, {"супруга", Kind::Family},
    {"супруги", Kind::Family}, {"жена", Kind::Family}, {"жены", Kind::Family}, {"муж", Kind::Family}, {"мужа", Kind::Family},
    {"الزوج", Kind::Family}, {"الزوجة", Kind::Family}, {"manžel", Kind::Family}, {"manželka", Kind::Family}, {"manželky", Kind::Family},
    {"házastárs", Kind::Family}, {"σύζυγος", Kind::Family}, {"συζύγου", Kind::Family}, {"suami", Kind::Family}, {"istri", Kind::Family},
    {"ผู้ปกครอง", Kind::Parent}, {"คู่สมรส", Kind::Family}, {"ฉุกเฉิน", Kind::Family}, {"母親", Kind::Parent}, {"父親", Kind::Parent}, {"母亲", Kind::Parent}, {"父亲", Kind::Parent}, {"어머니", Kind::Parent},
    {"아버지", Kind::Parent}, {"妻子", Kind::Family}, {"丈夫", Kind::Family}, {"妻", Kind::Family}, {"夫", Kind::Family},
    {"남편", Kind::Family}, {"아내", Kind::Family}, {"売主", Kind::Payer}, {"買主", Kind::Payer}, {"卖方", Kind::Payer},
    {"买方", Kind::Payer}, {"卖家", Kind::Payer}, {"买家", Kind::Payer},
    {"emergency", Kind::Family}, {"ice", Kind::Family}, {"relative", Kind::Family}, {"sibling", Kind::Family}, {"brother", Kind::Family},
    {"sister", Kind::Family}, {"notfallkontakt", Kind::Family}, {"notfall", Kind::Family}, {"personne à prévenir", Kind::Family},
    {"contact d urgence", Kind::Family}, {"urgence", Kind::Family}, {"emergencia", Kind::Family}, {"emergência", Kind::Family},
    {"emergenza", Kind::Family}, {"noodcontact", Kind::Family}, {"noodgeval", Kind::Family}, {"anhörig", Kind::Family},
    {"närmast anhörig", Kind::Family}, {"pårørende", Kind::Family}, {"acil durum", Kind::Family}, {"긴급", Kind::Family},
    {"비상", Kind::Family}, {"緊急", Kind::Family}, {"紧急", Kind::Family}, {"緊急連絡先", Kind::Family}, {"紧急联系人", Kind::Family},
    {"비상연락처", Kind::Family}, {"طوارئ", Kind::Family}, {"الطوارئ", Kind::Family}, {"khẩn cấp", Kind::Family},
    {"contact", Kind::Plain},
    {"person", Kind::Plain},
    {"customer", Kind::Plain},
    {"client", Kind::Plain},
    {"member", Kind::Plain},
    {"lead", Kind::Plain},
    {"adult", Kind::Plain},
    {"owner", Kind::Plain},
    {"tenant", Kind::Plain},
    {"resident", Kind::Plain},
    {"applicant", Kind::Plain},
    {"patient", Kind::Plain},
    {"donor", Kind::Plain},
    {"kontakt", Kind::Plain},
    {"ansprechpartner", Kind::Plain},
    {"ansprechperson", Kind::Plain},
    {"kontaktperson", Kind::Plain},
    {"kunde", Kind::Plain},
    {"mitglied", Kind::Plain},
    {"persona", Kind::Plain},
    {"contacto", Kind::Plain},
    {"contatto", Kind::Plain},
    {"contato", Kind::Plain},
    {"interlocuteur", Kind::Plain},
    {"contactpersoon", Kind::Plain},
});

/// "Primary contact", "second contact".
std::size_t ordinal(const std::string& word) {
  for (const std::string_view first : {"primary", "first", "main"}) {
    if (word == first) return 1;
  }
  for (const std::string_view second : {"secondary", "second", "alternate", "alternative", "additional", "backup"}) {
    if (word == second) return 2;
  }
  return word == "third" ? 3 : 0;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// kWords as headers are read.
struct FoldedWord {
  std::vector<std::string> words;
  std::string key;
  Kind kind;
};
const std::vector<FoldedWord>& folded_words() {
  static const std::vector<FoldedWord> all = [] {
    std::vector<FoldedWord> list;
    for (const Word& word : kWords) {
      std::vector<std::string> words = header_words(word.words);
      std::string key = joined(words);
      list.push_back({std::move(words), std::move(key), word.kind});
    }
    // "emergency contact" before "emergency" and "contact".
    std::stable_sort(list.begin(), list.end(), [](const FoldedWord& a, const FoldedWord& b) { return a.words.size() > b.words.size(); });
    return list;
  }();
  return all;
}

/// A word for a name, a number or an address, and nothing else that we do not know.
bool is_known_data(const std::string& word) {
  using enum Concept;
  const Reading reading = read_words({word});
  return reading.unknown.empty() && reading.typos == 0 && reading.has_any({Phone, Mobile, Email, Name, FirstName, LastName, FullName, Number});
}

/// The same without words for a kind.
bool is_data_alone(const std::string& word) {
  using enum Concept;
  return is_known_data(word) && read_words({word}).only({Phone, Mobile, Email, Name, FirstName, LastName, FullName, Number, Address});
}

/// Thai, Chinese, Japanese, Korean …: words that are run together.
bool is_without_blanks(const std::string& word) { return static_cast<unsigned char>(word.front()) >= 0xE0; }

/// "保護者電話番号", "Verkäufername": a word for a person and what it has, run together; they are cut apart.
void cut_compounds(std::vector<std::string>& words) {
  constexpr std::size_t kShortest = 5;  // of words in scripts that are written with blanks
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string word = words[at];
    // "Matkapuhelin" is a mobile phone, no mother's.
    const Reading whole = read_words({word});
    if (whole.unknown.empty() && whole.typos == 0 && !whole.compound) continue;
    std::size_t longest = 0;
    for (const FoldedWord& entry : folded_words()) {
      if (entry.words.size() != 1 || entry.kind == Kind::Plain) continue;
      const std::string& person = entry.words.front();
      const bool without_blanks = is_without_blanks(person);
      if (person.size() <= longest || word.size() <= person.size() || (person.size() < kShortest && !without_blanks)) continue;
      const std::size_t rest = word.size() - person.size();
      if (word.starts_with(person) && is_known_data(word.substr(person.size()))) {
        words[at] = person;
        if (longest > 0) words.erase(words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, word.substr(person.size()));
        longest = person.size();
      } else if (without_blanks && word.ends_with(person) && is_known_data(word.substr(0, rest))) {
        words[at] = word.substr(0, rest);
        if (longest > 0) words.erase(words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, person);
        longest = person.size();
      }
    }
  }
}

/// The words at `at` are those of `entry`, the last one perhaps in the plural; how many they are, else 0.
std::size_t match_at(const std::vector<std::string>& words, std::size_t at, const std::vector<std::string>& entry) {
  if (at + entry.size() > words.size()) return 0;
  for (std::size_t i = 0; i < entry.size(); ++i) {
    const std::string &word = words[at + i], &wanted = entry[i];
    const bool plural =
        i + 1 == entry.size() && word.size() == wanted.size() + 1 && word.ends_with('s') && word.starts_with(wanted);
    if (word != wanted && !plural) return 0;
  }
  return entry.size();
}

/// 1 of "Client A", 2 of "Client B Phone": a letter that counts people; 0: none ("Client E-Mail").
std::size_t person_letter(const std::vector<std::string>& words, std::size_t at) {
  const std::string& word = words[at];
  return word.size() == 1 && word.front() >= 'a' && word.front() <= 'd' ? static_cast<std::size_t>(word.front() - 'a') + 1 : 0;
}

/// "Primary Phone", "Other Name", "Autre téléphone": the first party or another one, in any language we know; 0: neither.
std::size_t soft_ordinal(const std::string& word) {
  for (const std::string_view first : {"primary", "main", "principal"}) {
    if (word == first) return 1;
  }
  for (const std::string_view other : {"secondary", "alternate", "alternative", "additional", "backup", "other"}) {
    if (word == other) return 2;
  }
  const Reading reading = read_words({word});
  if (reading.typos > 0 || reading.compound || !reading.unknown.empty() || reading.concepts.size() != 1) return 0;
  if (reading.has(Concept::Main)) return 1;
  return reading.has(Concept::Other) ? 2 : 0;
}

/// Words at `at` for the same party in another word, perhaps behind "or"; how many they are, else 0.
std::size_t same_kind_at(const std::vector<std::string>& words, std::size_t at, Kind kind) {
  const std::size_t link = at < words.size() && (words[at] == "or" || words[at] == "and" || words[at] == "oder" || words[at] == "und") ? 1 : 0;
  for (const FoldedWord& entry : folded_words()) {
    if (entry.kind != kind) continue;
    if (const std::size_t length = match_at(words, at + link, entry.words); length > 0) return link + length;
  }
  return 0;
}

/// The part of the header that spells the word and its number.
std::string spelled(std::string_view header, std::string_view word, std::size_t number) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const std::string_view first = word.substr(0, word.find(' '));
  const auto found = std::search(header.begin(), header.end(), first.begin(), first.end(),
                                 [&](char a, char b) { return lower(a) == b; });
  std::string name;
  if (found == header.end()) {
    name = word;
  } else {
    const auto at = static_cast<std::size_t>(found - header.begin());
    name = header.substr(at, std::min(word.size(), header.size() - at));
    // Accents make the header's spelling longer than the folded one.
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) name = word;
    if (number > 0) {
      std::size_t end = at + word.size();
      while (end < header.size() && (header[end] == ' ' || header[end] == '_' || header[end] == '#')) ++end;
      if (end < header.size() && header[end] >= '0' && header[end] <= '9')
        return std::string(header.substr(at, end - at)) + std::to_string(number);
    }
  }
  return number > 0 ? name + " " + std::to_string(number) : name;
}

}  // namespace

std::size_t person_number(const std::string& word) {
  constexpr std::size_t kMostPeople = 20;
  if (!is_number_word(word) || word.size() > 2) return 0;
  const auto number = static_cast<std::size_t>(std::stoul(word));
  return number <= kMostPeople ? number : 0;
}

std::optional<PersonWord> person_in(std::string_view header) {
  std::vector<std::string> words = header_words(header);
  cut_compounds(words);
  for (std::size_t at = 0; at < words.size(); ++at) {
    for (const FoldedWord& entry : folded_words()) {
      const std::size_t length = match_at(words, at, entry.words);
      if (length == 0) continue;
      PersonWord person;
      person.word = entry.key;
      person.kind = entry.kind;
      std::size_t begin = at, end = at + length;
      // "Guest 2 …", "2nd guest …", "2. Gast"; a number further on is one of that person's numbers.
      if (end < words.size() && person_number(words[end]) > 0) {
        person.number = person_number(words[end]);
        ++end;
      } else if (end < words.size() && person_letter(words, end) > 0) {
        person.number = person_letter(words, end);
        ++end;
      } else if (at > 0 && person_number(words[at - 1]) > 0) {
        person.number = person_number(words[at - 1]);
        --begin;
      } else if (at > 0 && (words[at - 1] == "co" || words[at - 1] == "joint")) {
        person.number = 2;  // "Co-Owner"
        --begin;
      } else if (at > 0 && ordinal(words[at - 1]) > 0) {
        person.number = ordinal(words[at - 1]);
        --begin;
      } else if (at > 1 && person_number(words[at - 2]) > 0 &&
                 (words[at - 1] == "st" || words[at - 1] == "nd" || words[at - 1] == "rd" || words[at - 1] == "th")) {
        person.number = person_number(words[at - 2]);
        begin -= 2;
      }
      // "Parent/Guardian Name", "Mother or Father".
      for (std::size_t more = 1; person.kind != Kind::Plain && more > 0; end += more) more = same_kind_at(words, end, person.kind);
      std::vector<std::string> rest(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
      rest.insert(rest.end(), words.begin() + static_cast<std::ptrdiff_t>(end), words.end());
      person.rest = joined(rest);
      person.key = person.word + (person.number > 0 ? std::to_string(person.number) : "");
      person.name = spelled(header, entry.key, person.number);
      return person;
    }
  }
  // "Secondary Name", "Other Phone": perhaps the second contact's, perhaps another number of the first.
  for (std::size_t at = 0; at < words.size() && words.size() > 1; ++at) {
    const std::size_t number = soft_ordinal(words[at]);
    if (number == 0) continue;
    PersonWord person;
    person.word = "contact";
    person.number = number;
    person.soft = true;
    person.key = person.word + std::to_string(number);
    person.name = spelled(header, words[at], 0);
    std::vector<std::string> rest = words;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    person.rest = joined(rest);
    return person;
  }
  return std::nullopt;
}

std::vector<std::string> words_apart(std::string_view header) {
  std::vector<std::string> words = header_words(header);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string word = words[at];
    if (word.empty() || !is_without_blanks(word) || read_words({word}).unknown.empty()) continue;
    for (std::size_t cut = 1; cut < word.size(); ++cut) {
      const bool between = (static_cast<unsigned char>(word[cut]) & 0xC0) != 0x80;
      std::string rest = word.substr(cut);
      if (between && rest == "名") rest = "氏名";  // alone it is a given name, behind a person the name
      if (!between || !is_data_alone(rest)) continue;
      words[at] = word.substr(0, cut);
      words.insert(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(rest));
      ++at;
      break;
    }
  }
  return words;
}

std::string qualifier_of(std::string_view header) {
  using enum Concept;
  // Several names and numbers of one person.
  static constexpr std::array<std::string_view, 14> kSamePerson = {"preferred", "legal", "display", "current", "user", "my", "your",
                                                                   "personal", "private", "native", "phonetic", "official", "given", "new"};
  const std::vector<std::string> words = words_apart(header);
  constexpr std::size_t kLongestRun = 4;
  std::vector<std::string> kept;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t taken = 0;
    for (std::size_t length = std::min(kLongestRun, words.size() - at); length > 0 && taken == 0; --length) {
      const Reading run = read_words({words.begin() + static_cast<std::ptrdiff_t>(at), words.begin() + static_cast<std::ptrdiff_t>(at + length)});
      if (run.typos > 0 || !run.unknown.empty()) continue;
      if (run.has_any({Company, Account, Department, Country, Place, Job, JobTitle, Assistant, Id, Consent, Newsletter})) return {};
      const bool core = std::all_of(run.concepts.begin(), run.concepts.end(), [&](Concept c) {
        for (const Concept known : {Phone, Mobile, Fax, Pager, Callback, Sms, Email, Name, FirstName, LastName, MiddleName, FullName, First,
                                    Last, Middle, Full, Number, Value, Of, Home, Work, Person}) {
          if (c == known) return true;
        }
        return c == Address && run.has(Email);
      });
      if (core) taken = length;
    }
    if (taken == 0) {
      if (std::find(kSamePerson.begin(), kSamePerson.end(), words[at]) == kSamePerson.end()) kept.push_back(words[at]);
      taken = 1;
    }
    at += taken;
  }
  return joined(kept);
}

}  // namespace switchboard::mapping
