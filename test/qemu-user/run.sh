#!/bin/sh
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Usage: run.sh [cases]. Compares the vector kernels of AArch64 and RISC-V with
# the plain ones, in qemu-user.
set -eu
cases=${1:-300}
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
warnings="-std=c11 -Wall -Wextra -Wpedantic -Wconversion -Werror -Wno-unused-function"

# check EMULATOR COMPILER FLAG...
check() {
  emulator=$1
  shift
  # shellcheck disable=SC2086
  "$@" $warnings -O2 -static -I"$root" "$root/test/qemu-user/equality.c" \
    -o "$folder/equality"
  $emulator "$folder/equality" "$cases"
}

for march in armv8-a armv8.2-a+dotprod; do
  check qemu-aarch64 aarch64-linux-gnu-gcc -march=$march
  check qemu-aarch64 clang-22 --target=aarch64-linux-gnu -march=$march
done
check "qemu-riscv64 -cpu rv64,zbb=true" riscv64-linux-gnu-gcc -march=rv64gc_zbb
