#!/usr/bin/env bash
# Sets up the machine, builds the presets and runs every test.
#
#   scripts/test.sh [PRESET...]     default, compiler-only, asan; the first two if none
#
# On x86-64 the presets after the first are tested as if the processor had AVX2
# and no AVX-512 (SLB_HOST_CPU), and so is what of the first trains networks.
# The last line is `N passed, N failed`. The format check counts as a test, and
# so does the build of each preset.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

presets=("$@")
[ $# -gt 0 ] || presets=(default compiler-only)
passed=0 failed=0 unsupported=0
# Lets the second preset find the objects of the first in the cache: their build
# folders lie side by side, so they differ in absolute paths only, such as the
# one that CMake passes with -Xclang for the precompiled header.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_IGNOREOPTIONS=-Xclang
# But not those of another clone: a precompiled header holds absolute paths.
CCACHE_NAMESPACE=slb-$(pwd | sha256sum | cut -c 1-16)
export CCACHE_NAMESPACE

# check NAME COMMAND...: one test, passed if the command succeeds.
check() {
  local name=$1 start=$SECONDS
  shift
  if "$@"; then
    echo "PASS: $name ($((SECONDS - start)) s)"
    passed=$((passed + 1))
  else
    echo "FAIL: $name"
    failed=$((failed + 1))
    return 1
  fi
}

check_format() {
  local sources
  mapfile -t sources < <(git ls-files '*.h' '*.c' '*.cpp')
  clang-format-22 --dry-run -Werror "${sources[@]}" && return
  echo "to format: git ls-files '*.h' '*.c' '*.cpp' | xargs clang-format-22 -i"
  return 1
}

build_folder() {
  if [ "$1" = default ]; then echo build; else echo "build-$1"; fi
}

build_preset() {
  local folder log
  folder=$(build_folder "$1")
  log=$folder/build.log
  mkdir -p "$folder"
  if cmake --preset "$1" >"$log" 2>&1 &&
    ninja -C "$folder" -j "$(nproc)" >>"$log" 2>&1; then
    return 0
  fi
  tail -n 60 "$log"
  return 1
}

# test_preset PRESET [LIT-OPTION...]: runs tests of a preset and adds lit's
# counts to ours.
test_preset() {
  local folder results counts status=0
  folder=$(build_folder "$1")
  results=$PWD/$folder/test-results.json
  rm -f "$results"
  LIT_OPTS="-s --no-progress-bar -o $results ${*:2}" \
    ninja -C "$folder" -j "$(nproc)" check-slb || status=$?
  if ! counts=$(count_results "$results" 2>/dev/null); then
    echo "FAIL: the tests of preset $1 did not run to their end"
    failed=$((failed + 1))
    return
  fi
  read -r p f u <<<"$counts"
  passed=$((passed + p)) failed=$((failed + f)) unsupported=$((unsupported + u))
  if [ $status -ne 0 ] && [ "$f" -eq 0 ]; then
    echo "FAIL: the tests of preset $1 ended with status $status"
    failed=$((failed + 1))
  fi
}

# Prints how many tests of lit's result file passed, failed, do not apply.
count_results() {
  python3 - "$1" <<'PYTHON'
import collections, json, sys
with open(sys.argv[1]) as results:
    count = collections.Counter(t["code"] for t in json.load(results)["tests"])
passed = count.pop("PASS", 0) + count.pop("XFAIL", 0)
unsupported = count.pop("UNSUPPORTED", 0) + count.pop("SKIPPED", 0)
print(passed, sum(count.values()), unsupported)
sys.exit(passed + unsupported + sum(count.values()) == 0)
PYTHON
}

finish() {
  echo "$((SECONDS / 60)) min $((SECONDS % 60)) s," \
    "$unsupported tests that do not apply here"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit
}

setup=()
[[ " ${presets[*]} " == *" default "* ]] || setup=(--compiler-only)
check "set-up" bash scripts/setup.sh "${setup[@]}" || finish
check "format" check_format
older=
[ "$(uname -m)" != x86_64 ] || older=x86-64-v3
for preset in "${presets[@]}"; do
  check "build of preset $preset" build_preset "$preset" || continue
  test_preset "$preset"
  [ -n "$older" ] || continue
  if [ "$preset" = default ] && [ -z "${SLB_HOST_CPU:-}" ]; then
    SLB_HOST_CPU=$older test_preset "$preset" \
      "--filter='slb-train|SLBOperators|SLBTraining'"
  fi
  export SLB_HOST_CPU=${SLB_HOST_CPU:-$older}
done
finish
