#include "core/base/end_reason.h"

#include <doctest/doctest.h>

#include <set>

using namespace switchboard;

TEST_CASE("the rules of ends stand in the order of their reasons, each with an exit code of its own") {
  std::set<int> codes;
  for (std::size_t i = 0; i < kEndRules.size(); ++i) {
    CHECK(static_cast<std::size_t>(kEndRules[i].reason) == i);
    CHECK(codes.insert(kEndRules[i].exit_code).second);
    CHECK(reason_of_exit_code(kEndRules[i].exit_code) == kEndRules[i].reason);
  }
  CHECK_FALSE(reason_of_exit_code(77));
}

TEST_CASE("of several reasons the most serious for the user wins") {
  const auto worse = [](int a, int b) { return exit_code_of(more_serious(*reason_of_exit_code(a), *reason_of_exit_code(b))); };
  const int in_order[] = {1, 5, 6, 7, 8, 2, 4, 143, 130, 9, 3, 0};
  for (std::size_t i = 0; i + 1 < std::size(in_order); ++i) {
    CHECK(worse(in_order[i], in_order[i + 1]) == in_order[i]);
    CHECK(worse(in_order[i + 1], in_order[i]) == in_order[i]);
  }
}

TEST_CASE("each kind of error ends with its exit code, and back") {
  const std::pair<ErrorKind, int> expected[] = {{ErrorKind::Usage, 2},      {ErrorKind::Input, 7},       {ErrorKind::Drift, 8},
                                                {ErrorKind::Credential, 5}, {ErrorKind::Unavailable, 6}, {ErrorKind::Storage, 1},
                                                {ErrorKind::Internal, 1}};
  for (const auto& [kind, code] : expected) {
    CHECK(exit_code_of(kind) == code);
    if (kind != ErrorKind::Storage) CHECK(kind_of(reason_of(kind)) == kind);
  }
}

TEST_CASE("a job is finished, interrupted or stopped by its exit code alone") {
  for (const int code : {0, 3, 9}) CHECK(state_of(*reason_of_exit_code(code)) == JobState::Finished);
  for (const int code : {130, 143}) CHECK(state_of(*reason_of_exit_code(code)) == JobState::Interrupted);
  for (const int code : {1, 2, 4, 5, 6, 7, 8}) CHECK(state_of(*reason_of_exit_code(code)) == JobState::Stopped);
}
