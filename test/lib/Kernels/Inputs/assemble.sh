#!/bin/sh
# assemble.sh PTXAS FILE: assembles each kind of kernels on each chip that
# ptxas knows, through FILE, and prints what they spill.
set -e
count=0
for type in f32 bf16; do
  for values in 2 3 4 8 16; do
    for chip in sm_75 sm_80 sm_86 sm_90 sm_100 sm_120; do
      slb-search-ptx $values $chip $type >"$2"
      "$1" -arch=$chip -v "$2" -o "$2.cubin" 2>&1 | grep spill
      count=$((count + 1))
    done
  done
done
echo "$count programs"
