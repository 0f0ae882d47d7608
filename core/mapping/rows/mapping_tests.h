#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/mapping/rows/mapping.h"

namespace switchboard::mapping {

/// One of a mapping file's own tests: a row, and what must come out of it.
struct MappingTest {
  int line = 0;
  std::map<std::string, std::string> row;  ///< column → value; columns left out are empty
  std::map<std::string, std::string>
      expect;          ///< field → value; "" = no value; _code: the row is rejected with it
  std::string region;  ///< as --region
};

/// Maps the rows and compares. Errors (Usage): the first test that fails, with what came out.
Result<void> run_tests(const Manifest& manifest, const Mapping& mapping,
                       const std::map<std::string, std::string>& settings,
                       const std::vector<MappingTest>& tests, const std::string& path);

}  // namespace switchboard::mapping
