#include "host/jobs/phone_engine.h"

#include <dlfcn.h>

#include <filesystem>
#include <string>

namespace switchboard::jobs {
namespace {

namespace fs = std::filesystem;

/// From a library of ours that stands beside the program, since it needs one that not everybody has.
struct PlanLibrary {
  const char* file;
  const char* needs;    ///< what it is made of
  const char* package;  ///< that brings this
};

Result<const contact::NumberingPlan*> load(const PlanLibrary& of) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path file = program.parent_path().parent_path() / SWITCHBOARD_LIBDIR / "switchboard" / of.file;
  void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  using Entry = const contact::NumberingPlan* (*)();
  const auto entry = library == nullptr ? nullptr : reinterpret_cast<Entry>(::dlsym(library, "switchboard_numbering_plan"));
  if (entry == nullptr) {
    const char* reason = ::dlerror();
    return Error{ErrorKind::Usage,
                 std::string(of.needs) + " cannot be used: " + file.string() + " cannot be loaded (" + (reason == nullptr ? "" : reason) + ").",
                 "Install " + std::string(of.package) + " and all of Switchboard's files, or leave --phone-engine out."};
  }
  return entry();
}

}  // namespace

std::string_view help_of(PhoneEngine engine) {
  switch (engine) {
    case PhoneEngine::Tables:
      return "our tables";
    case PhoneEngine::Libphonenumber:
      return "libphonenumber's older plans";
  }
  return {};
}

Result<const contact::NumberingPlan*> plan_of(PhoneEngine engine) {
  switch (engine) {
    case PhoneEngine::Tables:
      return &contact::newest_plan();
    case PhoneEngine::Libphonenumber: {
      static const Result<const contact::NumberingPlan*> plan = load({"libphonenumber_plan.so", "libphonenumber", "libphonenumber8"});
      return plan;
    }
  }
  return Error{ErrorKind::Internal, "There is a phone engine without numbering plans.", ""};
}

}  // namespace switchboard::jobs
