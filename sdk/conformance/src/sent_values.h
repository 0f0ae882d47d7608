#pragma once

#include <functional>
#include <string>

#include "subject.h"

namespace switchboard::conformance {

/// Where in a request a value stands.
enum class Stands { InQuery, InBody, InTable, InHeader };

/// A value that a request hands over, whole: nothing stands before or behind it.
struct SentValue {
  Stands stands;
  std::string place;  ///< a parameter's name, a member's path ("contacts.*.name"), a column's header, which is empty for the header itself; "part": of a form with files
  std::string value;
};

/// Every value of a request. False where its body says that it is JSON and is none.
bool each_value(const Request& request, const std::function<void(const SentValue&)>& visit);

}  // namespace switchboard::conformance
