#pragma once

#include <optional>
#include <string_view>

#include "core/input/file_kind.h"

namespace switchboard::input {

/// What a text is whose first bytes do not say it any more: a few of them were overwritten or changed, and what follows could be no
/// delimited text. vCards and JSON are named as what they are, so that their readers reject what is damaged; markup cannot be read
/// (FileKind::Damaged). Nothing: it may well be delimited text. `head`: the first bytes, without a byte order mark; `whole`: all of them.
std::optional<Looks> looks_behind_damage(std::string_view head, bool whole);

}  // namespace switchboard::input
