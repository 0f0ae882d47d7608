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

# The kit's headers without a warning: together with every compiler; each alone, whatever was included before, with one. What was compiled
# before comes out of ccache, where there is one: paths are relative so that every tree shares it.
launcher=$(command -v ccache || true)
warnings="-std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -Iinclude"
cd "$out"
ln -s "$include" include
ls include/switchboard/kit/*.h | sed 's,^include/\(.*\),#include <\1>,' >kit.cpp
one=
for cxx in g++ clang++; do
  command -v "$cxx" >/dev/null || continue
  # shellcheck disable=SC2086
  "$cxx" $warnings -fsyntax-only kit.cpp
  one=$cxx
done
for header in include/switchboard/kit/*.h; do
  name=$(basename "$header" .h)
  echo "#include <switchboard/kit/$name.h>" >"alone_$name.cpp"
  # shellcheck disable=SC2086
  $launcher "$one" $warnings -c "alone_$name.cpp" -o alone.o
done
echo "ok: each header of the kit"
