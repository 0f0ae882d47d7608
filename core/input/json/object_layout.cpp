#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/base/own_columns.h"
#include "core/input/json/json_layout.h"

namespace switchboard::input {
namespace {

using Kind = JsonNode::Kind;

/// More paths than contacts have: an object whose names are ids, say.
/// A longer array stays one cell, as JSON.
constexpr std::size_t kMostElements = 100;

/// What there is at a path, in any of the records.
class Branch {
 public:
  Branch& member(std::string_view name) {
    auto& found = members_.try_emplace(std::string(name), branches_.size()).first->second;
    if (found == branches_.size()) branches_.emplace_back(std::make_unique<Branch>())->step_ = name;
    return *branches_[found];
  }
  Branch& element(std::size_t index) {
    while (elements_.size() <= index) elements_.push_back(std::make_unique<Branch>());
    return *elements_[index];
  }
  /// nullptr: there is none. `guess`: the place that it probably has.
  const Branch* find_member(std::string_view name, std::size_t guess) const {
    if (guess < branches_.size() && branches_[guess]->step_ == name) return branches_[guess].get();
    const auto found = members_.find(name);
    return found == members_.end() ? nullptr : branches_[found->second].get();
  }
  const Branch* find_element(std::size_t index) const { return index < elements_.size() ? elements_[index].get() : nullptr; }

  /// True where nothing was here before.
  bool add_value() { return has_value_ = true, is_new(); }
  bool add_nothing() { return has_nothing_ = true, is_new(); }
  const std::optional<std::size_t>& column() const { return column_; }

  /// Gives columns to all that have values, with what belongs together side by side. Null and empty are values only where
  /// nothing else is.
  void name_columns(const std::string& path, std::vector<std::string>& columns) {
    if (has_value_ || (has_nothing_ && branches_.empty() && elements_.empty())) {
      column_ = columns.size();
      columns.push_back(path.empty() ? "value" : path);
    }
    for (auto& branch : branches_) branch->name_columns(path.empty() ? branch->step_ : path + "." + branch->step_, columns);
    for (std::size_t i = 0; i < elements_.size(); ++i) elements_[i]->name_columns(fmt::format("{}[{}]", path, i), columns);
  }

 private:
  bool is_new() { return !std::exchange(is_known_, true); }

  std::string step_;
  std::vector<std::unique_ptr<Branch>> branches_;  ///< as first met
  std::map<std::string, std::size_t, std::less<>> members_;
  std::vector<std::unique_ptr<Branch>> elements_;
  bool has_value_ = false, has_nothing_ = false, is_known_ = false;
  std::optional<std::size_t> column_;
};

class ObjectLayout final : public JsonLayout {
 public:
  Result<void> learn(const JsonTree& record, std::uint64_t) override {
    if (record.root().kind == Kind::Object) has_objects_ = true;
    else if (record.root().kind == Kind::Array) return {};
    learn(record, 0, record.root().kind == Kind::Object ? objects_ : values_);
    if (paths_ > kMostValuesOfRecord)
      return Error{ErrorKind::Input, fmt::format("its records have more than {} different values", kMostValuesOfRecord),
                   "Export the contacts as a list of objects that all have the same names."};
    return {};
  }

