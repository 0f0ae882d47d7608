#pragma once

#include <string>

#include "core/base/result.h"
#include "core/input/xls/compound_file.h"

namespace switchboard::input {

/// The stream of an Excel workbook in a compound file; nullptr: there is none.
const CompoundFile::Entry* workbook_stream(const CompoundFile& file);

/// What a compound file without a readable workbook is, and what to do: one that is encrypted, or another program's.
Error refuse_compound(const CompoundFile& file, const std::string& name);

}  // namespace switchboard::input
