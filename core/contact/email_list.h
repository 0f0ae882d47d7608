#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace switchboard::contact {

/// The addresses of a cell that may hold several, as written, display names with theirs: "a@x.org, b@x.org", "a@x.org / b@x.org",
/// "a@x.org b@x.org", "\"Doe, Jane\" <jane@x.org>; bob@x.org", a JSON array of strings. Words for nothing (placeholder.h) are
/// left out; so the result may be empty. What is no address comes back as it is, for parse_email to say so.
std::vector<std::string> split_emails(std::string_view text);

/// The one that split_emails() gives for the repaired cell, without a copy, where that is easily told: nearly always. Empty: the
/// cell is empty, or has to be looked at closely.
std::string_view only_email(std::string_view cell);

}  // namespace switchboard::contact
