// What decode() puts out: outcomes of rows, and one directive.
#pragma once

#include <switchboard/abi.h>
#include <switchboard/kit/batch.h>
#include <switchboard/kit/call.h>
#include <switchboard/kit/error.h>
#include <switchboard/kit/text.h>
#include <switchboard/kit/words.h>
#include <switchboard/limits.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace switchboard::kit {

enum class Result : std::uint32_t {
  Accepted = SWB_ACCEPTED,    ///< the vendor took it and does not say which of the next three
  Created = SWB_CREATED,      //
  Updated = SWB_UPDATED,      //
  Unchanged = SWB_UNCHANGED,  ///< the vendor already had it
  Rejected = SWB_REJECTED,    ///< the vendor refused this row: final
  Unknown = SWB_UNKNOWN,      ///< nobody can say
  Absent = SWB_ABSENT,        ///< Reconcile only: the vendor does not have it
  Resend = SWB_RESEND         ///< certainly not stored; may be sent again in a new chain
};

/// The fate of one row.
struct Outcome {
  Result result = Result::Accepted;
  std::optional<std::string> vendor_id;
  std::optional<std::string> code;     ///< lower-case words joined by '_' or '.'; see to_code()
  std::optional<std::string> field;    ///< manifest field to blame
  std::optional<std::string> message;  ///< what the vendor said; when it is put out, contacts are blanked and it is cut to 2 KiB

  static Outcome of(Result result) {
    Outcome outcome;
    outcome.result = result;
    return outcome;
  }
  static Outcome accepted() { return of(Result::Accepted); }
  static Outcome created(std::optional<std::string> vendor_id = std::nullopt) {
    return of(Result::Created).with_id(std::move(vendor_id));
  }
  static Outcome updated(std::optional<std::string> vendor_id = std::nullopt) {
    return of(Result::Updated).with_id(std::move(vendor_id));
  }
  static Outcome unchanged(std::optional<std::string> vendor_id = std::nullopt) {
    return of(Result::Unchanged).with_id(std::move(vendor_id));
  }
  static Outcome rejected(std::string code, std::string message) {
    return of(Result::Rejected).because(std::move(code), std::move(message));
  }
  static Outcome unknown(std::string code, std::string message) {
    return of(Result::Unknown).because(std::move(code), std::move(message));
  }
  static Outcome absent() { return of(Result::Absent); }
  static Outcome resend(std::string code, std::string message) {
    return of(Result::Resend).because(std::move(code), std::move(message));
  }

  Outcome with_id(std::optional<std::string> id) && {
    vendor_id = std::move(id);
    return std::move(*this);
  }
  Outcome because(std::string why_code, std::string why) && {
    code = std::move(why_code);
    message = std::move(why);
    return std::move(*this);
  }
  Outcome blaming(std::string field_name) && {
    field = std::move(field_name);
    return std::move(*this);
  }
};

/// A refused row in the vendor's own words, which hold no contact (Answer::words()): the code is made of them, and the first
/// of the fields that they name is to blame. `fallback`: the code of words that make none.
inline Outcome refusal(const std::string& words, std::string fallback, std::initializer_list<std::string_view> fields) {
  std::string code = to_code(words);
  Outcome outcome = Outcome::rejected(code.empty() ? std::move(fallback) : std::move(code), words);
  for (const std::string_view field : fields)
    if (contains_ignoring_case(words, lower(field))) return std::move(outcome).blaming(std::string(field));
  return outcome;
}

enum class Reason : std::uint32_t {
  None = SWB_REASON_NONE,
  Credential = SWB_REASON_CREDENTIAL,
  Permission = SWB_REASON_PERMISSION,
  Quota = SWB_REASON_QUOTA,
  Unavailable = SWB_REASON_UNAVAILABLE,
  Setting = SWB_REASON_SETTING
};

/// What the host does next with the chain. abi.h says what each kind promises; the promise about what the
/// vendor stored is the part that must be true.
struct Directive {
  std::uint32_t kind = SWB_DONE;
  Reason reason = Reason::None;
  std::uint64_t delay_ms = 0;  ///< 0: the host's own back-off or the manifest's poll interval
  std::optional<std::string> state;
  std::optional<std::string> code;
  std::optional<std::string> message;

