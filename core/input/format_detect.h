#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace switchboard::input {

/// What kind of file it is, by its first bytes; names and endings lie too often.
enum class Format {
  Delimited,  ///< CSV, TSV and friends; also a plain list
  VCard,
  Json,  ///< an array, or an object a line (NDJSON)
  Zip,
  Xlsx,
  Ods,
  Cfb,  ///< .xls, and workbooks protected by a password
  Gzip,
  Zstd,
  Empty,    ///< nothing but white space and a byte order mark
  Foreign,  ///< something known that is no contact list: PDF, picture, program …
  Binary,   ///< not text, and not known
};

struct DetectedFormat {
  Format format = Format::Delimited;
  std::string what;    ///< "an Excel workbook (.xlsx)"; with an article
  std::string remedy;  ///< what to do where it cannot be read
};

/// `head`: the first bytes of the source, 64 KiB or all of it.
DetectedFormat detect_format(std::string_view head);

/// The error for a format that no reader takes.
Error refuse(const DetectedFormat& detected, const std::string& source_name);

}  // namespace switchboard::input
