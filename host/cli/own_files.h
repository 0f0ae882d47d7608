#pragma once

#include <optional>
#include <string>

namespace switchboard::cli {

/// A directory that belongs to this program: `installed` below the prefix it runs from, or, in a build tree,
/// `in_source` below the source it was built from. nullopt: neither is there.
std::optional<std::string> own_directory(const std::string& in_source, const std::string& installed);

/// A program that was built or installed beside this one.
std::optional<std::string> own_program(const std::string& name);

}  // namespace switchboard::cli
