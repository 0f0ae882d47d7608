#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "host/cli/options.h"
#include "host/cli/standard_output.h"

namespace switchboard::cli {

/// Standard output and standard error, as the options want them: data and reports on the one, all else on the other.
class Terminal {
 public:
  Terminal(const Options& options, StandardOutput& output);

  /// Data: to standard output. False: it takes no more (a closed pipe, a full disk); main() says why at the end.
  bool print(std::string_view text) { return output_.write(text); }
  /// The same of what files and connectors made: a terminal is not shown what moves its cursor. Files and pipes get it byte by byte.
  bool print_foreign(std::string_view text);
  /// What was printed is on its way: before another process prints, or where somebody waits for it. False as above.
  bool flush() { return output_.flush(); }
  /// Something worth knowing, to standard error; silent with --quiet.
  void note(std::string_view text) const;
  /// Detail, to standard error; only with --verbose.
  void detail(std::string_view text) const;
  /// `switchboard: WHAT` and on the next line what to do; always.
  static void complain(const Error& error);

  bool colour_out() const { return colour_out_; }
  bool json() const { return json_; }
  bool quiet() const { return quiet_; }
  bool verbose() const { return verbose_; }

 private:
  StandardOutput& output_;
  bool quiet_, verbose_, json_, to_terminal_, colour_out_;
};

}  // namespace switchboard::cli
