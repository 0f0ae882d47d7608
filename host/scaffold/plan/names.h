#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::scaffold {

/// "listId" → "list_id", "X-Account" → "x_account": [a-z][a-z0-9_]*, at most 40 letters, never two _ together.
std::string snake(std::string_view name);
/// Letters and digits in lower case: "Created-Count" → "createdcount".
std::string letters(std::string_view name);
/// The name, or with the first number that nobody has; it is taken then.
std::string unique(std::string name, std::set<std::string>& taken);
/// A vendor's text for people: one line, printable, cut.
std::string said(std::string_view text, std::size_t most = 200);
/// The same in double quotes.
std::string in_quotes(std::string_view text);
/// Whether a header may bear this name (RFC 9110) and is not the host's own business.
bool is_header_of_ours(std::string_view name);
/// Whether a text contains one of these words.
bool speaks_of(std::string_view text, std::initializer_list<std::string_view> words);
/// Whether it is one of them.
bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words);

}  // namespace switchboard::scaffold
