#pragma once

#include <optional>

#include "host/scaffold/document/shape.h"
#include "host/scaffold/plan/plan.h"

namespace switchboard::scaffold {

/// What a schema of an answer tells of the rows; nullopt: nothing that can be read.
std::optional<Results> results_in(const Shape& answer, const Plan& plan);

/// The place of a member that satisfies: the answer's own members before those of its objects; nullopt: there is none.
template <class Wanted>
std::optional<Path> find_member(const Shape& shape, Wanted wanted, int depth = 2);

/// How the operation's answers tell what became of the rows, and the job that they begin.
void plan_answers(const Document& document, const Operation& operation, ShapeReader& reader, Plan& plan);

template <class Wanted>
std::optional<Path> find_member(const Shape& shape, Wanted wanted, int depth) {
  for (const Member& member : shape.members)
    if (wanted(member)) return Path{member.name};
  for (const Member& member : shape.members) {
    if (member.shape.kind != Shape::Kind::Object || depth <= 1) continue;
    if (auto path = find_member(member.shape, wanted, depth - 1)) {
      path->insert(path->begin(), member.name);
      return path;
    }
  }
  return std::nullopt;
}

}  // namespace switchboard::scaffold
