#include "host/scaffold/scaffold.h"

#include "core/mapping/manifest/manifest.h"
#include "host/scaffold/plan/make_plan.h"
#include "host/scaffold/write/files.h"

namespace switchboard::scaffold {

Result<Scaffold> from_openapi(std::string_view document, const std::string& name, const std::string& operation, const std::string& id) {
  const auto read = Document::parse(document, name);
  if (!read) return read.error();
  const auto choice = choose_operation(*read, operation);
  if (!choice) return Error{choice.error().kind, name + ": " + choice.error().message, choice.error().remedy};
  const auto plan = make_plan(*read, choice->operation, id);
  if (!plan) return Error{plan.error().kind, name + ": " + plan.error().message, plan.error().remedy};
  Scaffold made;
  made.files = connector_files(*plan);
  // What the host would refuse is not handed out.
  if (const auto manifest = mapping::parse_manifest(made.files.at("connector.json")); !manifest)
    return Error{ErrorKind::Internal, name + ": the manifest that was made of it is none: " + manifest.error().message, "Please report it, with the document."};
  made.operation = choice->operation.shown();
  made.others = choice->others;
  for (const Mark& mark : plan->marks) made.marks.emplace_back(mark.file, mark.text);
  return made;
}

}  // namespace switchboard::scaffold
