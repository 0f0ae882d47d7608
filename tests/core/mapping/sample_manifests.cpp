#include "tests/core/mapping/sample_manifests.h"

#include <doctest/doctest.h>

namespace samples {

using namespace switchboard;
using namespace switchboard::mapping;

namespace {

const std::string kHead =
    R"("version": "1.0.0", "abi": 1, "base_urls": [{"name": "", "url": "https://api.example.com"}], )";

}  // namespace

Manifest manifest(const std::string& json) {
  auto parsed = parse_manifest(json);
  REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
  return *parsed;
}

const Manifest& one_phone() {
  static const Manifest manifest =
      samples::manifest(R"({"id": "onephone", "name": "One Phone", )" + kHead + R"(
    "settings": [{"name": "phone_format", "type": "text", "enum": ["e164", "as_given"], "default": "e164"}],
    "fields": [
      {"name": "phone", "type": "phone", "meaning": "phone", "required": true},
      {"name": "name", "type": "text", "meaning": "full_name", "derive": "full_name", "max_length": 20},
      {"name": "email", "type": "email", "meaning": "email"},
      {"name": "company", "type": "text", "meaning": "company"}],
    "custom_fields": {"allowed": true, "name_pattern": "[A-Za-z0-9_]+", "reserved": ["first_name", "tags"]},
    "identity": ["phone"]})");
  return manifest;
}

const Manifest& three_phones() {
  static const Manifest manifest =
      samples::manifest(R"({"id": "threephones", "name": "Three Phones", )" + kHead + R"(
    "settings": [{"name": "phone_format", "type": "text", "enum": ["e164", "as_given"], "default": "e164"}],
    "fields": [
      {"name": "firstName", "type": "text", "meaning": "first_name", "derive": "first_name"},
      {"name": "lastName", "type": "text", "meaning": "last_name", "derive": "last_name"},
      {"name": "mobile", "type": "phone", "meaning": "phone.mobile"},
      {"name": "work", "type": "phone", "meaning": "phone.work"},
      {"name": "fax", "type": "phone", "meaning": "phone.fax"},
      {"name": "email1", "type": "email", "meaning": "email"},
      {"name": "email2", "type": "email", "meaning": "email"}],
    "rules": [
      {"any_of": ["firstName", "lastName"], "message": "a contact needs a first name or a last name"},
      {"any_of": ["mobile", "work", "fax"], "message": "a contact needs a mobile, work or fax number"}],
    "identity": ["firstName", "lastName", "mobile", "work", "fax"]})");
  return manifest;
}

const Manifest& lists() {
  static const Manifest manifest = samples::manifest(R"({"id": "lists", "name": "Lists", )" + kHead + R"(
    "fields": [
      {"name": "name", "type": "text", "meaning": "full_name"},
      {"name": "first_name", "type": "text", "meaning": "first_name"},
      {"name": "last_name", "type": "text", "meaning": "last_name"},
      {"name": "phone_numbers", "type": "list", "meaning": "phone"},
      {"name": "email_addresses", "type": "list", "meaning": "email"},
      {"name": "external_id", "type": "text", "meaning": "external_id", "derive": "hash"}],
    "rules": [{"any_of": [["name"], ["first_name", "last_name"]], "message": "a contact needs a name, or a first name and a last name"}],
    "identity": ["external_id", "name", "first_name", "last_name", "phone_numbers", "email_addresses"]})");
  return manifest;
}

const Manifest& parts() {
  static const Manifest manifest = samples::manifest(R"({"id": "parts", "name": "Parts", )" + kHead + R"(
    "settings": [{"name": "salutation", "type": "text"}],
    "fields": [
      {"name": "firstName", "type": "text", "meaning": "first_name", "derive": "first_name", "required": true},
      {"name": "salutation", "type": "text", "meaning": "prefix", "derive": "prefix", "default_setting": "salutation", "enum": ["Mr", "Mrs"]},
      {"name": "cellPhoneNumber", "type": "phone", "meaning": "phone.mobile", "format": "national", "required": true},
      {"name": "cellPhoneCountryCode", "type": "text", "meaning": "phone.dial_code", "derive": "calling_code", "required": true},
      {"name": "cellPhoneExtension", "type": "text", "meaning": "phone.extension", "default": "+"}],
    "identity": ["cellPhoneNumber", "cellPhoneCountryCode"]})");
  return manifest;
}

std::string Mapped::operator[](const std::string& field) const {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == field) return contact.values[i].value_or("∅");
  }
  return "no such field";
}

std::string Mapped::codes() const {
  std::string text;
  for (const Issue& issue : issues) text += (text.empty() ? "" : " ") + issue.code;
  return text;
}

Mapped map(const Manifest& manifest, const Mapping& mapping, const Row& row) {
  MapOptions options;
  options.region = row.region;
  options.settings = row.settings;
  auto mapper = Mapper::create(manifest, mapping, mapping.columns, options);
  REQUIRE_MESSAGE(mapper, (mapper ? "" : mapper.error().message));
  Record record;
  record.row = 1;
  for (const auto& [column, value] : row.cells) record.cells.push_back(value);
  Mapped result;
  result.names = mapper->columns();
  result.accepted = mapper->map(record, result.contact, result.issues);
  return result;
}

Mapped map(const Manifest& manifest, const Row& row) {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> values;
  for (const auto& [column, value] : row.cells) {
    columns.push_back(column);
    values.push_back(value.empty() ? std::vector<std::string>{} : std::vector<std::string>{value});
  }
  auto proposal = propose(manifest, columns, values, row.by_hand, row.settings);
  REQUIRE_MESSAGE(proposal, (proposal ? "" : proposal.error().message));
  return map(manifest, proposal->mapping, row);
}

}  // namespace samples
