#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "host/engine/chain/chain.h"

namespace switchboard::engine {

/// A verdict in the making: what is judged, and the moves that every case is made of. Those that return a
/// `Verdict` end the judgement.
class Judgement {
 public:
  Judgement(const Cursor& place, const Answer& given, const ChainRules& of_chain,
            const std::function<double()>& dice, std::int64_t now)
      : at(place), answer(given), rules(of_chain), now_ms(now), dice_(dice) {
    verdict.next = place;
  }

  Verdict finish(Outcome rest, std::string code, std::string message);
  /// Nothing more in this run; where it was a question, its rows are `unknown`.
  Verdict keep();
  /// The end of a chain that stops the job or gives up: Failed only where nothing can be stored.
  Verdict undelivered(const char* ours, std::string message);
  Verdict go_on(std::int64_t delay_ms, std::string why);
  /// The same request once more, after a back-off, as long as the policy lasts.
  Verdict again(std::uint64_t delay_ms);
  /// The request may have been carried out.
  Verdict in_doubt(std::uint64_t delay_ms);
  /// Doubt that a repetition cannot end.
  Verdict resolve();
  /// The connector broke its contract.
  Verdict broken(const std::string& why);
  Verdict give_up();
  void stop(EndReason reason, std::string message);

  /// What the chain is for may have changed what the vendor has.
  bool changes() const;
  bool repeatable() const;
  /// "401 unauthorized: the key is not known", as far as there is any of it.
  std::string said() const;
  /// The vendor can be asked what became of the rows.
  bool can_settle() const;
  std::string code_or(const char* ours) const;

  const Cursor& at;
  const Answer& answer;
  const ChainRules& rules;
  const std::int64_t now_ms;
  Verdict verdict;

 private:
  Verdict reconcile();
  std::string trouble() const;
  /// Of a question that got no answer: what is known of its rows.
  std::string open_question() const;

  const std::function<double()>& dice_;
};

}  // namespace switchboard::engine
