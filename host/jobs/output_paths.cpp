#include "host/jobs/output_paths.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/input/rejects.h"
#include "core/report/formats.h"

namespace switchboard::jobs {
namespace {

namespace fs = std::filesystem;

bool same_file(const std::string& a, const std::string& b) {
  std::error_code failed;
  if (fs::equivalent(a, b, failed)) return true;
  const auto place = [&](const std::string& path) { return fs::weakly_canonical(fs::absolute(path, failed), failed); };
  return place(a) == place(b);
}

std::string named(const OutputPath& output) {
  return output.option.empty() ? output.file.shown : "--" + output.option + " " + output.file.shown;
}

/// As the command line has it: a file of that name is ./-.
bool is_standard_input(const NamedFile& file) { return file.shown == "-"; }

NamedFile labelled(const NamedFile& file, const std::string& label) {
  if (label.empty() || is_standard_input(file)) return file;
  const fs::path path = file.shown;
  const std::string name = path.filename().string();
  const std::size_t end = name.find(".rejects");
  const std::size_t at = end != std::string::npos ? end : std::min(name.rfind('.'), name.size());
  return NamedFile::of((path.parent_path() / (name.substr(0, at) + "." + label + name.substr(at))).string());
}

}  // namespace

JobFiles files_of(const JobRequest& request, const SourceInfo& info, const std::string& label) {
  JobFiles files;
  files.label = label;
  files.rejects = labelled(request.rejects.given() ? request.rejects : NamedFile::of(input::rejects_name(info)), label);
  if (request.contacts.given()) files.contacts = labelled(request.contacts, label);
  return files;
}

std::vector<OutputPath> outputs_of(const JobRequest& request, const std::vector<JobWithFiles>& jobs) {
  std::vector<OutputPath> outputs;
  for (const auto& file : request.reports) outputs.push_back({"report", file});
  for (const auto& job : jobs) {
    outputs.push_back({request.rejects.given() ? "rejects" : "", job.files.rejects});
    if (job.files.contacts.given()) outputs.push_back({"contacts", job.files.contacts});
  }
  return outputs;
}

Result<void> check_outputs(const JobRequest& request, const std::string& source, const std::vector<OutputPath>& outputs) {
  std::vector<std::pair<std::string, std::string>> inputs;  // what it is, path
  if (source != "-") inputs.emplace_back("the file that is imported", source);
  for (const auto& [option, file] : {std::pair("map", &request.map), std::pair("suppress", &request.suppress),
                                     std::pair("config", &request.config), std::pair("ca-file", &request.ca_file)})
    if (file->given()) inputs.emplace_back(std::string("the file of --") + option, file->path);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const auto& output = outputs[i];
    if (is_standard_input(output.file))
      return usage_error(named(output) + ": that is standard input, and no file to write.", "Name a file; ./- is one that is called so.");
    if (output.option == "report") {
      if (report::format_of_file(output.file.path) == nullptr)
        return usage_error(named(output) + ": the ending says the form, and it is none of " + report::file_endings() + ".", "");
    }
    // Found out now and not when everything was sent.
    std::error_code failed;
    const auto type = fs::status(output.file.path, failed).type();
    // A link of the name that we choose came with the folder, and leads where whoever packed it wants.
    if (output.option.empty() && fs::is_symlink(fs::symlink_status(output.file.path, failed)))
      return usage_error(named(output) + " cannot be written: it is a symbolic link, and those are followed only where you name them.",
                         "Move it away, or name the rejects file with --rejects FILE.");
    const bool device = type == fs::file_type::character && output.option != "report";  // as /dev/null for nobody's rejects
    if (output.option != "contacts" && fs::exists(fs::file_status(type)) && type != fs::file_type::regular && !device)
      return usage_error(named(output) + " cannot be written: it is " + (type == fs::file_type::directory ? "a directory." : "not a regular file."), "Name another file.");
    for (const auto& [what, path] : inputs)
      if (same_file(output.file.path, path))
        return usage_error(named(output) + " would be written over " + what + ".", "Give it another name.");
    for (std::size_t j = 0; j < i; ++j)
      if (same_file(output.file.path, outputs[j].file.path))
        return usage_error(named(output) + " and " + named(outputs[j]) + " are one file.", "Give each its own name.");
    const auto directory = fs::path(output.file.path).parent_path();
    if (access(directory.c_str(), W_OK | X_OK) != 0)
      return usage_error("No file can be written in " + directory.string() + " (for " + output.file.shown + ").",
                   "Name another place with --rejects, --contacts or --report, or run in a directory of yours.");
  }
  return {};
}

}  // namespace switchboard::jobs
