#include "core/input/delimited/csv_rejects.h"

#include <utility>

namespace switchboard::input {
namespace {

class CsvRejects final : public RejectsWriter {
 public:
  CsvRejects(std::unique_ptr<DelimitedRejects> file, std::string name, std::unique_ptr<CsvRecordReader> reader)
      : file_(std::move(file)), name_(std::move(name)), reader_(std::move(reader)) {}

  Result<void> add(const RejectNote& note) override {
    if (auto there = advance_to(note.row, *reader_, record_, name_); !there) return there;
    return file_->add({reader_->raw(), record_.cells}, note);
  }
  Result<void> finish() override { return file_->finish(); }

 private:
  std::unique_ptr<DelimitedRejects> file_;
  std::string name_;
  std::unique_ptr<CsvRecordReader> reader_;
  Record record_;
};

}  // namespace

Result<std::unique_ptr<RejectsWriter>> make_csv_rejects(const std::string& path, const RejectsShape& shape,
                                                        std::unique_ptr<CsvRecordReader> reader) {
  auto file = DelimitedRejects::create(path, shape);
  if (!file) return file.error();
  return std::unique_ptr<RejectsWriter>(
      std::make_unique<CsvRejects>(std::move(*file), shape.info.name, std::move(reader)));
}

}  // namespace switchboard::input
