#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/text/charset.h"
#include "core/input/workbook/sheet.h"

namespace switchboard::input {

/// The tables of a web page that hold lists: two rows and two columns at least. Programs write such pages as their Excel
/// export, under names that end in .xls.
struct HtmlBook {
  struct Table {
    std::string name;
    std::uint64_t begin = 0;  ///< where its first tag stands in the page
  };
  std::string name;          ///< of the page, for messages
  std::vector<Table> tables;  ///< those that lie in no other one
  std::shared_ptr<Charset> charset;  ///< of the page, shared by the readers of its tables; null: UTF-8
  std::shared_ptr<Charset> strays;   ///< of the bytes of a page in UTF-8 that are none; null: there are none
};

/// Reads the page to its end. `encoding`: instead of the one that it names; empty: that one. Errors (Input): a table without an
/// end: the page was cut.
Result<HtmlBook> read_html_book(ByteStore& store, const std::string& name, const std::string& encoding);

/// Reads a table row by row. All must outlive the reader.
Result<std::unique_ptr<SheetReader>> read_html_table(ByteStore& store, const HtmlBook& book, const HtmlBook::Table& table);

}  // namespace switchboard::input
