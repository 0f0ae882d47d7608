#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/operation.h"
#include "core/base/result.h"
#include "core/mapping/manifest/condition.h"

namespace switchboard::mapping {

/// Where a vendor fact comes from: "seed", "public" or "assumed" (see the connector's README).
using FactSource = std::string;

enum class FieldType { Text, Phone, Email, Int, Number, Boolean, Date, List };

/// A setting of the connector, given with --set, a profile or the environment.
struct Setting {
  std::string name;
  std::string type = "text";  ///< text | int | number | boolean | list
  bool required = false;
  std::optional<std::string> default_value;  ///< as text, e.g. "false", "20"
  std::string pattern;                       ///< whole-value regular expression; empty: any
  std::vector<std::string> allowed;          ///< "enum"; empty: any
  std::uint64_t max_length = 0;              ///< in code points; 0: no limit
  std::optional<std::int64_t> min, max;      ///< of an int
  std::string discover;            ///< kind of the discovered item that its value must name; checked before sending
  bool discover_by_label = false;  ///< the connector gets the item's label; else its id, whichever was given
  std::string discover_into;       ///< setting that the item's id goes into; this one is empty then
  Condition discover_unless;       ///< not checked where this holds
  Condition required_unless;       ///< not empty: required where it does not hold
  Condition ignored_when;          ///< as if it were not given where this holds
  bool shapes_contacts = false;     ///< what is stored depends on it: with another value a contact is another one for --only-new
  bool one_job_each = false;    ///< several values, apart by ',': one job for each, all from one reading
  bool identifying =
      false;  ///< tells accounts apart (bot id, cloud phone, …) for --only-new and repeated imports
  std::string help;
  FactSource source;
};

struct Field {
  std::string name;
  FieldType type = FieldType::Text;
  std::string meaning;  ///< canonical meaning (docs/formats.md); empty: matched by its own name only
  bool required = false;
  std::uint64_t min_length = 0, max_length = 0;  ///< in code points; 0: no limit
  std::string pattern;                           ///< whole-value regular expression
  std::vector<std::string> allowed;              ///< "enum", matched without case, sent as listed
  std::string
      format;  ///< phones: e164 (default) | e164_digits | national | as_given; dates: iso8601 (default)
  std::string
      derive;  ///< calling_code | national_number | full_name | first_name | last_name | hash; empty: never
  std::string
      derive_from;  ///< the field a calling_code or national_number is taken from; empty: the first phone
  std::optional<std::string> default_value;
  std::string default_setting;  ///< name of the setting that holds the default
  bool unique = false;         ///< a value of the source may stand for one contact only
  bool opt_in = false;          ///< not matched by itself; only by --field or a mapping file
  std::string help;
  FactSource source;
};

struct CustomFields {
  bool allowed = false;
  std::string name_pattern;           ///< whole-value regular expression of a custom column's name
  std::vector<std::string> reserved;  ///< names that may not be used, without case
  std::uint64_t max = 0;              ///< 0: no limit
};

/// A rule across fields.
struct Rule {
  enum class Kind { AnyOf, AllOf, AtMostOneOf, Requires };
  Kind kind = Kind::AnyOf;
  std::vector<std::string> fields;  ///< Requires: the first one requires all the others
  std::vector<std::vector<std::string>>
      any_of_groups;  ///< AnyOf: one group must be filled entirely; ["name"] or ["first_name","last_name"]
  std::string message;
  bool warns = false;  ///< "severity": "warning": the contact is sent all the same
  Condition when;      ///< empty: always
};

struct RateLimit {
  std::uint64_t requests = 0;
  std::uint64_t per_ms = 0;
  std::string bucket;  ///< empty: the default bucket
};

/// Questions that several chains may ask in one request.
struct JointRequest {
  std::string path;                ///< of the request, without query
  std::string list;                ///< member of the JSON body whose values are put together
  std::uint64_t most = 1;          ///< values a request
  std::uint64_t within_ms = 0;     ///< how long the first one waits for others that fall due
};

struct Limits {
  std::uint64_t records_per_request = 100;
  std::uint64_t body_bytes = 1 << 20;
  std::uint64_t in_flight = 1;
  std::vector<RateLimit> rates;
  std::uint64_t timeout_ms = 60'000;
  std::vector<JointRequest> joint;
  std::vector<std::string> lists;  ///< paths without query of requests that list the account: chains read them together
  /// Where it holds, only rows that fill the same fields share a request: the vendor would take an empty cell for an order
  /// to clear what it has. Empty: never.
  Condition same_fields;
  Condition first_alone;  ///< until a first batch was taken no other is on its way; empty: never
  std::uint64_t poll_min_ms = 2'000, poll_max_ms = 30'000, poll_deadline_ms = 900'000;
};

struct Secret {
  std::string name;  ///< "api_key"; environment: SWITCHBOARD_<CONNECTOR>_API_KEY
  std::string help;
  bool required = true;
  bool identifying = true;  ///< another value is another customer of the vendor; false: a new one may come in its place
};

/// One way to authenticate; carried out by the host alone (host/transport/auth).
struct Auth {
  std::string id;
  std::string kind;  ///< header | bearer | basic | jwt | signature | none
  std::vector<Secret> secrets;
  /// bearer: the token secret's name; basic: "user", "password" secrets' names; header: name → template;
  /// jwt and signature: the templates as JSON. Kept as JSON text for host/transport/auth to read.
  std::string json;
};

struct Promise {
  std::string all_or_nothing, row_results, resumable, reimport_effect, help;
  bool reimport_duplicates = false;      ///< importing the same file twice stores contacts twice
  Condition reimport_duplicates_when;    ///< empty: always
};

struct BaseUrl {
  std::string name;  ///< chosen by the setting named in `base_url_setting`; empty: the default
  std::string url;
};

/// connector.json, parsed. Its schema is sdk/schema/manifest.schema.json.
struct Manifest {
  std::string id, name, version, homepage;
  std::uint32_t abi = 1;
  Promise promise;
  std::vector<BaseUrl> base_urls;  ///< the first is the default; a URL may hold {setting}
  std::string base_url_setting;    ///< e.g. "region"
  std::vector<std::string> hosts;  ///< further hosts that requests may go to (without credentials)
  std::vector<Setting> settings;
  std::vector<Field> fields;
  CustomFields custom_fields;
  std::vector<Rule> rules;
  std::vector<std::string> identity;  ///< fields that make two rows the same contact
  Limits limits;
  std::vector<Auth> auth;
  std::vector<std::string> operations;  ///< import, reconcile, probe, discover
  /// How the vendor reaches the contacts: phone, sms, email. A row whose columns say no to one of them is held back.
  /// Manifests without it: what their fields hold.
  std::vector<std::string> channels;
  std::map<std::string, std::string> sandbox_settings;  ///< that fit the emulator's account, for --sandbox
  std::vector<std::string> warnings;    ///< unknown keys and the like, for `connectors check`
  std::string json;                     ///< the document itself

  const Field* field(std::string_view name) const;
  const Setting* setting(std::string_view name) const;
  bool offers(Operation operation) const;
  /// Whether the vendor can be asked what became of rows that this operation left in doubt.
  bool can_settle(Operation operation) const;
  bool contacts_by(std::string_view channel) const;
};

/// Parses and checks connector.json. Errors: ErrorKind::Internal with the path of the offending member.
Result<Manifest> parse_manifest(std::string_view json);

}  // namespace switchboard::mapping
