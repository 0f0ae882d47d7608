#include "host/jobs/contacts_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/base/json_text.h"

namespace switchboard::jobs {

Result<std::unique_ptr<ContactsFile>> ContactsFile::open(const std::string& path, bool goes_on,
                                                         const std::vector<std::string>& columns,
                                                         const mapping::Manifest& manifest) {
  const int mode = goes_on ? O_APPEND : O_TRUNC;
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0600);
  if (descriptor < 0)
    return Error{ErrorKind::Usage, "The file for --contacts, " + path + ", cannot be written.", "Check its directory."};
  auto file = std::make_unique<ContactsFile>();
  file->stream_ = fdopen(descriptor, goes_on ? "a" : "w");
  if (file->stream_ == nullptr) {
    ::close(descriptor);
    return Error{ErrorKind::Storage, "The file for --contacts, " + path + ", cannot be written: no memory is left.", ""};
  }
  file->columns_ = columns;
  for (const auto& column : columns) {
    const auto* field = manifest.field(column);
    using enum mapping::FieldType;
    file->literal_.push_back(field && (field->type == Int || field->type == Number || field->type == Boolean ||
                                       field->type == List));
  }
  return file;
}

ContactsFile::~ContactsFile() {
  if (stream_) std::fclose(stream_);
}

void ContactsFile::add(const mapping::Contact& contact) {
  JsonWriter json;
  json.begin_object();
  contact.part == 0 ? json.member("row", contact.row) : json.member("row", RowId(contact.row, contact.part).text());
  json.key("contact").begin_object();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!contact.values[i]) continue;
    json.key(columns_[i]);
    literal_[i] ? json.raw(*contact.values[i]) : json.string(*contact.values[i]);
  }
  const std::string line = json.end_object().end_object().take() + "\n";
  std::fwrite(line.data(), 1, line.size(), stream_);
}

bool ContactsFile::good() { return std::fflush(stream_) == 0 && !std::ferror(stream_); }

}  // namespace switchboard::jobs
