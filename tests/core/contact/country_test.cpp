#include "core/contact/country.h"

#include <doctest/doctest.h>

using namespace switchboard::contact;

TEST_CASE("countries are understood by code") {
  CHECK(country_code("GB") == "GB");
  CHECK(country_code(" gb ") == "GB");
  CHECK(country_code("UK") == "GB");
  CHECK(country_code("DEU") == "DE");
  CHECK(country_code("usa") == "US");
}

TEST_CASE("countries are understood by name, in several languages") {
  CHECK(country_code("United Kingdom") == "GB");
  CHECK(country_code("united states of america") == "US");
  CHECK(country_code("U.S.A.") == "US");
  CHECK(country_code("Deutschland") == "DE");
  CHECK(country_code("Allemagne") == "DE");
  CHECK(country_code("Alemania") == "DE");
  CHECK(country_code("Österreich") == "AT");
  CHECK(country_code("Côte d’Ivoire") == "CI");
  CHECK(country_code("Россия") == "RU");
  CHECK(country_code("日本") == "JP");
  CHECK(country_code("대한민국") == "KR");
  CHECK(country_code("Brasil") == "BR");
  CHECK(country_code("The Netherlands") == "NL");
  CHECK(country_code("Holland") == "NL");
  CHECK(country_code("Czech Republic") == "CZ");
  CHECK(country_code("Turkey") == "TR");
}

TEST_CASE("what is no country is none") {
  for (const char* text : {"", "Narnia", "44", "Bavaria", "ZZ", "-", "n/a"})
    CHECK_MESSAGE(country_code(text).empty(), text);
}
