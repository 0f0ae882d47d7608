#include "core/input/delimited/csv_rejects.h"

#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::input {
namespace {

class CsvRejects final : public RejectsWriter {
 public:
  CsvRejects(std::unique_ptr<DelimitedRejects> file, std::string name, std::unique_ptr<CsvRecordReader> reader,
             std::unique_ptr<CsvRecordPicker> picker)
      : file_(std::move(file)), name_(std::move(name)), reader_(std::move(reader)), picker_(std::move(picker)) {}

  Result<void> add(const RejectNote& note) override {
    if (note.byte_begin) {
      auto there = picker_->pick(*note.byte_begin, picked_);
      if (!there) return there.error();
      if (!*there) return Error{ErrorKind::Drift, name_ + " became shorter during the run.", ""};
      return file_->add({picker_->raw(), picked_}, note);
    }
    if (auto there = advance_to(note.row, *reader_, record_, name_); !there) return there;
    return file_->add({reader_->raw(), record_.cells}, note);
  }
  Result<void> finish() override { return file_->finish(); }

 private:
  std::unique_ptr<DelimitedRejects> file_;
  std::string name_;
  std::unique_ptr<CsvRecordReader> reader_;  ///< for rows of which nobody knows where they begin
  Record record_;
  std::unique_ptr<CsvRecordPicker> picker_;  ///< for the others
  std::vector<std::string_view> picked_;
};

}  // namespace

Result<std::unique_ptr<RejectsWriter>> make_csv_rejects(const std::string& path, const RejectsShape& shape,
                                                        std::unique_ptr<CsvRecordReader> reader,
                                                        std::unique_ptr<CsvRecordPicker> picker) {
  auto file = DelimitedRejects::create(path, shape);
  if (!file) return file.error();
  return std::unique_ptr<RejectsWriter>(
      std::make_unique<CsvRejects>(std::move(*file), shape.info.name, std::move(reader), std::move(picker)));
}

}  // namespace switchboard::input
