// 8x8 Connect: one CSV file a request to `POST …/contacts/batches/createContacts`, which becomes a batch job.
// The facts and where they come from: README.md.
//
// A chain of an import:   Upload → Poll → [Counts →] [Invalid →] [Verify]
// a reconciliation:       Find → Poll → …, or Find → Verify where no batch can be found; without Find where the import knew it
#pragma once

#include <switchboard/kit/kit.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eight_x_eight {

namespace kit = switchboard::kit;
using kit::Answer, kit::Batch, kit::Directive, kit::Json, kit::Operation, kit::Outcome, kit::Purpose,
    kit::Request, kit::Response, kit::Step;

/// The settings, checked.
struct Connector : kit::Configured {
  explicit Connector(const kit::Settings& given);

  void encode(const Batch& batch, const Step& step, kit::Requests& out) const;  // request.cpp
  void decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const;  // response.cpp

  std::string account_id = settings.required_text("account_id");
  std::vector<std::string> groups = settings.list("groups");  ///< ids: the host has looked names up
  bool allow_blacklist_groups = settings.boolean("allow_blacklist_groups", false);
  bool msisdn_plus = settings.boolean("msisdn_plus", false);
  bool verify = settings.boolean("verify", true);
  enum class OffsetUnit { Auto, Page, Item } offset_unit = OffsetUnit::Auto;
  std::uint64_t settle_ms = 0;
};

/// Where a chain stands; travels as the host's `state`.
struct Chain {
  enum class Phase {
    Upload,   ///< the file
    Poll,     ///< is the batch finished?
    Counts,   ///< looking for the batch in the list, which alone shows the counts
    Invalid,  ///< fetching the file of refused rows
    Find,     ///< looking for the batch of an upload whose answer was lost, by its file name
    Verify,   ///< searching the contacts for what the counts do not say
    Discover  ///< listing the groups
  };
  /// What a search goes through, in this order; rows that one does not show are left to the next.
  enum class Scope { Group, All, Each };

  Phase phase = Phase::Upload;
  std::string batch_id;
  std::string status;            ///< the final status, once known
  std::int64_t uploaded_ms = 0;  ///< our clock: when 202 came
  std::int64_t since_ms = 0;     ///< what is older than this was there before the batch; 0: not known
  std::int64_t batch_ms = 0;     ///< the vendor's own word for when the batch began; 0: none
  std::optional<kit::ImportCounts> counts;  ///< informative only: the vendor's own example does not add up
  std::string invalid_file;  ///< URL
  std::int64_t refused = 0;  ///< rows that it names

  // A list that is being read.
  kit::Paging paging;
  bool item_offset = false;
  std::string second_id;  ///< of the page before it: comes first again where the offset counts items
  bool nameless = false;  ///< Find: a batch without a file name was seen

  Scope scope = Scope::All;
  std::vector<bool> decided;  ///< by row: has its outcome
  std::vector<bool> missing;  ///< by row: this look did not show it
  std::vector<bool> between;  ///< by row: there, and made about when the batch began: the counts tell whether by it
  std::int64_t created = 0;   ///< rows that the search showed as made by the batch
  kit::SecondLook look;       ///< the search may lag behind the batch

  static constexpr std::string_view kPhaseNames[] = {"upload", "poll", "counts", "invalid", "find", "verify", "discover"};
  static constexpr std::string_view kScopeNames[] = {"group", "all", "each"};
  template <class State>
  void members(State& state) {
    state.phase(phase, kPhaseNames).text("batch", batch_id).text("status", status);
    state.number("uploaded", uploaded_ms).number("since", since_ms).number("batch_made", batch_ms);
    state.numbers("counts", counts, &kit::ImportCounts::created, &kit::ImportCounts::unchanged, &kit::ImportCounts::refused);
    state.text("invalid_file", invalid_file).number("refused", refused);
    paging.members(state, "first_id");
    state.flag("item_offset", item_offset).text("second_id", second_id);
    look.members(state.flag("nameless", nameless));
    if (phase == Phase::Verify) state.choice("scope", scope, kScopeNames);
    state.rows("decided", decided).rows("missing", missing).rows("between", between).number("created", created);
  }
  void begin(const Connector& connector, const Batch& batch, const Step& step);
  void check(const Connector& connector);

  /// What all rows are that have no outcome yet, where the counts of a completed batch say it.
  std::optional<Outcome> rest_by_counts() const;
  void start_list(Phase next_phase);
  /// Takes the earlier of what is known and this time.
  void made_at(std::int64_t time_ms);
  /// The vendor's word for it, as far as it gives one.
  void read_made_at(const Json& job);
  std::int64_t undecided() const { return kit::open_rows(decided); }
  /// The row that a search for one number is about.
  std::uint32_t next_row() const { return kit::first_open_row(decided, missing); }
};

using Reading = kit::Reading<Connector, Chain>;

/// How a list answer goes on; moves the chain's offset to its next page.
kit::Paging::Turn turn_page(Reading& reading, const Json& json, const Json& items);

inline constexpr std::int64_t kPageSize = 500;
/// The name that the file of these rows is uploaded under. It is echoed, so a lost upload can be recognised.
std::string file_name(const Batch& batch);

/// The items of a list answer; nullptr where there is no list.
const Json* items_of(const Json& json);

// ---- fault.cpp ----

struct VendorError {
  std::optional<std::int64_t> code;
  std::string message, id;
};
VendorError read_error(std::string_view body);
/// What an answer other than 2xx means; nullopt for one of 2xx.
std::optional<Directive> fault_of(const Response& response, Purpose purpose, std::int64_t now_ms);

// ---- invalid_file.cpp ----

/// How to fetch the file of refused rows; nullopt where it lies on a host that is not asked.
std::optional<Request> invalid_file(std::string_view url);
void read_invalid_file(const Reading& reading);

// ---- lookup.cpp ----

/// Begins the search for rows without an outcome, or ends the chain where there are none or no search is wanted.
void start_verification(const Reading& reading);
void read_search(const Reading& reading, const Json& json);
/// Ends the chain without knowing more: what the counts prove, else unknown.
void give_up_verification(const Reading& reading, const std::string& why);

}  // namespace eight_x_eight
