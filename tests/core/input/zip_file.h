#pragma once

#include <doctest/doctest.h>
#include <zip.h>

#include <string>
#include <utility>
#include <vector>

namespace switchboard::input::testing {

using ZipParts = std::vector<std::pair<std::string, std::string>>;  ///< name and content

/// Makes a zip archive; a name that ends in "/" is a directory. `password`: every file is encrypted with it (AES).
inline void make_zip(const std::string& path, const ZipParts& parts, const char* password = nullptr) {
  zip_t* archive = ::zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  REQUIRE(archive != nullptr);
  for (const auto& [name, text] : parts) {
    if (name.ends_with('/')) {
      ::zip_dir_add(archive, name.c_str(), 0);
      continue;
    }
    const zip_int64_t index = ::zip_file_add(archive, name.c_str(), ::zip_source_buffer(archive, text.data(), text.size(), 0), 0);
    REQUIRE(index >= 0);
    if (password != nullptr) REQUIRE(::zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password) == 0);
  }
  REQUIRE(::zip_close(archive) == 0);
}

}  // namespace switchboard::input::testing
