#pragma once

#include <cstddef>
#include <memory>

#include "core/input/archive/zip_package.h"

namespace switchboard::input {

/// The same entry, unpacked on a thread of its own, some pieces ahead of whoever reads: unpacking takes a third of the reading of
/// a workbook. The thread begins with the entry's second quarter of a megabyte; where no thread can be had, it goes without.
std::unique_ptr<ZipEntry> read_ahead(std::unique_ptr<ZipEntry> entry);

}  // namespace switchboard::input
