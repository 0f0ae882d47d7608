#pragma once

#include <string>

namespace switchboard {

/// Makes names that were made or removed in the directory durable, as far as its file system can.
void sync_directory(const std::string& path);

/// That of the directory in which the file lies.
void sync_directory_of(const std::string& file);

}  // namespace switchboard
