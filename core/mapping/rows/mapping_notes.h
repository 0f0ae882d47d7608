#pragma once

#include <string>
#include <vector>

#include "core/mapping/rows/mapping.h"

namespace switchboard::mapping {

/// Who of several people in a row is the contact, and who is left out; empty: one person a row.
std::string people_note(const Understanding& understanding);

/// What whoever runs the job should know of its mapping, in sentences: people left out, columns that share a field, no
/// names at all. `left_out`: people who are not sent although each is to be.
std::vector<std::string> mapping_notes(const Manifest& manifest, const Mapping& mapping, const std::vector<std::string>& left_out);

/// Phones that a workbook keeps as numbers, which lose the + and the zeros before them. `contents`: SourceInfo::column_contents.
void note_number_cells(const Mapping& mapping, const std::vector<std::string>& contents, std::vector<std::string>& notes);

}  // namespace switchboard::mapping
