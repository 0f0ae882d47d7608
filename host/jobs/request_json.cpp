#include "host/jobs/request_json.h"

#include <Poco/JSON/Parser.h>

#include <stdexcept>
#include <type_traits>

#include "core/base/json_text.h"

namespace switchboard::jobs {
namespace {

constexpr const char* kSchema = "switchboard.request/1";

class Writer {
 public:
  explicit Writer(JsonWriter& json) : json_(json) {}
  template <class Member>
  void operator()(const char* option, const Member& member, Kept kept) {
    if (kept == Kept::Yes) put(option, member);
  }

 private:
  void put(const char* option, bool value) {
    if (value) json_.key(option).boolean(value);
  }
  void put(const char* option, const std::string& value) {
    if (!value.empty()) json_.member(option, value);
  }
  void put(const char* option, const std::optional<std::uint64_t>& value) {
    if (value) json_.member(option, *value);
  }
  void put(const char* option, const NamedFile& file) { put(option, file.path); }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void put(const char* option, Enum value) {
    put(option, word_of(value));  // one without a word is what nobody said
  }
  void put(const char* option, const std::vector<std::string>& values) {
    if (values.empty()) return;
    json_.key(option).begin_array();
    for (const auto& value : values) json_.string(value);
    json_.end_array();
  }
  void put(const char* option, const std::vector<NamedFile>& files) {
    std::vector<std::string> paths;
    for (const auto& file : files) paths.push_back(file.path);
    put(option, paths);
  }

  JsonWriter& json_;
};

/// Reads a value, or a list of values, whatever the member is: a list of one is what old versions wrote for it.
class Reader {
 public:
  explicit Reader(const Poco::JSON::Object& object) : object_(object) {}
  template <class Member>
  void operator()(const char* option, Member& member, Kept) {
    std::vector<std::string> values;
    if (object_.isArray(option))
      for (const auto& value : *object_.getArray(option)) values.push_back(value.toString());
    else if (object_.has(option))
      values.push_back(object_.get(option).toString());
    if (!values.empty()) take(values, member);
  }

 private:
  using Values = std::vector<std::string>;
  static void take(const Values& values, bool& member) { member = values.back() == "true"; }
  static void take(const Values& values, std::string& member) { member = values.back(); }
  static void take(const Values& values, std::optional<std::uint64_t>& member) { member = std::stoull(values.back()); }
  static void take(const Values& values, NamedFile& member) { member = NamedFile::at(values.back()); }
  template <class Enum>
    requires std::is_enum_v<Enum>
  static void take(const Values& values, Enum& member) {
    const auto named = value_named<Enum>(values.back());
    if (!named) throw std::invalid_argument("\"" + values.back() + "\" is unknown");
    member = *named;
  }
  static void take(const Values& values, Values& member) { member = values; }
  static void take(const Values& values, std::vector<NamedFile>& member) {
    for (const auto& value : values) member.push_back(NamedFile::at(value));
  }

  const Poco::JSON::Object& object_;
};

void write_profile(JsonWriter& json, const Profile& profile) {
  json.key("profile").begin_object().member("name", profile.name).member("file", profile.file.path);
  json.member("of_folder", profile.of_folder);
  json.member("connector", profile.connector).key("settings").begin_object();
  for (const auto& [key, value] : profile.settings) json.member(key, value);
  json.end_object().end_object();
}

std::optional<Profile> read_profile(const Poco::JSON::Object& object) {
  if (!object.has("profile")) return std::nullopt;
  Profile profile;
  profile.of_ledger = true;
  if (object.isArray("profile")) {  // the first release: its name only
    profile.name = object.getArray("profile")->getElement<std::string>(0);
    return profile;
  }
  const auto entry = object.getObject("profile");
  profile.name = entry->getValue<std::string>("name");
  profile.file = NamedFile::at(entry->getValue<std::string>("file"));
  profile.of_folder = entry->optValue("of_folder", false);
  profile.connector = entry->getValue<std::string>("connector");
  const auto settings = entry->getObject("settings");
  for (const auto& key : settings->getNames()) profile.settings[key] = settings->getValue<std::string>(key);
  return profile;
}

}  // namespace

std::string to_json(const JobRequest& request) {
  JsonWriter json;
  json.begin_object().member("schema", kSchema);
  if (request.profile) write_profile(json, *request.profile);
  if (!request.library.empty()) json.member("library", request.library);
  each_option(request, Writer(json));
  return json.end_object().take();
}

Result<JobRequest> request_from_json(const std::string& json) {
  const auto damaged = [](const std::string& why) {
    return Error{ErrorKind::Storage, "The ledger's record of the job's options cannot be read (" + why + ").",
                 "Import the file again with --only-new."};
  };
  try {
    const auto object = Poco::JSON::Parser().parse(json).extract<Poco::JSON::Object::Ptr>();
    if (object->has("schema") && object->getValue<std::string>("schema") != kSchema)
      return damaged("it was written by a newer version");
    JobRequest request;
    each_option(request, Reader(*object));
    request.profile = read_profile(*object);
    request.library = object->optValue<std::string>("library", "");
    return request;
  } catch (const Poco::Exception& error) {
    return damaged(error.displayText());
  } catch (const std::exception& error) {
    return damaged(error.what());
  }
}

}  // namespace switchboard::jobs
