#include "core/input/vcard/vcard_rejects.h"

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/output_file.h"
#include "core/base/display_text.h"
#include "core/input/vcard/content_lines.h"
#include "core/input/vcard/property.h"

namespace switchboard::input {
namespace {

/// RFC 6350, 3.4.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) {
    if (c == '\\' || c == ',' || c == ';') out += '\\';
    out += c;
  }
  return out;
}

bool is_ours(std::string_view line) {
  if (line.size() < kRejectPrefix.size()) return false;
  for (std::size_t i = 0; i < kRejectPrefix.size(); ++i) {
    const char c = ascii_upper(line[i]);
    if (c != kRejectPrefix[i]) return false;
  }
  return true;
}

class VcardRejects final : public RejectsWriter {
 public:
  VcardRejects(std::unique_ptr<OutputFile> file, std::string name, std::unique_ptr<ByteStore> bytes, std::unique_ptr<RecordReader> records)
      : file_(std::move(file)), name_(std::move(name)), bytes_(std::move(bytes)), records_(std::move(records)) {}

  Result<void> add(const RejectNote& note) override {
    if (auto found = advance_to(note.row, *records_, record_, name_); !found) return found;
    auto card = read_part(*bytes_, record_.byte_begin, static_cast<std::size_t>(record_.byte_end - record_.byte_begin));
    if (!card) return card.error();
    has_rows_ = true;
    return file_->write(with_note(*card, note));
  }

  Result<void> finish() override {
    auto file = std::move(file_);
    return has_rows_ ? file->commit() : Result<void>();
  }

 private:
  static std::string with_note(const std::string& card, const RejectNote& note) {
    const std::size_t first_end = card.find_first_of("\r\n");
    const std::string line_end = first_end == std::string::npos ? "\r\n" : card.substr(first_end, line_end_size(card, first_end));
    // The card without its last line, and without what an earlier rejects file added (no line of that was ever folded).
    std::string out, last;
    bool dropped = false;
    for (std::size_t begin = 0; begin < card.size();) {
      std::size_t end = card.find_first_of("\r\n", begin);
      if (end == std::string::npos) end = card.size();
      std::size_t next = end;
      if (next < card.size()) next += line_end_size(card, next);
      const std::string_view line = std::string_view(card).substr(begin, end - begin);
      const bool folded = !line.empty() && (line.front() == ' ' || line.front() == '\t');
      dropped = is_ours(line) || (dropped && folded);
      if (!dropped) {
        out += last;
        last = card.substr(begin, next - begin);
      }
      begin = next;
    }
    const bool ended = is_end(std::string_view(last).substr(0, last.find_first_of("\r\n")));
    if (!ended) out += std::exchange(last, "END:VCARD" + line_end);
    const std::string_view first = std::string_view(out).substr(0, out.find_first_of("\r\n"));
    if (!is_begin(first)) {
      // Most of the mark may still be there.
      if (first.ends_with(":VCARD") || first.starts_with("BEGIN:")) out.erase(0, std::min(first.size() + line_end.size(), out.size()));
      out.insert(0, "BEGIN:VCARD" + line_end);
    }
    if (!out.empty() && !out.ends_with('\n') && !out.ends_with('\r')) out += line_end;
    if (!ended && out.size() > line_end.size() && out[out.size() - line_end.size() - 1] == '=') out += line_end;  // a soft break that would go on
    const std::pair<const char*, std::string> ours[] = {
        {"ROW", row_text(note)}, {"CODE", note.code}, {"FIELD", note.field}, {"MESSAGE", note.message}};
    for (const auto& [name, value] : ours) out += std::string(kRejectPrefix) + name + ":" + escaped(value) + line_end;
    if (!last.empty() && last.find_first_of("\r\n") == std::string::npos) last += line_end;
    return out + last;
  }

  std::unique_ptr<OutputFile> file_;
  std::string name_;
  std::unique_ptr<ByteStore> bytes_;
  std::unique_ptr<RecordReader> records_;
  Record record_;
  bool has_rows_ = false;
};

}  // namespace

Result<std::unique_ptr<RejectsWriter>> create_vcard_rejects(const std::string& path, const SourceInfo& info,
                                                            std::unique_ptr<ByteStore> bytes,
                                                            std::unique_ptr<RecordReader> records) {
  auto file = OutputFile::create(path, info.path);
  if (!file) return file.error();
  return std::unique_ptr<RejectsWriter>(
      std::make_unique<VcardRejects>(std::move(*file), info.name, std::move(bytes), std::move(records)));
}

}  // namespace switchboard::input
