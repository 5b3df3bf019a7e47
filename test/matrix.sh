#!/usr/bin/env bash
# Trains digits-cnn for a few steps at pairs of weight and activation bits, and
# compares the reference with the C on all 1797 test digits: every output is
# equal, or, where activations are floats, within 1e-5 of the largest and of the
# same class.
#
#   test/matrix.sh TOOLS [W,A...]     TOOLS: such as build/bin; all 20 pairs if none
set -euo pipefail

tools=$1
shift
pairs=("$@")
[ $# -gt 0 ] || pairs=({1,2,3,4},{1,2,4,8,32})
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

failed=0
for pair in "${pairs[@]}"; do
  "$tools/slb-train" --dataset=digits --network=digits-cnn --threads=1 \
    --weight-bits="${pair%,*}" --activation-bits="${pair#*,}" --max-steps=20 \
    --output="$folder" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
  "$tools/slb-eval" "$folder/model.mlir" --dataset=digits --json \
    >"$folder/eval.json" || failed=1
  python3 - "$pair" "$folder/eval.json" <<'PYTHON' || failed=1
import json, sys
bits, path = sys.argv[1:]
with open(path) as file:
    e = json.load(file)
differing, error = e["outputs_differing"], e["largest_relative_error"]
equal = error <= 1e-5 if bits.endswith(",32") else differing == 0
whole = e["samples"] == 1797 and e["outputs"] == 17970
print("W%sA%s: %d outputs differ, by at most %.1e, %d classes; top-1 %.4f %.4f"
      % (*bits.split(","), differing, error, e["classes_differing"],
         e["reference_top1"], e["c_top1"]))
sys.exit(not (whole and equal and e["classes_differing"] == 0))
PYTHON
done
exit $failed
