#!/usr/bin/env bash
# Sets up the machine, builds slb, trains a digit classifier with 1-bit weights
# and 8-bit activations, compiles it to C and runs the C on the 1797 test digits.
#
#   scripts/demo.sh [slb-train option...]      such as --weight-bits=2
#
# The results stay in build/demo: model.mlir, net.c, net.h.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash scripts/setup.sh --build-only
[ -e build/build.ninja ] || cmake --preset default
ninja -C build -j "$(nproc)" slb-train slb-compile slb-eval

out=build/demo
started=$SECONDS
step() {
  printf '\n$ %s\n' "$*" >&2 # What the command prints may go to a file.
  "$@"
}
step build/bin/slb-train --dataset=digits --network=digits-cnn \
  --weight-bits=1 --activation-bits=8 --output=$out "$@"
step build/bin/slb-compile $out/model.mlir -o $out/net.c --report=$out/report.json
step build/bin/slb-eval $out/model.mlir --dataset=digits --json >$out/eval.json
step cc -std=c99 -O2 -c $out/net.c -o $out/net.o
step cc -std=c99 -O2 -I $out examples/digits/main.c $out/net.o -o $out/digit
step $out/digit

echo
python3 scripts/summary.py $out
echo "$((SECONDS - started)) s from training to here"
