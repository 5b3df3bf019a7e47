// RUN: slb-opt --slb-select --split-input-file --verify-diagnostics %s

func.func @constant_logits(%logits: tensor<2x2xf32>, %t: f32) -> tensor<2xf32> {
  // expected-error@+1 {{'slb.expectation' op expects constant logits to select from, but got argument 0}}
  %w = slb.expectation %logits, %t set = <odd<1>> : (tensor<2x2xf32>, f32) -> tensor<2xf32>
  return %w : tensor<2xf32>
}

// -----

func.func @single_precision(%t: f64) -> tensor<2xf64> {
  %logits = arith.constant dense<0.0> : tensor<2x2xf64>
  // expected-error@+1 {{'slb.expectation' op expects logits of type f32, but got 'tensor<2x2xf64>'}}
  %w = slb.expectation %logits, %t set = <odd<1>> : (tensor<2x2xf64>, f64) -> tensor<2xf64>
  return %w : tensor<2xf64>
}

// -----

func.func @numbers() -> tensor<2x!slb.lowbit<odd<1>>> {
  %logits = arith.constant dense<[[0.0, 1.0], [0x7FC00000, 1.0]]> : tensor<2x2xf32>
  // expected-error@+1 {{'slb.select' op expects numbers as logits, but got NaN at index 2}}
  %w = slb.select %logits : (tensor<2x2xf32>) -> tensor<2x!slb.lowbit<odd<1>>>
  return %w : tensor<2x!slb.lowbit<odd<1>>>
}
