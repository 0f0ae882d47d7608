#include "core/contact/name.h"

#include <doctest/doctest.h>

using namespace switchboard::contact;

TEST_CASE("empty parts leave no gap in a joined name") {
  CHECK(join_name({"Ada", "", "Lovelace"}) == "Ada Lovelace");
  CHECK(join_name({" Ada ", " King  of ", "Lovelace"}) == "Ada King of Lovelace");
  CHECK(join_name({"", " ", ""}).empty());
}

TEST_CASE("a full name is cut at its last blank") {
  CHECK(split_name("Johann Sebastian Bach").first == "Johann Sebastian");
  CHECK(split_name("Johann Sebastian Bach").last == "Bach");
  CHECK(split_name("Madonna").first == "Madonna");
  CHECK(split_name("Madonna").last.empty());
  CHECK(split_name("").first.empty());
}

TEST_CASE("the first word of the first name is found without taking the name apart, and is the same") {
  CHECK(first_word_of_first_name("Jane Ann Doe") == "Jane");
  CHECK(first_word_of_first_name("Doe, Jane Ann") == "Jane");
  CHECK(first_word_of_first_name("Doe;Jane;;;") == "Jane");
  CHECK(first_word_of_first_name("Dr. med. Jane Doe") == "Jane");
  CHECK(first_word_of_first_name("Mr Smith") == "Mr");  // no first name: the name's first word
  CHECK(first_word_of_first_name("van der Berg") == "van");
  CHECK(first_word_of_first_name(" Jos\xC3\xA9  Silva Jr.") == "Jos\xC3\xA9");
  CHECK(first_word_of_first_name("Anna\xC2\xA0Maria Moe") == "Anna");
  CHECK(first_word_of_first_name("Smith, Jr., John") == "John");
  CHECK(first_word_of_first_name("").empty());
}

TEST_CASE("one comma means family name first") {
  CHECK(split_name("Doe, Jane Ann").first == "Jane Ann");
  CHECK(split_name("Doe, Jane Ann").last == "Doe");
  CHECK(split_name("Doe,").last.empty());
}

namespace {

std::string parts(const char* full) {
  const SplitName name = split_name(full);
  return name.prefix + "|" + name.first + "|" + name.last + "|" + name.suffix;
}

}  // namespace

TEST_CASE("titles and suffixes are no names") {
  CHECK(parts("Mrs Jane Roe") == "Mrs|Jane|Roe|");
  CHECK(parts("Ms. Anna Lee, PhD") == "Ms.|Anna|Lee|PhD");
  CHECK(parts("John Q. Public Jr.") == "|John Q.|Public|Jr.");
  CHECK(parts("Prof. Dr. Hans Meier") == "Prof. Dr.|Hans|Meier|");
  CHECK(parts("Doe, Dr. Jane") == "Dr.|Jane|Doe|");
  CHECK(parts("Doe Jr., John") == "|John|Doe|Jr.");
  CHECK(parts("Doe, Jane, MD, PhD") == "|Jane|Doe|MD PhD");
  CHECK(parts("Mr Smith") == "Mr||Smith|");
  CHECK(parts("Md Rahman") == "|Md|Rahman|");
  CHECK(parts("Jack Ma") == "|Jack|Ma|");
  CHECK(parts("Dr") == "|Dr||");
  CHECK(parts("Henry VIII") == "|Henry|VIII|");
  CHECK(parts("Doe, Jane, Acme") == "|Doe, Jane,|Acme|");
}

TEST_CASE("titles with a dot inside are titles") {
  CHECK(parts("Dott.ssa Anna Rossi") == "Dott.ssa|Anna|Rossi|");
  CHECK(parts("Sig.ra Anna Rossi") == "Sig.ra|Anna|Rossi|");
  CHECK(parts("Prof.ssa Dott.ssa Anna Rossi") == "Prof.ssa Dott.ssa|Anna|Rossi|");
  CHECK(parts("Avv. Anna Rossi") == "Avv.|Anna|Rossi|");
}

TEST_CASE("a suffix between two commas belongs to the family name before it") {
  CHECK(parts("Smith, Jr., John") == "|John|Smith|Jr.");
  CHECK(parts("Smith, III, Dr. John Paul") == "Dr.|John Paul|Smith|III");
  CHECK(parts("Smith, Jr., John, MD") == "|John|Smith|Jr. MD");
}

