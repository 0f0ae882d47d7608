#!/bin/sh
# Compiles the ABI header in every language standard that it promises, with every compiler that is installed.
# usage: compile_everywhere.sh INCLUDE_DIR TEST_DIR
set -eu
include=$1
here=$2
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
flags="-Wall -Wextra -pedantic -Werror -I$include -I$here"
compiled=0
for family in "gcc g++" "clang clang++"; do
  c=${family% *}
  cxx=${family#* }
  if ! command -v "$c" >/dev/null || ! command -v "$cxx" >/dev/null; then
    echo "skipped: $c and $cxx are not installed"
    continue
  fi
  for standard in c11 c17; do
    # shellcheck disable=SC2086
    "$c" -std=$standard $flags "$here/layout.c" -o "$out/layout" && "$out/layout"
    echo "ok: $c -std=$standard"
    compiled=$((compiled + 1))
  done
  for standard in c++11 c++14 c++17 c++20; do
    # shellcheck disable=SC2086
    "$cxx" -x c++ -std=$standard $flags "$here/layout.c" -o "$out/layout" && "$out/layout"
    echo "ok: $cxx -std=$standard"
    compiled=$((compiled + 1))
  done
done
test "$compiled" -ge 6 || { echo "no compiler was found"; exit 1; }

# The kit's headers, each alone, without a warning.
for cxx in g++ clang++; do
  command -v "$cxx" >/dev/null || continue
  for header in "$include"/switchboard/kit/*.h; do
    name=$(basename "$header")
    echo "#include <switchboard/kit/$name>" |
      "$cxx" -std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -I"$include" -fsyntax-only -x c++ -
  done
  echo "ok: $cxx, each header of the kit"
done
