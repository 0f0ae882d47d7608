#!/bin/sh
# Builds and installs the SDK alone, moves the prefix, builds a connector against it from outside the tree (CMake and
# pkg-config), judges it, and looks at what a stripped release library shows to the world.
# usage: install_test.sh SOURCE_DIR WORK_DIR
set -eu
source=$1
work=$2
fail() {
  echo "FAILED: $*"
  exit 1
}

rm -rf "$work"
mkdir -p "$work"
# Most of the time goes into compiling: nothing is optimised, a connector's files are compiled together, and what ccache has seen it gives back, whatever
# the tree is called.
export CCACHE_BASEDIR="$source" CCACHE_NOHASHDIR=1 CXXFLAGS=-O0
launcher=$(command -v ccache || true)
test -z "$launcher" || export CMAKE_CXX_COMPILER_LAUNCHER="$launcher"
together="-DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=0 -DCMAKE_CXX_FLAGS_RELEASE="
cmake -S "$source" -B "$work/sdk" -G Ninja -DSWITCHBOARD_SDK_ONLY=ON -DSWITCHBOARD_UNITY=ON -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE= -DBUILD_TESTING=OFF >"$work/log" || fail "configure"
cmake --build "$work/sdk" >>"$work/log" || fail "build"
cmake --install "$work/sdk" --prefix "$work/first" >>"$work/log" || fail "install"
mv "$work/first" "$work/prefix" # the prefix can be moved

mkdir "$work/acme"
for file in "$work"/prefix/share/switchboard/template/*; do
  sed -e 's/@NAMESPACE@/acme/g' -e 's/@NAME@/acme/g' -e 's/@TITLE@/Acme/g' -e 's/@UPPER@/ACME/g' "$file" >"$work/acme/$(basename "$file")"
done
# shellcheck disable=SC2086
cmake -S "$work/acme" -B "$work/acme/build" -G Ninja -DCMAKE_BUILD_TYPE=Release $together -DCMAKE_PREFIX_PATH="$work/prefix" >>"$work/log" || fail "find_package(SwitchboardSDK) of the template"
cmake --build "$work/acme/build" >>"$work/log" || fail "the template does not build"
ctest --test-dir "$work/acme/build" --output-on-failure >>"$work/log" || fail "the template does not conform; see $work/log"

library=$work/acme/build/connectors/acme.so
strip "$library"
exports=$(nm -D --defined-only "$library" | awk '{print $3}')
test "$exports" = swb_entry_v1 || fail "exports: $exports"
foreign=$(nm -D --undefined-only "$library" | awk '$1 == "U" {print $2}' | grep -v '@GLIBC_' || true)
test -z "$foreign" || fail "undefined symbols that are not libc's: $foreign"
needed=$(readelf -d "$library" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | grep -v -e '^libc\.so' -e '^libm\.so' -e '^ld-linux' || true)
test -z "$needed" || fail "needs $needed"
readelf -n "$library" | grep -q Switchboard || fail "strip removed the note"
"$work/prefix/bin/swb-conformance" "$library" >>"$work/log" || fail "the stripped library does not conform"

PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name switchboard.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
c++ -std=c++20 -fsyntax-only $(pkg-config --cflags switchboard) "$work/acme/connector.cpp" || fail "pkg-config"
test -d "$(pkg-config --variable=template_dir switchboard)" || fail "template_dir"
test "$(pkg-config --cflags switchboard-sdk)" = "$(pkg-config --cflags switchboard)" || fail "pkg-config switchboard-sdk"

# What there is to read: its links lead to what is installed as well.
read=$work/prefix/share/doc/switchboard
find "$read" -name '*.md' | while read -r page; do
  grep -o ']([A-Za-z0-9_./-]*)' "$page" | sed 's/^](//; s/)$//' | while read -r link; do
    test -e "$(dirname "$page")/$link" || echo "$page: $link"
  done
done >"$work/dead_links"
test ! -s "$work/dead_links" || fail "links that lead nowhere: $(cat "$work/dead_links")"

# The guide, from its first file to its last command.
mkdir "$work/guide"
awk -v folder="$work/guide" '
  /^```$/ && name != "" { close(name); name = ""; next }
  name != "" { print >name; next }
  /^```.* file=/ { sub(/.* file=/, ""); name = folder "/" $0; next }
  /^```sh$/ { name = folder "/commands"; next }' "$read/docs/connector-guide.md"
(cd "$work/guide" && CMAKE_PREFIX_PATH="$work/prefix" PATH="$work/prefix/bin:$PATH" CMAKE_GENERATOR=Ninja sh -e commands) >>"$work/log" 2>&1 ||
  fail "the guide's connector; see $work/log"
grep -q '^level complete' "$work/log" || fail "the guide's connector does not reach the last level; see $work/log"

# What is made of OpenAPI documents, with the template's CMakeLists.txt, as `switchboard connectors new NAME --from` leaves it.
for name in kontor rundruf; do
  mkdir "$work/$name"
  cp "$source/tests/data/openapi/made/$name/"* "$work/$name"
  sed -e "s/@NAME@/$name/g" "$work/prefix/share/switchboard/template/CMakeLists.txt" >"$work/$name/CMakeLists.txt"
  # shellcheck disable=SC2086
  cmake -S "$work/$name" -B "$work/$name/build" -G Ninja $together -DCMAKE_PREFIX_PATH="$work/prefix" >>"$work/log" || fail "configure $name"
  cmake --build "$work/$name/build" >>"$work/log" || fail "$name does not build"
  "$work/prefix/bin/swb-conformance" "$work/$name/build/connectors/$name.so" >"$work/card" || fail "$name does not conform: $(cat "$work/card")"
  grep -q '^level complete' "$work/card" || fail "$name does not reach the last level"
done

# The five, outside this tree: what ships has no other SDK than everybody else.
mkdir "$work/five"
cp -r "$source/plugins/." "$work/five"
cat >"$work/five/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(five LANGUAGES C CXX)
find_package(SwitchboardSDK 1 REQUIRED)
function(switchboard_connector_test)
endfunction()
file(GLOB connectors */connector.json)
foreach(connector ${connectors})
  get_filename_component(folder ${connector} DIRECTORY)
  add_subdirectory(${folder})
endforeach()
END
# shellcheck disable=SC2086
cmake -S "$work/five" -B "$work/five/build" -G Ninja $together -DCMAKE_PREFIX_PATH="$work/prefix" >>"$work/log" || fail "find_package(SwitchboardSDK 1)"
cmake --build "$work/five/build" >>"$work/log" || fail "the five connectors do not build from the installed SDK"
for connector in "$source"/plugins/*/connector.json; do
  name=$(basename "$(dirname "$connector")")
  test -e "$work/five/build/connectors/$name.so" || fail "$name was not built from the installed SDK"
done
if grep -rIl -e "$source" "$work/prefix" >"$work/leaks"; then fail "the source's path stands in $(cat "$work/leaks")"; fi
echo "ok"