TEST_CASE("initials that look like a title are the first name") {
  CHECK(parts("M.S. Dhoni") == "|M.S.|Dhoni|");
  CHECK(parts("M.R. Anil Kumar") == "|M.R. Anil|Kumar|");
  CHECK(parts("D.R. Rao") == "|D.R.|Rao|");
  CHECK(parts("S.R. Das") == "|S.R.|Das|");
  CHECK(parts("M. S. Gill") == "|M. S.|Gill|");
  CHECK(parts("Ph. D. Jha") == "|Ph. D.|Jha|");
  CHECK(parts("Ms. Rao") == "Ms.||Rao|");
  CHECK(parts("Mrs. M.S. Badger") == "Mrs.|M.S.|Badger|");
  CHECK(parts("M.D. Khan") == "|M.D.|Khan|");
  CHECK(parts("J.R. Smith") == "|J.R.|Smith|");
  CHECK(parts("Dr. B.A. Singh") == "Dr.|B.A.|Singh|");
  CHECK(parts("Md. Rahman") == "|Md.|Rahman|");
  CHECK(parts("Rn Singh") == "|Rn|Singh|");
}

TEST_CASE("titles come in rows, with what they are in") {
  CHECK(parts("Prof. Dr. Hans Wurst") == "Prof. Dr.|Hans|Wurst|");
  CHECK(parts("Dr. med. dent. Eva-Maria von der Heide") == "Dr. med. dent.|Eva-Maria|von der Heide|");
  CHECK(parts("Ing. arch. Eva Malá") == "Ing. arch.|Eva|Malá|");
  CHECK(parts("Ing. Petr Novák, Ph.D.") == "Ing.|Petr|Novák|Ph.D.");
  CHECK(parts("Capt. Ed Cole") == "Capt.|Ed|Cole|");
  CHECK(parts("Herr A. Schulz") == "Herr|A.|Schulz|");
  CHECK(parts("Tom A. Schulz") == "|Tom A.|Schulz|");
  CHECK(parts("Major Tom") == "|Major|Tom|");
  CHECK(parts("Mr. & Mrs. Smith") == "Mr. & Mrs.||Smith|");
  CHECK(parts("Mr and Mrs Bob Roe") == "Mr and Mrs|Bob|Roe|");
  CHECK(parts("Ann & Bob Lee") == "|Ann & Bob|Lee|");
}

TEST_CASE("particles belong to the last name") {
  CHECK(parts("Vincent van Gogh") == "|Vincent|van Gogh|");
  CHECK(parts("Ludwig van Beethoven") == "|Ludwig|van Beethoven|");
  CHECK(parts("Juan de la Cruz") == "|Juan|de la Cruz|");
  CHECK(parts("Juan De La Cruz") == "|Juan|De La Cruz|");
  CHECK(parts("Rip Van Der Berg") == "|Rip|Van Der Berg|");
  CHECK(parts("Ali bin Omar") == "|Ali|bin Omar|");
  CHECK(parts("Siti binti Abdullah") == "|Siti|binti Abdullah|");
  CHECK(parts("Omar al-Sayed") == "|Omar|al-Sayed|");
  CHECK(parts("Dr Ana Silva e Costa") == "Dr|Ana|Silva e Costa|");
  CHECK(parts("von Trapp, Maria") == "|Maria|von Trapp|");
  CHECK(parts("de la Cruz, Juan") == "|Juan|de la Cruz|");
  CHECK(parts("María del Carmen García López") == "|María del Carmen García|López|");
  CHECK(parts("Do Van An") == "|Do Van|An|");
  CHECK(parts("Nguyen Van An") == "|Nguyen Van|An|");
  CHECK(parts("Dick Van Dyke") == "|Dick|Van Dyke|");
  CHECK(parts("Kim Do") == "|Kim|Do|");
  CHECK(parts("Abu Bakr") == "|Abu|Bakr|");
  CHECK(parts("von Trapp") == "||von Trapp|");
  CHECK(parts("Von Miller") == "|Von|Miller|");
}

TEST_CASE("suffixes are kept apart") {
  CHECK(parts("John Smith III") == "|John|Smith|III");
  CHECK(parts("King, Martin Luther, Jr.") == "|Martin Luther|King|Jr.");
  CHECK(parts("Smith, John Jr.") == "|John|Smith|Jr.");
  CHECK(parts("Juan Pérez Sr.") == "|Juan|Pérez|Sr.");
  CHECK(parts("Sr. Juan Pérez") == "Sr.|Juan|Pérez|");
  CHECK(parts("Peter Parker MBA") == "|Peter|Parker|MBA");
}

