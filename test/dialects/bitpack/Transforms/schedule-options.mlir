// RUN: not slb-opt --bitpack-schedule=target=z80 %s 2>&1 | FileCheck %s --check-prefix=TARGET
// RUN: not slb-opt --bitpack-list-strategies=target=z80 %s 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: expects a target, such as 'c99', but got 'z80'
// RUN: not slb-opt --bitpack-schedule=optimize=size %s 2>&1 | FileCheck %s --check-prefix=OPTIMIZE
// OPTIMIZE: expects to optimize 'speed' or 'ram', but got 'size'

func.func @net(%x: tensor<1x4xf32>, %y: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = bitpack.relu %x into %y {output_type = tensor<1x4xf32>} : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return %0 : tensor<1x4xf32>
}
