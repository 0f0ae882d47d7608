#include "core/mapping/rows/mapping_tests.h"

#include <algorithm>

#include "core/mapping/rows/mapper.h"
#include "core/mapping/rows/propose.h"

namespace switchboard::mapping {
namespace {

Error failed(const std::string& path, int line, const std::string& problem) {
  return {ErrorKind::Usage,
          path + ", line " + std::to_string(line) + ": the mapping's test fails: " + problem,
          "Correct the mapping or the test."};
}

Result<void> run_test(const Manifest& manifest, const Mapping& mapping,
                      const std::map<std::string, std::string>& settings, const MappingTest& test,
                      const std::string& path) {
  MapOptions options;
  options.settings = settings;
  options.region = test.region;
  auto mapper = Mapper::create(manifest, mapping, mapping.columns, options);
  if (!mapper) return mapper.error();
  Record record;
  record.row = 1;
  record.cells.assign(mapping.columns.size(), std::string_view{});
  for (const auto& [name, value] : test.row) {
    auto column = find_column(mapping.columns, name, "the test");
    if (!column) return failed(path, test.line, column.error().message);
    const auto index =
        std::find(mapping.columns.begin(), mapping.columns.end(), *column) - mapping.columns.begin();
    record.cells[static_cast<std::size_t>(index)] = value;
  }
  Contact contact;
  std::vector<Issue> issues;
  const bool accepted = mapper->map(record, contact, issues);
  std::string code;
  for (const Issue& issue : issues) {
    if (issue.severity == Issue::Severity::Reject && code.empty()) code = issue.code;
  }
  const auto expected_code = test.expect.find("_code");
  if (expected_code != test.expect.end() ? code != expected_code->second : !accepted) {
    return failed(path, test.line,
                  (code.empty() ? "the row is accepted" : "the row is rejected with " + code) +
                      (expected_code == test.expect.end() ? "" : ", expected " + expected_code->second));
  }
  const auto& names = mapper->columns();
  for (const auto& [field, expected] : test.expect) {
    if (field == "_code") continue;
    const auto found = std::find(names.begin(), names.end(), field);
    if (found == names.end()) return failed(path, test.line, "there is no field \"" + field + "\"");
    const auto& value = contact.values[static_cast<std::size_t>(found - names.begin())];
    // The row is the author's own example, not a contact: it may be shown.
    if (value.value_or("") != expected)
      return failed(path, test.line,
                    field + " is \"" + value.value_or("") + "\", expected \"" + expected + "\"");
  }
  return {};
}

}  // namespace

Result<void> run_tests(const Manifest& manifest, const Mapping& mapping,
                       const std::map<std::string, std::string>& settings,
                       const std::vector<MappingTest>& tests, const std::string& path) {
  for (const MappingTest& test : tests) {
    if (auto passed = run_test(manifest, mapping, settings, test, path); !passed) return passed;
  }
  return {};
}

}  // namespace switchboard::mapping
