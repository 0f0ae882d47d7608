// Contacts that are there to be refused.
#include "bad_contacts.h"

#include <switchboard/kit/json_writer.h>

#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// A contact with this in the place of each phone and address.
std::vector<std::optional<std::string>> with_contact_data(std::vector<std::optional<std::string>> row, const kit::Json& fields, const std::string& value) {
  for (std::size_t c = 0; c < fields.size(); ++c) {
    const std::string type = fields.at(c)["type"].string_or(""), meaning = fields.at(c)["meaning"].string_or("");
    const bool is_list = type == "list" && (meaning == "phone" || meaning == "email");
    if (row[c] && (type == "phone" || type == "email" || is_list)) row[c] = is_list ? "[" + kit::json_string(value) + "]" : value;
  }
  return row;
}

}  // namespace

std::vector<BadContact> bad_contacts(const Subject& subject) {
  const kit::Json& fields = subject.library.manifest()["fields"];
  std::vector<BadContact> out;
  // One with nothing but what is required, or a complete one where that is neither phone nor address.
  auto usual = subject.sample.rows[1];
  if (with_contact_data(usual, fields, "?") == usual) usual = sample_contacts(subject.library.manifest(), 1, 7000).rows[0];
  for (const char* value : {"?", "+1", "x@y", ""}) out.push_back({"'" + std::string(value) + "' for phone and address", with_contact_data(usual, fields, value)});
  out.push_back({"no name", usual});
  for (std::size_t c = 0; c < fields.size(); ++c)
    if (fields.at(c)["meaning"].string_or("").ends_with("name")) out.back().row[c] = std::nullopt;
  std::erase_if(out, [&](const auto& entry) { return entry.row == usual; });
  return out;
}

std::vector<Exchange> refusals_of_one(const Subject& subject) {
  constexpr std::size_t kMost = 3;
  std::vector<Exchange> out;
  if (!subject.library.sandbox()) return out;
  for (const BadContact& bad : bad_contacts(subject)) {
    Contacts contacts = subject.sample.slice(0, 3);
    contacts.rows[1] = bad.row;
    for (const Exchange& at : subject.import(contacts).exchanges)
      if (says(at.decoded, SWB_REJECTED) && at.contacts.size() > 1 && out.size() < kMost) out.push_back(at);
  }
  return out;
}

}  // namespace switchboard::conformance
