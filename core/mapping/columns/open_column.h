#pragma once

#include <cstddef>
#include <string>

#include "core/mapping/columns/column_content.h"
#include "core/mapping/columns/header_rules.h"

namespace switchboard::mapping {

/// A column while its meaning is being settled.
struct OpenColumn {
  std::string given;  ///< its name in the file
  std::string name;   ///< the same in the words of a header; see plain_headers
  HeaderMeaning header;
  ColumnContent content;
  bool settled = false;  ///< by the exporter's profile
  int person = -1;       ///< as in ColumnMeaning
  std::string own_meaning, own_header, looked_like;
};

/// Values that make a column's content an argument against its header.
inline constexpr std::size_t kEnough = 3;

void settle(OpenColumn& column, std::string meaning, double score, std::string reason);
/// Nothing that a contact is made of.
void settle_other(OpenColumn& column, std::string reason);
/// "content: 48 of 50 are phone numbers"
std::string content_reason(std::size_t count, std::size_t total, const char* what);

/// Headers that need the content's word, and contents that contradict their header.
void settle_by_content(OpenColumn& column);
/// The content may overrule a header that is sure of itself, but only where it is plainly something else.
void contradict(OpenColumn& column);
/// A column of calling codes is one, whatever its header says.
void settle_dial_code(OpenColumn& column);

}  // namespace switchboard::mapping
