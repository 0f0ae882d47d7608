// What checks of answers begin from: answers as trees, the vendor's own among them, and one exchange of each kind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json_tree.h"
#include "subject.h"

namespace switchboard::conformance {

/// nullopt: its body is neither JSON nor lines of it.
std::optional<JsonTree> tree_of(const Response& response);

/// The exchange's answer with another body.
Response with_body(const Exchange& at, std::string body);

/// Whether the vendor's own good answers of this operation include one like it: the same status and, where there is a body,
/// all of its members with these values.
bool is_vendors(const Subject& subject, std::uint32_t op, const Response& invented);

/// Whether an answer still names a contact: a value of its row or, where the request asks about that row alone, one that the
/// request's path holds.
bool names_row(const JsonTree& answer, const Exchange& at, std::uint32_t row);

/// The answer without the entries of its lists that bear this id; nullopt: they do not stand in a list, or nothing is left of it.
std::optional<JsonTree> without_entry(const JsonTree& tree, const std::string& id);

/// Of a page of lines those that are no entries: with a member that no other line has, which says something of all. The last one often does.
void keep_what_sums_up(JsonTree& lines);

/// The entry of a contact as if it were another's: ids, phones and addresses are others, words stay as they are.
JsonTree of_somebody_else(JsonTree entry, int number);

/// Exchanges of all runs, one for each operation, step, state of the chain and shape of what became of it. Those of single rows are not among
/// them, unless asked for where an operation has no others.
std::vector<const Exchange*> kinds_of_exchanges(const Subject& subject, bool single_rows = false);

}  // namespace switchboard::conformance
