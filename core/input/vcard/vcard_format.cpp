#include "core/input/vcard/vcard_format.h"

#include "core/input/file_kind.h"
#include "core/input/vcard/vcard_source.h"

namespace switchboard::input {
namespace {

Fit detect(const Glimpse& glimpse) { return glimpse.looks.kind == FileKind::VCard ? Fit::Yes : Fit::No; }

}  // namespace

Format vcard_format() {
  Format format;
  format.names = {"vcard", "vcf"};
  format.what = what_of(FileKind::VCard);
  format.endings = {"vcf", "vcard"};
  format.detect = detect;
  format.open = open_vcards;
  return format;
}

}  // namespace switchboard::input
