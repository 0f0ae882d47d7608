#include "core/input/json/json_rejects.h"

#include <utility>

#include "core/base/output_file.h"

namespace switchboard::input {
namespace {

class JsonRejects final : public RejectsWriter {
 public:
  JsonRejects(std::unique_ptr<OutputFile> file, std::string name, std::unique_ptr<JsonReader> reader)
      : file_(std::move(file)), name_(std::move(name)), reader_(std::move(reader)) {}

  Result<void> add(const RejectNote& note) override {
    if (auto there = advance_to(note.row, *reader_, record_, name_); !there) return there;
    if (!has_rows_) {
      if (const std::string header = reader_->rejects_header(); !header.empty()) {
        if (auto written = write(header); !written) return written;
      }
    }
    has_rows_ = true;
    return write(reader_->noted(note));
  }

  Result<void> finish() override {
    auto file = std::move(file_);
    if (!has_rows_) return {};
    if (reader_->is_array()) {
      if (auto written = file->write("\n]\n"); !written) return written;
    }
    return file->commit();
  }

 private:
  Result<void> write(const std::string& record) {
    const char* before = !reader_->is_array() ? "" : is_begun_ ? ",\n" : "[\n";
    is_begun_ = true;
    return file_->write(before + record + (reader_->is_array() ? "" : "\n"));
  }

  std::unique_ptr<OutputFile> file_;
  std::string name_;
  std::unique_ptr<JsonReader> reader_;
  Record record_;
  bool is_begun_ = false, has_rows_ = false;
};

}  // namespace

Result<std::unique_ptr<RejectsWriter>> make_json_rejects(const std::string& path, const SourceInfo& info, std::unique_ptr<JsonReader> reader) {
  auto file = OutputFile::create(path, info.path);
  if (!file) return file.error();
  return std::unique_ptr<RejectsWriter>(std::make_unique<JsonRejects>(std::move(*file), info.name, std::move(reader)));
}

}  // namespace switchboard::input
