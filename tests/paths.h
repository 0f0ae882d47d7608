#pragma once

#include <filesystem>

namespace switchboard::tests {

/// The source tree, and the test data in it. Told by one object file, so that the others are the same in every tree (and
/// found by a compiler cache).
const std::filesystem::path& source_dir();
const std::filesystem::path& data_dir();

}  // namespace switchboard::tests
