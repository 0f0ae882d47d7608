#pragma once

#include <cstddef>

namespace switchboard {

namespace detail {
/// Stands for a value of any type. Never made.
struct AnyValue {
  template <class T>
  constexpr operator T() const;
};

template <class T, class... Values>
consteval std::size_t count_members() {
  if constexpr (requires { T{Values{}..., AnyValue{}}; })
    return count_members<T, Values..., AnyValue>();
  else
    return sizeof...(Values);
}
}  // namespace detail

/// How many members an aggregate has that hold no arrays: for a static_assert where each of them must be dealt with.
template <class T>
consteval std::size_t member_count() {
  return detail::count_members<T>();
}

}  // namespace switchboard