  /// Every row of the chain has its outcome, from this or an earlier step.
  static Directive done() { return of(SWB_DONE); }
  /// encode() again with step + 1 and this state.
  static Directive next(std::string state, std::uint64_t delay_ms = 0) {
    return of(SWB_NEXT).after(delay_ms).carrying(std::move(state));
  }
  /// The same step again after the delay, with this state.
  static Directive poll(std::uint64_t delay_ms, std::string state) {
    return of(SWB_POLL).after(delay_ms).carrying(std::move(state));
  }
  /// Certainly not carried out: the same step again after a back-off.
  static Directive retry(std::string code, std::string message, std::uint64_t delay_ms = 0) {
    return of(SWB_RETRY).after(delay_ms).because(std::move(code), std::move(message));
  }
  /// Certainly not carried out: the whole rate-limit bucket waits.
  static Directive throttle(std::uint64_t delay_ms, std::string code = "rate_limited",
                            std::string message = {}) {
    return of(SWB_THROTTLE).after(delay_ms).because(std::move(code), std::move(message));
  }
  /// Refused as a whole, and nothing was stored: halve until the row is found.
  static Directive split(std::string code, std::string message) {
    return of(SWB_SPLIT).because(std::move(code), std::move(message));
  }
  /// Too large, and nothing was stored.
  static Directive shrink(std::string code = "too_large", std::string message = {}) {
    return of(SWB_SHRINK).because(std::move(code), std::move(message));
  }
  static Directive reauth(std::string code = "credential_refused", std::string message = {}) {
    return of(SWB_REAUTH).because(std::move(code), std::move(message));
  }
  /// May or may not have been carried out.
  static Directive in_doubt(std::string code, std::string message) {
    return of(SWB_IN_DOUBT).because(std::move(code), std::move(message));
  }
  /// Stop the job. The chain's rows without outcome were not stored.
  static Directive abort(Reason reason, std::string code, std::string message) {
    Directive directive = of(SWB_ABORT).because(std::move(code), std::move(message));
    directive.reason = reason;
    return directive;
  }

 private:
  static Directive of(std::uint32_t kind) {
    Directive directive;
    directive.kind = kind;
    return directive;
  }
  Directive after(std::uint64_t delay) && {
    delay_ms = std::min(delay, kMaxDelayMs);
    return std::move(*this);
  }
  Directive carrying(std::string chain_state) && {
    state = std::move(chain_state);
    return std::move(*this);
  }
  Directive because(std::string why_code, std::string why) && {
    code = std::move(why_code);
    if (!why.empty()) message = std::move(why);
    return std::move(*this);
  }
};

/// The sink of decode(): at most one outcome a row and call, and exactly one directive, which comes last. Contacts of the
/// batch that a message or code quotes are blanked on the way (words.h).
class Answer {
 public:
  /// `batch` must outlive it.
  Answer(Call call, const Batch& batch) : call_(call), contacts_(batch), answered_(batch.rows(), false) {}

  const Call& call() const { return call_; }
  bool answered(std::uint32_t row) const { return row < answered_.size() && answered_[row]; }
  bool finished() const { return finished_; }

  /// A vendor's words without the contacts that they quote: for what is kept in a state, and before a code is made of them.
  std::string words(std::string_view text) { return contacts_.hidden(text); }

  void row(std::uint32_t row, const Outcome& outcome) {
    if (row >= answered_.size())
      throw Error(SWB_E_INTERNAL, "outcome for a row that the batch does not have");
    if (answered_[row]) throw Error(SWB_E_INTERNAL, "two outcomes for one row in one call");
    put(row, Put(*this, outcome));
  }

  /// The same outcome for every row that has none from this call.
  void rest(const Outcome& outcome) {
    const Put all(*this, outcome);
    for (std::uint32_t r = 0; r < answered_.size(); ++r) {
      if (!answered_[r]) put(r, all);
    }
  }

