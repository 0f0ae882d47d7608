#include "core/input/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/input/byte_store.h"
#include "core/input/csv_source.h"
#include "core/input/format_detect.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{64} << 10;
constexpr std::array<std::string_view, 2> kFormats = {"csv", "tsv"};

Result<void> check_options(const InputOptions& options) {
  if (options.format && std::find(kFormats.begin(), kFormats.end(), *options.format) == kFormats.end()) {
    return Error{ErrorKind::Usage, fmt::format("--format {}: this format cannot be read", *options.format),
                 "Readable are: csv, tsv."};
  }
  return {};
}

/// A format named by hand goes before the looks of text, but makes no text of what is none.
bool is_given_as_text(const InputOptions& options, Format format) {
  return options.format && (format == Format::VCard || format == Format::Json);
}

}  // namespace

Result<std::unique_ptr<Source>> Source::open(const std::string& path, const InputOptions& options) {
  if (auto possible = check_options(options); !possible) return possible.error();
  const std::string name = options.name.value_or(base_name(path));
  auto file = open_file(path, name);
  if (!file) return file.error();
  auto store = (*file)();
  if (!store) return store.error();
  auto head = read_part(**store, 0, kHeadBytes);
  if (!head) return head.error();

  const DetectedFormat detected = detect_format(*head);
  if (detected.format == Format::Empty && head->size() < (*store)->size()) {
    return Error{ErrorKind::Input,
                 fmt::format("{}: the first {} bytes are all white space", name, head->size()),
                 "Take the blank lines at its start out."};
  }
  if (detected.format != Format::Delimited && !is_given_as_text(options, detected.format))
    return refuse(detected, name);
  if (options.sheet) {
    return Error{ErrorKind::Usage,
                 fmt::format("--sheet {}: {} is delimited text and has no sheets", *options.sheet, name),
                 "Leave --sheet out."};
  }
  return open_csv(std::move(*file), name, path, options);
}

}  // namespace switchboard::input
