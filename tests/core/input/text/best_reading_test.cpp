#include "core/input/text/best_reading.h"

#include <doctest/doctest.h>

#include <string>

#include "core/input/text/charset.h"
#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

std::string read_of(const std::string& charset, const std::string& utf8) {
  return best_reading("windows-1252", Charset::open(charset)->from_utf8(utf8));
}

}  // namespace

TEST_CASE("two rows are enough to tell the encodings of names apart") {
  CHECK(read_of("macintosh", "Jürgen Müller\nZoé Núñez\n") == "macintosh");
  CHECK(read_of("IBM850", "Jürgen Müller\nZoé Núñez\n") == "IBM850");
  CHECK(read_of("windows-1252", "Jürgen Müller\nZoé Núñez\n") == "windows-1252");
  CHECK(read_of("windows-1250", "Jiří Dvořák\nRůžena Kučerová\n") == "windows-1250");
  CHECK(read_of("windows-1250", "Łukasz Żak\nMałgorzata Wójcik\n") == "windows-1250");
  CHECK(read_of("Shift_JIS", "山田 太郎\n佐藤 花子\n") == "Shift_JIS");
  CHECK(read_of("EUC-JP", "山田 太郎\n佐藤 花子\n") == "EUC-JP");
  CHECK(read_of("windows-949", "김민준\n이서연\n") == Charset::open("windows-949")->name());
  CHECK(read_of("Big5", "陳志明\n林淑芬\n") == Charset::open("Big5")->name());
  CHECK(read_of("GB18030", "王伟\n李娜\n") == "GB18030");
}

TEST_CASE("western text stays windows-1252 in every kind of case and punctuation") {
  for (const std::string text :
       {"ÉMILE ZOLA\nMÜLLER\n", "Zoë\n", "René\n", "O’Brien – “Bob”\n", "Ångström\n", "Peña, 25 €\n",
        "Müller GmbH & Co. KG ®\n", "Straße 5 1/2, 3º\nCalle 4, 2ª\n",
        "Children’s Hospital\nWomen’s Clinic\nthe Smiths’ house\n", "Acme – Berlin\nFoo – Rome\nBar — Oslo\n",
        "£10\n£20\n£30\n", "said “hello there”\nand “bye”\n", "and so on…\nwait…\n", "Acme™\nFoo™\n", "• one\n• two\n",
        "„Anna“\n„bob“\n", "l’école d’été\n", "20 °C, 3 m²\n", "don’t\nI’ll\nwe’ve\nthey’re\n"}) {
    CAPTURE(text);
    CHECK(read_of("windows-1252", text) == "windows-1252");
  }
}

TEST_CASE("a reading of names scores above a reading of their ruins") {
  CHECK(reading_score("Jürgen Müller") > reading_score("JŸrgen MŸller"));
  CHECK(reading_score("Jürg") > reading_score("JÅrg"));
  CHECK(reading_score("Dvořák") > reading_score("Dvoøák"));
  CHECK(reading_score("plain ASCII") == 0);
}

TEST_CASE("a word with a capital in it speaks against any guess, and Latin 9 is read as itself") {
  const auto charset = Charset::open("IBM850");
  CHECK(best_reading("IBM852", "Pr\x82nom,Nom,T\x82l\x82phone\nFran\x87ois,G\x82rard,01\nZo\x82,Lef\x8Avre,01\n") == charset->name());
  CHECK(best_reading("windows-1252", "Nom;T\xE9l\xE9phone\nC\xBDur Zo\xEB;01 42 68 53 00\n") == Charset::open("ISO-8859-15")->name());
}
