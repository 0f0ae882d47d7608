#include <doctest/doctest.h>

#include <random>
#include <string>

#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

void check_law(const std::string& bytes, const InputOptions& options) {
  const auto text = read_text(bytes, options);
  if (text.error) {
    CHECK(text.error->kind == ErrorKind::Input);
    return;
  }
  CHECK(text.lines.total == sum_of(text.lines));
  CHECK(text.lines.records == text.records.size());
  const bool lone_cr = text.lines.total != count_lines(bytes, false);
  CHECK(text.lines.total == count_lines(bytes, lone_cr));
  std::uint64_t end = 0;
  for (const ReadRecord& record : text.records) {
    CHECK(record.byte_begin >= end);
    CHECK(bytes.substr(record.byte_begin, record.raw.size()) == record.raw);
    end = record.byte_end;
  }
  CHECK(end <= bytes.size());
}

}  // namespace

TEST_CASE("every line is preamble, header, blank, continued, other or a record, whatever the text") {
  const std::string pieces[] = {"Name",
                                "Phone",
                                ",",
                                ",",
                                ";",
                                "\n",
                                "\n",
                                "\r\n",
                                "\r",
                                "\"",
                                "\"\"",
                                "Bob",
                                " ",
                                "\t",
                                "Total",
                                "x@example.com",
                                "+442079460000",
                                "\n\n",
                                "Zoë",
                                "sep=;\n",
                                "2024-05-01",
                                "\"a\nb\"",
                                "|"};
  std::mt19937 dice(20240517);
  for (int i = 0; i < 1200; ++i) {
    std::string bytes;
    const std::size_t count = dice() % 40 + 1;
    for (std::size_t k = 0; k < count; ++k) bytes += pieces[dice() % std::size(pieces)];
    CAPTURE(bytes);
    InputOptions options;
    options.no_header = i % 3 == 0;
    if (i % 5 == 0) options.delimiter = ";";
    check_law(bytes, options);
  }
}

TEST_CASE("the size of the blocks changes nothing for any text") {
  const std::string pieces[] = {"Name", ",",   "\n", "\r\n", "\r",       "\"",
                                "\"\"", "Bob", "é",  ";",    "\"a\nb\"", "€"};
  std::mt19937 dice(7);
  for (int i = 0; i < 200; ++i) {
    std::string bytes = "a,b\n";
    const std::size_t count = dice() % 30 + 1;
    for (std::size_t k = 0; k < count; ++k) bytes += pieces[dice() % std::size(pieces)];
    CAPTURE(bytes);
    const auto whole = read_text(bytes);
    const auto pieces_read = read_text(bytes, {}, dice() % 7 + 1);
    CHECK(whole.records == pieces_read.records);
    CHECK(whole.error.has_value() == pieces_read.error.has_value());
    CHECK(whole.lines.total == pieces_read.lines.total);
  }
}
