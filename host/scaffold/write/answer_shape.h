#pragma once

#include <string>
#include <vector>

#include "host/scaffold/write/code.h"

namespace switchboard::scaffold {

/// A JSON value that the emulator is to write: members by path, each with the call that writes it (".value(id)").
class AnswerShape {
 public:
  /// `condition`: it is written only where that holds. Of two that want one place, or one below the other, the first stays.
  void put(const Path& path, const std::string& call, const std::string& condition = {});
  /// Lines that write it with the kit's JsonWriter of that name.
  void write(Code& code, const std::string& writer) const;

 private:
  struct Part {
    std::string name, call, condition;
    std::vector<Part> children;
  };
  static std::string condition_of(const Part& part);
  static void write_part(Code& code, const std::string& writer, const std::string& before, const Part& part, bool conditional);

  Part root_;
};

}  // namespace switchboard::scaffold
