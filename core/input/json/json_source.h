#pragma once

#include <memory>
#include <utility>

#include "core/input/format.h"
#include "core/input/json/json_reader.h"

namespace switchboard::input {

/// A file in JSON, opened.
class JsonSource final : public FileSource {
 public:
  JsonSource(OpenBytes file, SourceInfo info, JsonPlan plan) : FileSource(std::move(file), std::move(info)), plan_(std::move(plan)) {}

  Result<std::unique_ptr<RecordReader>> read() const override;
  Result<std::unique_ptr<RejectsWriter>> write_rejects(const std::string& path) const override;
  Result<std::unique_ptr<JsonReader>> read_json() const;

 private:
  JsonPlan plan_;
};

/// Finds the list and reads it once, for the columns that its records have together. Errors (Input): cut, no JSON between
/// records, more columns than are read, no record that can be read. What is wrong inside a record is for the reader.
Result<std::unique_ptr<Source>> open_json(Opening opening);

}  // namespace switchboard::input
