#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/input/json/json_elements.h"
#include "core/input/json/json_layout.h"
#include "core/input/source.h"
#include "core/input/text/charset.h"

namespace switchboard::input {

/// How the records of a file are read.
struct JsonPlan {
  OpenBytes bytes;
  std::string name;
  std::string charset;  ///< of a file that is not UTF-8 but has one byte a character; empty: it is
  JsonList list;
  std::shared_ptr<const JsonLayout> layout;  ///< shared: the source's, and that of the readers that outlive it; never changed
};

/// Takes one record after another out of the list, parsed.
class JsonStream {
 public:
  static Result<JsonStream> open(const JsonPlan& plan);

  /// False: the end. Errors: those of JsonElements.
  Result<bool> next();

  const JsonElement& element() const { return element_; }
  /// Empty where the record cannot be read.
  const JsonTree& tree() const { return *tree_; }
  /// Why it cannot be read: code and message; nothing: it can.
  const std::optional<Issue>& issue() const { return issue_; }
  /// How many were taken, blank ones and headers too.
  std::uint64_t number() const { return number_; }
  /// The record in UTF-8, as far as it can be: what a text is made of that cannot be read. At most a few MB.
  std::string readable() const;
  const JsonElements& elements() const { return *elements_; }

 private:
  std::unique_ptr<JsonElements> elements_;
  std::unique_ptr<JsonTree> tree_;
  std::unique_ptr<Charset> charset_;
  JsonElement element_;
  std::string converted_;
  std::optional<Issue> issue_;
  std::uint64_t number_ = 0;
};

/// The issue of a record that cannot be read.
Issue unreadable_record(const std::string& why, const char* code = "row.damaged");

class JsonReader final : public RecordReader {
 public:
  JsonReader(const JsonPlan& plan, JsonStream stream) : layout_(plan.layout), list_(plan.list.kind), stream_(std::move(stream)) {}

  Result<bool> next(Record& record) override;
  const LineCounts& lines() const override { return lines_; }
  std::uint64_t bytes_read() const override { return stream_.elements().offset(); }
  const std::vector<std::string>& warnings() const override { return warnings_; }

  /// The record that next() gave last, with a note; on one line.
  std::string noted(const RejectNote& note) const;
  std::string rejects_header() const { return layout_->rejects_header(); }
  /// The rejects are a JSON array, too.
  bool is_array() const { return list_ == JsonList::Kind::Array || list_ == JsonList::Kind::Members; }

 private:
  std::shared_ptr<const JsonLayout> layout_;  ///< shared, see JsonPlan
  JsonList::Kind list_;
  JsonStream stream_;
  JsonRow row_;
  std::optional<Issue> issue_;
  std::uint64_t rows_ = 0, above_ = 0, header_ = 0, blank_ = 0;
  std::uint64_t doubled_ = 0, first_doubled_ = 0;
  LineCounts lines_;
  std::vector<std::string> warnings_;
};

}  // namespace switchboard::input
