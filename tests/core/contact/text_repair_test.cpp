#include "core/contact/text_repair.h"

#include <doctest/doctest.h>

using namespace switchboard::contact;

namespace {

std::string said(const char* text) {
  const RepairedText repaired = repair_text(text);
  return repaired.text + "|" + (repaired.code == nullptr ? "" : repaired.code);
}

}  // namespace

TEST_CASE("HTML entities become what they stand for") {
  CHECK(said("Shaun O&#039;Brien") == "Shaun O'Brien|text.repaired");
  CHECK(said("Foo &amp; Sons") == "Foo & Sons|text.repaired");
  CHECK(said("Jos&eacute; D&#237;az") == "José Díaz|text.repaired");
  CHECK(said("&quot;Bar&quot; Ltd") == "\"Bar\" Ltd|text.repaired");
  CHECK(said("O&amp;#39;Neil") == "O'Neil|text.repaired");
  CHECK(said("Ann&nbsp;Lee") == "Ann\xC2\xA0" "Lee|text.repaired");
  CHECK(said("&#x160;koda") == "Škoda|text.repaired");
  for (const char* text : {"R&D", "A&B; C", "Tom &Jerry;", "&;", "&#;", "&#xFFFFFFFF;", "AT&T"})
    CHECK_MESSAGE(said(text) == std::string(text) + "|", text);
}

TEST_CASE("UTF-8 that was read as Windows-1252 is read again") {
  CHECK(said("JÃ©ssica Lima") == "Jéssica Lima|text.repaired");
  CHECK(said("PÃ¢mela") == "Pâmela|text.repaired");
  CHECK(said("Oâ€™Brien") == "O’Brien|text.repaired");
  CHECK(said("MÃƒÂ¼ller") == "Müller|text.repaired");  // twice
  CHECK(said("Å\xC2\x81ukasz") == "Łukasz|text.repaired");
  CHECK(said("ÐœÐ°Ñ€") == "Мар|text.repaired");
  CHECK(said("Mar\xC3\x83\xC2\xAD" "a") == "María|text.repaired");  // half of í is a soft hyphen
  CHECK(said("Andr\xC3\x83\xC2\xA9 \xE9\xAB\x98\xE6\xA9\x8B") == "André 高橋|text.repaired");
}

TEST_CASE("UTF-8 that was read in other encodings is read again") {
  CHECK(said("MĂĽller") == "Müller|text.repaired");       // Windows-1250
  CHECK(said("Ĺ‚ukasz ĹĽak") == "łukasz żak|text.repaired");
  CHECK(said("J√©r√¥me") == "Jérôme|text.repaired");      // Mac Roman
  CHECK(said("O‚ÄôBrien") == "O’Brien|text.repaired");
  CHECK(said("M├╝ller") == "Müller|text.repaired");       // DOS
  CHECK(said("OΓÇÖBrien") == "O’Brien|text.repaired");
  CHECK(said("\u0420\u045A\u0420\u00B0\u0421\u0402\u0420\u0451\u0421\u040F") == "Мария|text.repaired");  // Windows-1251
}

TEST_CASE("real names with rare letters are left alone") {
  for (const char* text : {"José", "João", "SÃO PAULO", "Ângela", "Åsa Öberg", "Łukasz", "Zoé’s", "JOSÉ’S", "Renée “Ré”", "Ñuñoa", "高橋", "Анна",
                           "Đặng Thị Ánh", "Þór", "BĂŞESCU", "Băsescu", "STĹP", "DĹŽKA", "Різдво", "РСФСР", "Рита", "ΓΕΩΡΓΙΑ", "Côte d’Or", "CÔTÉ", "Ã", "Müller", "Strauß"})
    CHECK_MESSAGE(said(text) == std::string(text) + "|", text);
}

TEST_CASE("a spreadsheet's formula for text is the text") {
  CHECK(said("=\"Kim\"") == "Kim|text.repaired");
  CHECK(said(" =\"Ann \"\"Nan\"\" Lee\" ") == "Ann \"Nan\" Lee|text.repaired");
  CHECK(said("=\"a\"&\"b\"") == "=\"a\"&\"b\"|");
  CHECK(said("=SUM(A1)") == "=SUM(A1)|");
}

TEST_CASE("what a no-break space leaves is a space again") {
  CHECK(said("Â Tom") == " Tom|text.repaired");
  CHECK(said("TomÂ Moe") == "Tom Moe|text.repaired");
  CHECK(said("TOMÂ MOE") == "TOMÂ MOE|");
  CHECK(said("Âu Cơ") == "Âu Cơ|");
}

TEST_CASE("what cannot be undone is told") {
  CHECK(said("M\xEF\xBF\xBDller") == "M\xEF\xBF\xBDller|text.damaged");
  CHECK(said("M?ller") == "M?ller|text.damaged");
  CHECK(said("M??ller") == "M??ller|text.damaged");
  CHECK(said("????? ????") == "|text.damaged");
  CHECK(said("J├¼") == "Jì|text.repaired");
  CHECK(said("J├x") == "J├x|text.damaged");
  CHECK(said("Oâ€Brien") == "Oâ€Brien|text.damaged");
  CHECK(said("#NAME?") == "|text.damaged");
  CHECK(said(" ######## ") == "|text.damaged");
  CHECK(said("#N/A") == "|text.damaged");
  CHECK(said("Who?") == "Who?|");
  CHECK(said("#1 Plumbing") == "#1 Plumbing|");
}

TEST_CASE("text of which letters are gone is told and left as it was, not put together by half") {
  CHECK(said("РРІР°РЅ") == "РРІР°РЅ|text.damaged");
  CHECK(said("ÐÐ²Ð°Ð½") == "ÐÐ²Ð°Ð½|text.damaged");
  CHECK(said("ÍõÐ¡Ã÷") == "ÍõÐ¡Ã÷|text.damaged");
  CHECK(said("РњР°СЂРёСЏ") == "Мария|text.repaired");
  CHECK(said("Ð˜Ð²Ð°Ð½ ÐŸÐµÑ‚Ñ€Ð¾Ð²") == "Иван Петров|text.repaired");
}

TEST_CASE("another alphabet that was read as Latin is told") {
  CHECK(said("Èâàí Ïåòðîâ") == "Èâàí Ïåòðîâ|text.damaged");
  CHECK(said("Ãéþñãïò") == "Ãéþñãïò|text.damaged");
  CHECK(said("Éléonore Àé") == "Éléonore Àé|");
  CHECK(said("Æðå Ólafsdóttir") == "Æðå Ólafsdóttir|");
}

TEST_CASE("letters that a program wrote as escapes are letters again") {
  CHECK(said("Ren\\u00e9e C\\u00f4t\\u00e9") == "Renée Côté|text.repaired");
  CHECK(said("Ren%C3%A9e+C%C3%B4t%C3%A9") == "Renée Côté|text.repaired");
  CHECK(said("100% Plumbing") == "100% Plumbing|");
  CHECK(said("Ann%20Lee") == "Ann%20Lee|");
  CHECK(said("C:\\users\\u00") == "C:\\users\\u00|");
  CHECK(said("Ren%E9e") == "Ren%E9e|");
}
