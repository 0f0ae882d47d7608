#include "core/input/ods/ods_format.h"

#include <utility>

#include "core/input/file_kind.h"
#include "core/input/ods/ods_book.h"
#include "core/input/workbook/workbook_source.h"

namespace switchboard::input {
namespace {

Fit detect(const Glimpse& glimpse) {
  const FileKind kind = glimpse.looks.kind;
  return kind == FileKind::Ods || kind == FileKind::FlatOds ? Fit::Yes : Fit::No;
}

Result<std::unique_ptr<Source>> open_ods(Opening opening) {
  auto store = opening.bytes();
  if (!store) return store.error();
  auto begin = read_part(**store, 0, 2);
  if (!begin) return begin.error();
  const bool flat = *begin != "PK";
  auto open = [bytes = opening.bytes, name = opening.info.name, flat] { return open_ods_book(bytes, name, flat); };
  if (flat) opening.info.format = "fods";
  return open_workbook_source(std::move(opening), std::move(open));
}

}  // namespace

Format ods_format() {
  Format format;
  format.names = {"ods", "fods"};
  format.what = what_of(FileKind::Ods);
  format.endings = {"ods", "ots", "fods"};
  format.has_sheets = true;
  format.rejects_ending = "xlsx";
  format.detect = detect;
  format.open = open_ods;
  return format;
}

}  // namespace switchboard::input
