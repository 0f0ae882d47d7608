#include "core/input/table/cell_kind.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace switchboard::input;

TEST_CASE("cells are told apart by their text") {
  CHECK(kind_of("") == CellKind::Empty);
  CHECK(kind_of(" \t\xC2\xA0") == CellKind::Empty);
  CHECK(kind_of("jane.doe@example.com") == CellKind::Email);
  CHECK(kind_of(" jane@example.co.uk ") == CellKind::Email);
  CHECK(kind_of("jane@example") == CellKind::Text);
  CHECK(kind_of("write to jane@example.com") == CellKind::Text);
  CHECK(kind_of("+44 20 7946 0000") == CellKind::Phone);
  CHECK(kind_of("(212) 555-0100") == CellKind::Phone);
  CHECK(kind_of("'+442079460000") == CellKind::Phone);
  CHECK(kind_of("4.47911E+11") == CellKind::Text);
  CHECK(kind_of("12,50") == CellKind::Number);
  CHECK(kind_of("-3") == CellKind::Number);
  CHECK(kind_of("2024") == CellKind::Text);
  CHECK(kind_of("2024-05-17") == CellKind::Date);
  CHECK(kind_of("17.5.2024") == CellKind::Date);
  CHECK(kind_of("05/17/24") == CellKind::Date);
  CHECK(kind_of("2024-05-17T09:30:00") == CellKind::Date);
  CHECK(kind_of("First Name") == CellKind::Text);
  CHECK(kind_of("12 High Street") == CellKind::Text);
}

TEST_CASE("header words are found in many spellings and languages") {
  for (const char* header : {"First Name", "firstName", "PHONE_NUMBER", "E-mail 1 - Value", "Nachname",
                             "Teléfono", "電話番号2 電話", "Фамилия", "MSISDN", "'Name'"}) {
    CAPTURE(header);
    CHECK(has_header_word(header));
  }
  for (const char* other : {"", "Jane", "Acme Inc.", "+44 20 7946 0000", "jane@example.com", "foo", "2024"}) {
    CAPTURE(other);
    CHECK_FALSE(has_header_word(other));
  }
  CHECK_FALSE(has_header_word(std::string(81, 'x') + " name"));
}
