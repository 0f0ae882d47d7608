#include "host/cli/flag_journal.h"

#include <Poco/JSON/Parser.h>

#include "core/base/json_text.h"
#include "core/base/sha256.h"

namespace switchboard::cli {

std::string journal_json(const Options& options, const FlagValues& own) {
  FlagValues all = own;
  all.merge(options.journal(kReads | kMaps | kSends | kRuns));
  JsonWriter json;
  json.begin_object();
  for (const auto& [name, values] : all) {
    json.key(name).begin_array();
    for (const auto& value : values) json.string(value);
    json.end_array();
  }
  return json.end_object().take();
}

Result<FlagValues> read_journal(const std::string& json) {
  FlagValues values;
  try {
    auto object = Poco::JSON::Parser().parse(json).extract<Poco::JSON::Object::Ptr>();
    for (const auto& name : object->getNames())
      for (const auto& value : *object->getArray(name)) values[name].push_back(value.toString());
  } catch (const Poco::Exception& error) {
    return Error{ErrorKind::Storage, "The ledger's record of the job's options is damaged (" + error.displayText() + ").",
                 "Import the file again with --only-new."};
  }
  return values;
}

std::string mapping_hash(const mapping::Mapping& mapping, const std::string& region) {
  return sha256_hex(mapping.canonical_text() + "\nregion " + region);
}

}  // namespace switchboard::cli
