#include "core/report/rejects.h"

#include "core/report/delimited_rejects.h"

namespace switchboard::report {

Result<std::unique_ptr<RejectsWriter>> RejectsWriter::create(const std::string& path,
                                                             const RejectsShape& shape) {
  const std::string& format = shape.info.format;
  if (format != "csv" && format != "tsv") {
    return Error{ErrorKind::Internal,
                 "Rejected rows of a source of format " + format + " cannot be written yet.", ""};
  }
  auto file = OutputFile::create(path, shape.info.path);
  if (!file) return file.error();
  return std::unique_ptr<RejectsWriter>(std::make_unique<DelimitedRejects>(std::move(*file), shape));
}

std::string rejects_name(const SourceInfo& info) {
  std::string name = info.name == "-" || info.name.empty() ? "stdin" : info.name;
  for (std::string_view packed : {".gz", ".zst", ".zip"}) {
    if (name.size() > packed.size() && name.ends_with(packed)) {
      name.resize(name.size() - packed.size());
      break;
    }
  }
  const auto dot = name.find_last_of('.');
  const bool has_extension = dot != std::string::npos && dot > 0 && dot + 1 < name.size();
  const std::string extension = has_extension         ? name.substr(dot + 1)
                                : info.format.empty() ? "csv"
                                                      : info.format;
  return (has_extension ? name.substr(0, dot) : name) + ".rejects." + extension;
}

}  // namespace switchboard::report
