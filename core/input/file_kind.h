#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

/// What kind of file it is, by its first bytes; names and endings lie too often.
enum class FileKind {
  Text,  ///< nothing more special: CSV, TSV and friends, a plain list
  VCard,
  Json,  ///< an array, or an object a line (NDJSON)
  Zip,
  Xlsx,
  Ods,
  Cfb,   ///< a compound file: .xls, workbooks protected by a password, other programs' documents
  Biff,  ///< .xls of the oldest kind, without a container
  Xml2003,
  FlatOds,  ///< an OpenDocument spreadsheet as one XML file
  Html,
  Gzip,
  Zstd,
  Empty,    ///< nothing but white space and a byte order mark
  Foreign,  ///< something known that is no contact list: PDF, picture, program …
  Binary,   ///< not text, and not known
  Damaged,  ///< the first bytes of something known, and no more, or what can be told behind damaged ones
};

/// What a file of that kind is, with an article: "an Excel workbook (.xlsx)". Formats say it in the same words. Empty where a kind is of
/// many things, of which Looks::what has the one.
std::string_view what_of(FileKind kind);

struct Looks {
  FileKind kind = FileKind::Text;
  std::string what;    ///< "an Excel workbook (.xlsx)"; with an article
  std::string remedy;  ///< what to do where it cannot be read
};

/// `head`: the first bytes of the source, 64 KiB or all of it.
Looks looks_of(std::string_view head);
/// The same, by more than the head where that does not tell: an archive's list of entries.
Looks looks_of(std::string_view head, ByteStore& store);

/// The error for a file that no format takes.
Error refuse(const Looks& looks, const std::string& source_name);

}  // namespace switchboard::input