TEST_CASE("a name in vCard order is read as such") {
  CHECK(parts("Haddad;Yousef;;;") == "|Yousef|Haddad|");
  CHECK(parts("Haddad\\;Yousef") == "|Yousef|Haddad|");
  CHECK(parts("García López;María;Luisa;Dr.;PhD") == "Dr.|María Luisa|García López|PhD");
  CHECK(clean_name("Haddad;Yousef;;;") == "Yousef Haddad");
  CHECK(clean_name("Doe;Jane;;Dr.;") == "Dr. Jane Doe");
  CHECK(clean_name("Haddad, Yousef") == "Haddad, Yousef");
  CHECK(clean_name("Ann Lee;Bob Roe") == "Ann Lee;Bob Roe");  // two people
}

TEST_CASE("titles, courtesies and particles of more languages") {
  CHECK(parts("Mw. drs. K. de Boer") == "Mw. drs.|K.|de Boer|");
  CHECK(parts("Smt. Lakshmi Rao") == "Smt.|Lakshmi|Rao|");
  CHECK(parts("Shri M.K. Stalin") == "Shri|M.K.|Stalin|");
  CHECK(parts("佐藤 花子 様") == "|花子|佐藤|");
  CHECK(parts("محمد بن عبد الله آل سعود") == "|محمد بن عبد الله|آل سعود|");
  CHECK(parts("د. أحمد علي") == "د.|أحمد|علي|");
  CHECK(parts("João da Silva dos Santos Filho") == "|João da Silva|dos Santos|Filho");
  CHECK(parts("Rui Neto") == "|Rui|Neto|");
}

TEST_CASE("in Han characters and Korean the family comes first") {
  CHECK(parts("山田 太郎") == "|太郎|山田|");
  CHECK(parts("山田　太郎") == "|太郎|山田|");
  CHECK(parts("김 철수") == "|철수|김|");
  CHECK(parts("王 小明") == "|小明|王|");
  CHECK(parts("ジョン スミス") == "|ジョン|スミス|");
  CHECK(parts("田中 John") == "|田中|John|");
}

TEST_CASE("what stands in brackets behind a name, and particles behind the first one, belong to the last name") {
  CHECK(parts("Bob Jones [Acme]") == "|Bob|Jones [Acme]|");
  CHECK(parts("Bob Jones (Acme Inc)") == "|Bob|Jones (Acme Inc)|");
  CHECK(parts("Bob (Robert) Jones") == "|Bob (Robert)|Jones|");
  CHECK(parts("Berg, J. van der") == "|J.|van der Berg|");
  CHECK(parts("Leyen, Ursula von der") == "|Ursula|von der Leyen|");
  CHECK(parts("Müller, Hans") == "|Hans|Müller|");
}

TEST_CASE("titles without a blank, generations in small letters and names in half a vCard's order") {
  CHECK(parts("Dr.Ravi Kumar") == "Dr.|Ravi|Kumar|");
  CHECK(parts("Mr.J.Smith") == "Mr.||J.Smith|");
  CHECK(parts("St.John Rivers") == "|St.John|Rivers|");
  CHECK(parts("M.S. Dhoni") == "|M.S.|Dhoni|");
  CHECK(parts("Hans Wurst sen.") == "|Hans|Wurst|sen.");
  CHECK(parts("Amartya Sen") == "|Amartya|Sen|");
  CHECK(parts(";Bob;;;") == "|Bob||");
  CHECK(parts("Moe;;;;") == "||Moe|");
  CHECK(clean_name(";Bob;;;") == "Bob");
  CHECK(clean_name(";;") == ";;");
}

TEST_CASE("where a list writes last names first and in capitals, they are told by them") {
  const auto split = [](const char* name) {
    const SplitName parts = split_by_capitals(name);
    return parts.prefix + "|" + parts.first + "|" + parts.last;
  };
  CHECK(split("MÜLLER Hans") == "|Hans|MÜLLER");
  CHECK(split("DE GAULLE Charles André") == "|Charles André|DE GAULLE");
  CHECK(split("Mme DUPONT-AIGNAN Anne") == "Mme|Anne|DUPONT-AIGNAN");
  CHECK(split("ИВАНОВ Пётр") == "|Пётр|ИВАНОВ");
  CHECK(split("DUPONT, Jean") == "|Jean|DUPONT");
  CHECK(split("Hans Müller") == "|Hans|Müller");
  CHECK(capitals_before("MÜLLER Hans") == 1);
  CHECK(capitals_before("DE GAULLE Charles") == 2);
  CHECK(capitals_before("Hans MÜLLER") == 0);
  CHECK(capitals_before("HANS MÜLLER") == 0);
  CHECK(capitals_before("J Smith") == 0);
}
