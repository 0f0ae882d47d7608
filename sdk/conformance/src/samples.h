#pragma once

#include <switchboard/conformance/harness.h>

#include <cstdint>
#include <string>
#include <vector>

namespace switchboard::conformance {

/// Contacts that satisfy the manifest: complete ones, ones with nothing but what is required, ones with
/// awkward characters; no two are the same contact. `first` numbers them on from an earlier sample.
Contacts sample_contacts(const kit::Json& manifest, std::uint32_t rows, std::uint32_t first = 0);

/// The given settings, with defaults and made-up values for required ones that are missing, as the host would
/// hand them in.
std::string sample_settings(const kit::Json& manifest, const std::string& given_json);

/// The same settings with one of them changed.
std::string with_setting(const std::string& settings_json, const std::string& name, const std::string& value);

/// Whether a field takes any text; of everything else the host lets through what has its shape.
inline bool is_free_text(const kit::Json& field) {
  return field["type"].string_or("text") == "text" && field["pattern"].is_null() && field["enum"].items().empty();
}

/// Whether it takes another text by hand as well: what the host makes of other values must not be replaced.
inline bool is_any_text(const kit::Json& field) {
  const std::string derive = field["derive"].string_or(""), meaning = field["meaning"].string_or("");
  const bool plain = derive.empty() || derive == "full_name" || derive == "first_name" || derive == "last_name";
  return is_free_text(field) && plain && meaning != "country" && meaning != "language" && field["format"].is_null();
}

/// Values of the shapes that vendors' ids have: UUID, digits, words.
std::vector<std::string> setting_guesses();

/// "job-1-chain-1"-like ids are the harness's own; this is a long one with every allowed character.
inline std::string long_chain_id() {
  return "abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnopqrstuvwxyz";
}

}  // namespace switchboard::conformance
