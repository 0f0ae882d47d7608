#include "core/mapping/rows/transform.h"

#include <algorithm>
#include <map>

#include "core/contact/text.h"
#include "core/mapping/rows/cells.h"
#include "core/mapping/rows/dates.h"
#include "core/mapping/rows/letter_case.h"
#include "core/mapping/manifest/pattern.h"

namespace switchboard::mapping {
namespace {

/// A piece of a template: literal text, or a column.
struct Piece {
  bool is_column = false;
  std::string text;
  std::size_t index = 0;
};

Result<std::vector<Piece>> parse_template(const std::string& text) {
  std::vector<Piece> pieces;
  std::string literal;
  const auto flush = [&] {
    if (!literal.empty()) pieces.push_back({false, literal, 0});
    literal.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if ((c == '{' || c == '}') && at + 1 < text.size() && text[at + 1] == c) {
      literal += c;
      ++at;
    } else if (c == '{') {
      const auto end = text.find('}', at);
      if (end == std::string::npos || end == at + 1) {
        return Error{ErrorKind::Usage,
                     "the template \"" + text + "\" has a { without a column and a } behind it",
                     "Write {Column name}; {{ stands for a brace."};
      }
      flush();
      pieces.push_back({true, text.substr(at + 1, end - at - 1), 0});
      at = end;
    } else if (c == '}') {
      return Error{ErrorKind::Usage, "the template \"" + text + "\" has a } without {",
                   "Write }} for a brace."};
    } else {
      literal += c;
    }
  }
  flush();
  return pieces;
}

}  // namespace

Result<std::vector<std::string>> template_columns(const std::string& text) {
  auto pieces = parse_template(text);
  if (!pieces) return pieces.error();
  std::vector<std::string> columns;
  for (const Piece& piece : *pieces) {
    if (piece.is_column) columns.push_back(piece.text);
  }
  return columns;
}

struct Transform::Impl {
  FieldSource source;
  std::vector<std::size_t> columns;
  std::vector<std::string> names;
  std::vector<Piece> pieces;
  std::optional<Pattern> pattern;
  std::map<std::string, std::string> lookup;  ///< folded keys
  bool is_plain = false;  ///< nothing is done but to take the first filled cell

  Outcome raw(const Record& record) const {
    if (source.constant) return {*source.constant, {}, nullptr};
    if (source.template_) return {from_template(record), {}, nullptr};
    if (!source.join_separator.empty()) return {joined(record), {}, nullptr};
    for (std::size_t i = 0; i < columns.size(); ++i) {
      std::string_view value = cell(record, columns[i]);
      if (value.empty()) continue;
      if (!source.split_separator) return {std::string(value), names[i], nullptr};
      value = part(value);
      if (!value.empty()) return {std::string(value), names[i], nullptr};
    }
    return {std::nullopt, names.empty() ? std::string_view{} : std::string_view(names.front()), nullptr};
  }

  std::optional<std::string> from_template(const Record& record) const {
    std::string text;
    bool any = false;
    for (const Piece& piece : pieces) {
      if (!piece.is_column) {
        text += piece.text;
      } else if (const auto value = cell(record, piece.index); !value.empty()) {
        text += value;
        any = true;
      }
    }
    // A template of literals only is a constant; one whose columns are all empty has no value.
    const bool has_columns =
        std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.is_column; });
    if (has_columns && !any) return std::nullopt;
    return text;
  }

  std::optional<std::string> joined(const Record& record) const {
    std::string text;
    for (const std::size_t column : columns) {
      const auto value = cell(record, column);
      if (value.empty()) continue;
      if (!text.empty()) text += source.join_separator;
      text += value;
    }
    if (text.empty()) return std::nullopt;
    return text;
  }

  std::string_view part(std::string_view value) const {
    const std::string& separator = *source.split_separator;
    if (source.split_index == kLastPart) {
      const auto at = value.rfind(separator);
      return contact::trim(at == std::string_view::npos ? value : value.substr(at + separator.size()));
    }
    std::size_t begin = 0;
    for (std::size_t n = 0;; ++n) {
      const auto end = value.find(separator, begin);
      if (n == source.split_index)
        return contact::trim(value.substr(begin, end == std::string_view::npos ? end : end - begin));
      if (end == std::string_view::npos) return {};
      begin = end + separator.size();
    }
  }
};

Transform::Transform(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Transform::Transform(Transform&&) noexcept = default;
Transform& Transform::operator=(Transform&&) noexcept = default;
Transform::~Transform() = default;

Result<Transform> Transform::compile(const FieldSource& source, const std::vector<std::string>& columns) {
  auto impl = std::make_unique<Impl>();
  impl->source = source;
  const auto index_of = [&](const std::string& name) -> Result<std::size_t> {
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found == columns.end()) {
      return Error{ErrorKind::Usage,
                   "the mapping uses the column \"" + name + "\", which the file does not have",
                   "Correct the mapping."};
    }
    return static_cast<std::size_t>(found - columns.begin());
  };
  for (const std::string& name : source.columns) {
    auto index = index_of(name);
    if (!index) return index.error();
    impl->columns.push_back(*index);
    impl->names.push_back(name);
  }
  if (source.template_) {
    auto pieces = parse_template(*source.template_);
    if (!pieces) return pieces.error();
    for (Piece& piece : *pieces) {
      if (!piece.is_column) continue;
      auto index = index_of(piece.text);
      if (!index) return index.error();
      piece.index = *index;
    }
    impl->pieces = std::move(*pieces);
  }
  if (source.regex) {
    auto pattern = Pattern::compile(*source.regex);
    if (!pattern) return pattern.error();
    impl->pattern = std::move(*pattern);
  }
  for (const auto& [from, to] : source.lookup) impl->lookup.emplace(contact::fold(contact::trim(from)), to);
  impl->is_plain = !source.constant && !source.template_ && source.join_separator.empty() && !source.split_separator && !impl->pattern &&
                   impl->lookup.empty() && !source.letter_case && !source.date_format && !source.default_value;
  return Transform(std::move(impl));
}

std::optional<Transform::Cell> Transform::as_it_stands(const Record& record) const {
  if (!impl_->is_plain) return std::nullopt;
  for (std::size_t i = 0; i < impl_->columns.size(); ++i) {
    if (const std::string_view value = cell(record, impl_->columns[i]); !value.empty()) return Cell{value, impl_->names[i]};
  }
  return Cell{};
}

Transform::Outcome Transform::apply(const Record& record) const {
  Outcome outcome = impl_->raw(record);
  const FieldSource& source = impl_->source;
  if (outcome.value) {
    std::string& value = *outcome.value;
    if (impl_->pattern) value = impl_->pattern->replace(value, source.regex_replacement.value_or(""));
    if (!impl_->lookup.empty()) {
      const auto found = impl_->lookup.find(contact::fold(contact::trim(value)));
      if (found != impl_->lookup.end()) value = found->second;
    }
    if (source.letter_case) value = in_letter_case(value, *source.letter_case);
    if (source.date_format && !contact::trim(value).empty()) {
      if (auto date = read_date(value, *source.date_format)) {
        value = *date;
      } else {
        outcome.code = "date.invalid";
      }
    }
    if (contact::trim(value).empty()) outcome.value.reset();
  }
  if (!outcome.value && source.default_value) outcome = from_default();
  return outcome;
}

Transform::Outcome Transform::from_default() const { return {impl_->source.default_value, {}, nullptr}; }

}  // namespace switchboard::mapping
