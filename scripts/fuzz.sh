#!/usr/bin/env bash
# Builds the fuzzers and runs them side by side, from the corpora in test/fuzz.
#
#   scripts/fuzz.sh [SECONDS] [FUZZER...]     60 seconds each; all if none
#
# FUZZER is a name such as model, network, digits. Prints for each how many
# inputs it ran, how much code they reached (edges, features), and the file of
# each input that it found a fault with; the same input again:
#
#   build-fuzz/bin/slb-fuzz-model build-fuzz/findings/model/crash-...
#
# New inputs that reach more code are kept in build-fuzz/corpus from run to run.
# SLB_FUZZ_JOBS says how many run at once (one a core). Status 1 where a fault
# was found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case ${1:-60} in
  -h | --help) sed -n '2,16s/^# \{0,1\}//p' "$0"; exit ;;
  *[!0-9]*) echo "fuzz.sh: expects SECONDS, but got '$1'" >&2; exit 2 ;;
esac
seconds=${1:-60}
[ $# -eq 0 ] || shift
fuzzers=("$@")
folder=build-fuzz
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
touch "$scratch/start"

mkdir -p $folder
if ! { [ -e $folder/build.ninja ] || cmake --preset fuzz; } >$folder/build.log 2>&1 ||
  ! ninja -C $folder slb-fuzzers >>$folder/build.log 2>&1; then
  tail -n 40 $folder/build.log
  exit 1
fi
if [ ${#fuzzers[@]} -eq 0 ]; then
  for program in $folder/bin/slb-fuzz-*; do
    fuzzers+=("${program#"$folder/bin/slb-fuzz-"}")
  done
fi

# Prints what the log's last line of progress says, and the findings.
report() {
  local name=$1 line
  line=$(grep -E '^#[0-9]+: cov:' "$folder/$name.log" | tail -n 1)
  echo "$name: $(sed -E 's/^#([0-9]+): (cov: [0-9]+ ft: [0-9]+).*/\1 inputs, \2/' \
    <<<"${line:-no progress, see $folder/$name.log}")"
  find "$folder/findings/$name" -type f -newer "$scratch/start" -printf '  %p\n'
}

run_fuzzer() {
  local name=$1
  mkdir -p "$folder/corpus/$name" "$folder/findings/$name" "$scratch/$name"
  # In processes of its own, so that it goes on after a finding.
  TMPDIR=$scratch/$name "$folder/bin/slb-fuzz-$name" \
    -fork=1 -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 \
    -max_total_time="$seconds" -timeout=30 -rss_limit_mb=3000 -max_len=16384 \
    -artifact_prefix="$folder/findings/$name/" \
    "$folder/corpus/$name" "test/fuzz/corpus/$name" \
    >"$folder/$name.log" 2>&1 || true
  report "$name"
}
export -f run_fuzzer report
export folder seconds scratch

jobs=${SLB_FUZZ_JOBS:-$(nproc)}
results=$(printf '%s\n' "${fuzzers[@]}" |
  xargs -P "$jobs" -I '{}' bash -c 'run_fuzzer {}' | tee /dev/stderr)
# A finding is an indented line.
! grep -qE '^  |no progress' <<<"$results"