  void fix() override {
    (has_objects_ ? objects_ : values_).name_columns("", columns_);
    // A name may be empty; then it has the number of its column, as in all formats.
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].empty()) columns_[i] = made_up_column(i);
    }
  }
  const std::vector<std::string>& columns() const override { return columns_; }

  std::string fill(const JsonTree& record, JsonRow& row) const override {
    row.cells.assign(columns_.size(), std::string_view());
    row.taken.assign(columns_.size(), false);
    if (has_objects_ && record.root().kind != Kind::Object) return "it is no object, as the others are";
    if (record.root().kind == Kind::Array) return "it is an array, and the others are not";
    fill(record, 0, has_objects_ ? objects_ : values_, row);
    return {};
  }

  std::string with_note(const JsonTree& record, const RejectNote& note) const override {
    if (record.root().kind != Kind::Object) return {};
    std::string members;
    const auto separate = [&] {
      if (!members.empty()) members += ", ";
    };
    bool has_old = false;
    std::string_view before;
    record.each_child(0, [&](std::size_t child) { has_old = has_old || is_reject_column(record.nodes()[child].name); });
    if (!has_old) {
      // As it is written, but for its brackets.
      std::string_view inside = record.raw(record.root());
      inside = inside.substr(1, inside.size() - 2);
      const auto first = inside.find_first_not_of(" \t\r\n");
      if (first != std::string_view::npos) members = inside.substr(first, inside.find_last_not_of(" \t\r\n") - first + 1);
    } else {
      record.each_child(0, [&](std::size_t child) {
        const JsonNode& node = record.nodes()[child];
        if (node.name == kRejectColumns[0]) before = node.text;
        if (is_reject_column(node.name)) return;
        separate();
        members += std::string(node.raw_name) + ": " + std::string(record.raw(node));
      });
    }
    const auto values = note_values(note, before);
    for (std::size_t i = 0; i < values.size(); ++i) {
      separate();
      members += fmt::format("\"{}\": {}", kRejectColumns[i], values[i]);
    }
    return on_one_line("{" + members + "}");
  }

 private:
  void learn(const JsonTree& record, std::size_t number, Branch& branch) {
    const JsonNode& node = record.nodes()[number];
    const std::size_t size = count_children(record, number);
    const bool is_nothing = node.kind == Kind::Null || (node.kind == Kind::Text && node.text.empty()) || (node.is_container() && size == 0);
    if (is_nothing) {
      paths_ += branch.add_nothing() ? 1 : 0;
    } else if (node.kind == Kind::Object) {
      record.each_child(number, [&](std::size_t child) {
        if (paths_ <= kMostValuesOfRecord) learn(record, child, branch.member(record.nodes()[child].name));
      });
    } else if (node.kind == Kind::Array && size <= kMostElements) {
      std::size_t index = 0;
      record.each_child(number, [&](std::size_t child) {
        if (paths_ <= kMostValuesOfRecord) learn(record, child, branch.element(index++));
      });
    } else {
      paths_ += branch.add_value() ? 1 : 0;
    }
  }

  void fill(const JsonTree& record, std::size_t number, const Branch& branch, JsonRow& row) const {
    const JsonNode& node = record.nodes()[number];
    const std::size_t size = count_children(record, number);
    std::size_t index = 0;
    if (node.kind == Kind::Object && size > 0) {
      record.each_child(number, [&](std::size_t child) {
        if (const Branch* next = branch.find_member(record.nodes()[child].name, index++)) fill(record, child, *next, row);
      });
    } else if (node.kind == Kind::Array && size > 0 && size <= kMostElements) {
      record.each_child(number, [&](std::size_t child) {
        if (const Branch* next = branch.find_element(index++)) fill(record, child, *next, row);
      });
    } else if (branch.column()) {
      const std::size_t column = *branch.column();
      row.has_double = row.has_double || row.taken[column];
      row.taken[column] = true;
      // Of a name that stands twice the last one counts, as programs have it.
      row.cells[column] = node.kind == Kind::Null ? std::string_view() : node.is_container() ? record.raw(node) : present(node.text);
    }
  }

  /// An empty text is a cell; one without data would be none.
  static std::string_view present(std::string_view text) { return text.data() == nullptr ? std::string_view("") : text; }

  static std::size_t count_children(const JsonTree& record, std::size_t number) {
    std::size_t count = 0;
    if (record.nodes()[number].is_container()) record.each_child(number, [&](std::size_t) { ++count; });
    return count;
  }

  Branch objects_, values_;
  bool has_objects_ = false;
  std::size_t paths_ = 0;
  std::vector<std::string> columns_;
};

}  // namespace

std::unique_ptr<JsonLayout> make_object_layout() { return std::make_unique<ObjectLayout>(); }

}  // namespace switchboard::input
