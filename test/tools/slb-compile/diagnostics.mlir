// RUN: slb-compile %s --compile-to=packed --split-input-file --verify-diagnostics

func.func @wide(%x: tensor<1x2x!slb.lowbit<range<0:32768>>>) -> tensor<1x1x!slb.lowbit<range<0:1>>> {
  %w = slb.constant dense<1> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<odd<1>>>
  %t = arith.constant dense<0> : tensor<1x1xi32>
  // expected-error @below {{expects an input of at most 16 bits}}
  %y = slb.integer_linear %x, %w thresholds = %t : (tensor<1x2x!slb.lowbit<range<0:32768>>>, tensor<1x2x!slb.lowbit<odd<1>>>, tensor<1x1xi32>) -> tensor<1x1x!slb.lowbit<range<0:1>>>
  return %y : tensor<1x1x!slb.lowbit<range<0:1>>>
}
