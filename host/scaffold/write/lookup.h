#pragma once

#include <string>

#include "host/scaffold/write/code.h"

namespace switchboard::scaffold {

/// What the plan's list of contacts becomes in each of the connector's files; nothing without one.
void write_search(std::string& header, const Plan& plan);
/// `path`: the list's address as an expression.
void write_question(Code& code, const Plan& plan, const std::string& path);
void write_read_page(Code& code, const Plan& plan);
/// The emulator's side; `key`: what a stored contact is known by, as an expression over `contact`.
void write_list(Code& code, const Plan& plan, const std::string& key);

}  // namespace switchboard::scaffold
