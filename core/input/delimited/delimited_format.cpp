#include "core/input/delimited/delimited_format.h"

#include "core/input/delimited/csv_source.h"
#include "core/input/file_kind.h"

namespace switchboard::input {

Format delimited_format() {
  Format format;
  format.names = {"csv", "tsv"};
  format.what = what_of(FileKind::Text);
  format.endings = {"csv", "tsv", "tab"};
  format.detect = [](const Glimpse& glimpse) {
    switch (glimpse.looks.kind) {
      case FileKind::Text:
        return Fit::Yes;
      case FileKind::VCard:
      case FileKind::Json:
      case FileKind::Damaged:
        return Fit::IfNamed;  // text all the same
      case FileKind::Zip:
      case FileKind::Xlsx:
      case FileKind::Ods:
      case FileKind::Cfb:
      case FileKind::Biff:
      case FileKind::Xml2003:
      case FileKind::FlatOds:
      case FileKind::Html:
      case FileKind::Gzip:
      case FileKind::Zstd:
      case FileKind::Empty:
      case FileKind::Foreign:
      case FileKind::Binary:
        break;
    }
    return Fit::No;
  };
  format.open = [](Opening opening) -> Result<std::unique_ptr<Source>> {
    auto source = open_csv(std::move(opening));
    if (!source) return source.error();
    return std::unique_ptr<Source>(std::move(*source));
  };
  return format;
}

}  // namespace switchboard::input
