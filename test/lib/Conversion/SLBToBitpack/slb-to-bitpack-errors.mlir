// RUN: slb-opt --convert-slb-to-bitpack --verify-diagnostics --split-input-file %s

func.func @filter_argument(%x: tensor<1x2x!slb.lowbit<range<0:255>>>, %w: tensor<1x2x!slb.lowbit<odd<1>>>) -> tensor<1x1x!slb.lowbit<range<0:1>>> {
  %t = arith.constant dense<0> : tensor<1x1xi32>
  // expected-error @below {{expects a constant filter to pack}}
  %y = slb.integer_linear %x, %w thresholds = %t : (tensor<1x2x!slb.lowbit<range<0:255>>>, tensor<1x2x!slb.lowbit<odd<1>>>, tensor<1x1xi32>) -> tensor<1x1x!slb.lowbit<range<0:1>>>
  return %y : tensor<1x1x!slb.lowbit<range<0:1>>>
}

// -----

func.func @wide_input(%x: tensor<1x2x!slb.lowbit<range<0:32768>>>) -> tensor<1x1x!slb.lowbit<range<0:1>>> {
  %w = slb.constant dense<1> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<odd<1>>>
  %t = arith.constant dense<0> : tensor<1x1xi32>
  // expected-error @below {{expects an input of at most 16 bits, but got 'tensor<1x2x!slb.lowbit<range<0:32768>>>'}}
  %y = slb.integer_linear %x, %w thresholds = %t : (tensor<1x2x!slb.lowbit<range<0:32768>>>, tensor<1x2x!slb.lowbit<odd<1>>>, tensor<1x1xi32>) -> tensor<1x1x!slb.lowbit<range<0:1>>>
  return %y : tensor<1x1x!slb.lowbit<range<0:1>>>
}

// -----

func.func @wide_filter(%x: tensor<1x2x!slb.lowbit<range<0:255>>>) -> tensor<1x1x!slb.lowbit<range<0:1>>> {
  %w = slb.constant dense<1> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<list<-128, 0, 1, 128>>>
  %t = arith.constant dense<0> : tensor<1x1xi32>
  // expected-error @below {{expects a filter of at most 8 bits, but got 'tensor<1x2x!slb.lowbit<list<-128, 0, 1, 128>>>'}}
  %y = slb.integer_linear %x, %w thresholds = %t : (tensor<1x2x!slb.lowbit<range<0:255>>>, tensor<1x2x!slb.lowbit<list<-128, 0, 1, 128>>>, tensor<1x1xi32>) -> tensor<1x1x!slb.lowbit<range<0:1>>>
  return %y : tensor<1x1x!slb.lowbit<range<0:1>>>
}

// -----

func.func @addend_of_offset(%x: tensor<1x2x!slb.lowbit<range<-200:55>>>) -> tensor<1x2x!slb.lowbit<range<-200:55>>> {
  // expected-error @below {{expects an addend that fits 64 bits beside the offset of stored bytes, but got 0}}
  %y = slb.requantize %x {multiplier = 1 : i32, shift = 62 : i64} : (tensor<1x2x!slb.lowbit<range<-200:55>>>) -> tensor<1x2x!slb.lowbit<range<-200:55>>>
  return %y : tensor<1x2x!slb.lowbit<range<-200:55>>>
}

// -----

func.func @no_relu(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // expected-error @below {{op is not supported with these types and attributes; see 'Operators' in README.md}}
  %y = tosa.clamp %x {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// -----

func.func @addend_of_layer(%x: tensor<1x2x!slb.lowbit<range<0:255>>>) -> tensor<1x1x!slb.lowbit<range<-200:55>>> {
  %w = slb.constant dense<1> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<odd<1>>>
  %m = arith.constant dense<1> : tensor<1xi32>
  %a = arith.constant dense<0> : tensor<1xi64>
  // expected-error @below {{expects an addend that fits 64 bits beside the offset of stored bytes, but got 0}}
  %y = slb.integer_linear %x, %w multiplier = %m addend = %a {shift = 62 : i64} : (tensor<1x2x!slb.lowbit<range<0:255>>>, tensor<1x2x!slb.lowbit<odd<1>>>, tensor<1xi32>, tensor<1xi64>) -> tensor<1x1x!slb.lowbit<range<-200:55>>>
  return %y : tensor<1x1x!slb.lowbit<range<-200:55>>>
}