  /// An outcome for every row that has none yet: not from this call, and not by `decided`, which earlier steps filled.
  /// `fate`: an Outcome, or what makes one of a row's index.
  template <class Fate>
  void rest(const std::vector<bool>& decided, const Fate& fate) {
    std::optional<Put> all;
    for (std::uint32_t r = 0; r < answered_.size(); ++r) {
      if (answered_[r] || (r < decided.size() && decided[r])) continue;
      if constexpr (std::is_invocable_v<const Fate&, std::uint32_t>)
        row(r, fate(r));
      else
        put(r, all ? *all : all.emplace(*this, fate));
    }
  }

  /// The same, and the chain is done.
  void done_with(const Outcome& outcome) {
    rest(outcome);
    done();
  }
  template <class Fate>
  void done_with(const std::vector<bool>& decided, const Fate& fate) {
    rest(decided, fate);
    done();
  }

  /// Discover: something that only the account knows.
  void item(std::string_view kind, std::string_view id, std::string_view label) {
    check_sink(call_.host().put_item(call_.handle(), to_abi(kind), to_abi(id), to_abi(label)));
  }

  void finish(const Directive& directive) {
    if (finished_) throw Error(SWB_E_INTERNAL, "two directives in one call");
    const std::optional<std::string> message = cleaned(directive.message), code = coded(directive.code);
    swb_directive out{};
    out.struct_size = sizeof out;
    out.kind = directive.kind;
    out.reason = static_cast<std::uint32_t>(directive.reason);
    out.delay_ms = directive.delay_ms;
    out.state = to_abi_or_absent(directive.state);
    out.code = to_abi_or_absent(code);
    out.message = to_abi_or_absent(message);
    check_sink(call_.host().put_directive(call_.handle(), &out));
    finished_ = true;
  }
  void done() { finish(Directive::done()); }

  // The ends that need no more than their reason.
  void retry(std::string code, std::string message, std::uint64_t delay_ms = 0) {
    finish(Directive::retry(std::move(code), std::move(message), delay_ms));
  }
  void split(std::string code, std::string message) { finish(Directive::split(std::move(code), std::move(message))); }
  void shrink(std::string code, std::string message) { finish(Directive::shrink(std::move(code), std::move(message))); }
  void in_doubt(std::string code, std::string message) { finish(Directive::in_doubt(std::move(code), std::move(message))); }
  void abort(Reason reason, std::string code, std::string message) {
    finish(Directive::abort(reason, std::move(code), std::move(message)));
  }

 private:
  /// An outcome as the host takes it, of no row yet. It borrows from the Outcome.
  struct Put {
    Put(Answer& answer, const Outcome& outcome) : message(answer.cleaned(outcome.message)), code(answer.coded(outcome.code)) {
      out.struct_size = sizeof out;
      out.result = static_cast<std::uint32_t>(outcome.result);
      out.vendor_id = to_abi_or_absent(outcome.vendor_id);
      out.code = to_abi_or_absent(code);
      out.field = to_abi_or_absent(outcome.field);
      out.message = to_abi_or_absent(message);
    }
    Put(const Put&) = delete;
    Put& operator=(const Put&) = delete;
    const std::optional<std::string> message, code;
    swb_outcome out{};
  };
  void put(std::uint32_t row, const Put& what) {
    swb_outcome out = what.out;
    out.row = row;
    check_sink(call_.host().put_outcome(call_.handle(), &out));
    answered_[row] = true;
  }

  std::optional<std::string> cleaned(const std::optional<std::string>& message) {
    if (!message) return std::nullopt;
    return clean_text(words(*message));
  }
  /// A code is made of words again where it quoted a contact; else it is the connector's own.
  std::optional<std::string> coded(const std::optional<std::string>& code) {
    if (!code) return std::nullopt;
    const std::string hidden = contacts_.hidden_code(words(*code));
    return hidden == *code ? *code : to_code(hidden);
  }

  Call call_;
  ContactWords contacts_;
  std::vector<bool> answered_;
  bool finished_ = false;
};

}  // namespace switchboard::kit
