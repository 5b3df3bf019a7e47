// A dump that was edited compiles on, and computes what it says.
//
// RUN: rm -rf %t && mkdir -p %t/a %t/b
// RUN: slb-compile %s -o %t/a/net.c --self-check --dump-phases-to=%t/phases
// RUN: FileCheck --check-prefix=DUMP %s < %t/phases/3-integer.mlir
// RUN: sed 's/dense<\[\[3\], \[-1\]\]>/dense<[[9], [-1]]>/' %t/phases/3-integer.mlir > %t/edited.mlir
// RUN: slb-compile %t/edited.mlir --compile-from=integer -o %t/b/net.c --self-check
// RUN: FileCheck --check-prefix=BEFORE %s < %t/a/net.c
// RUN: FileCheck --check-prefix=AFTER %s < %t/b/net.c
// RUN: %cc -I%t/a %S/../../execution/Inputs/self-check.c %t/a/net.c -o %t/a/run && %t/a/run
// RUN: %cc -I%t/b %S/../../execution/Inputs/self-check.c %t/b/net.c -o %t/b/run && %t/b/run
//
// The self-check of one with the thresholds of the other finds differences.
// RUN: sed 's/^    3, -1};/    9, -1};/' %t/a/net.c > %t/a/wrong.c && not cmp %t/a/net.c %t/a/wrong.c
// RUN: %cc -I%t/a %S/../../execution/Inputs/self-check.c %t/a/wrong.c -o %t/a/run && not %t/a/run 2>&1 | FileCheck --check-prefix=WRONG %s
//
// Phase `integer` carries its self-check along: one run of the reference serves
// all targets.
// RUN: mkdir %t/c && slb-compile %s --compile-to=integer --self-check -o %t/checked.mlir
// RUN: slb-compile %t/checked.mlir -o %t/c/net.c && cmp %t/a/net.c %t/c/net.c

// DUMP: slb.integer_linear
// BEFORE: {{^}}    3, -1};
// AFTER: {{^}}    9, -1};
// WRONG: {{[1-9]}} outputs differ

func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:3>>>) -> tensor<1x2x!slb.lowbit<range<0:1>>> {
  %w = slb.constant dense<[[1, 1, 1, 1], [0, 0, 0, 1]]> : tensor<2x4xi8> : tensor<2x4x!slb.lowbit<odd<1>>>
  %t = arith.constant dense<[[3], [-1]]> : tensor<2x1xi32>
  %y = slb.integer_linear %x, %w thresholds = %t {layer = "fc"}
     : (tensor<1x4x!slb.lowbit<range<0:3>>>, tensor<2x4x!slb.lowbit<odd<1>>>, tensor<2x1xi32>) -> tensor<1x2x!slb.lowbit<range<0:1>>>
  return %y : tensor<1x2x!slb.lowbit<range<0:1>>>
}
