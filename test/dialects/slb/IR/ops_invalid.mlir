// RUN: slb-opt --split-input-file --verify-diagnostics %s

func.func @constant_shape() {
  // expected-error@+1 {{expects codes of the result's shape, but got 'tensor<2xi8>'}}
  %0 = slb.constant dense<0> : tensor<2xi8> : tensor<3x!slb.lowbit<odd<1>>>
  return
}

// -----

func.func @constant_type() {
  // expected-error@+1 {{expects codes of type i8}}
  %0 = slb.constant dense<0> : tensor<2xi16> : tensor<2x!slb.lowbit<odd<1>>>
  return
}

// -----

func.func @constant_code() {
  // expected-error@+1 {{expects codes below 2, but got 2 at index 1}}
  %0 = slb.constant dense<[0, 2]> : tensor<2xi8> : tensor<2x!slb.lowbit<odd<1>>>
  return
}

// -----

func.func @constant_scales() {
  // expected-error@+1 {{expects the result to have as many scales as elements along their axis, but got 3 scales along axis 0}}
  %0 = slb.constant dense<0> : tensor<2xi8> : tensor<2x!slb.lowbit<odd<1>, scales = [1.0, 2.0, 3.0] axis = 0>>
  return
}

// -----

func.func @expectation_rank(%logits: tensor<2x3xf32>, %t: f32) {
  // expected-error@+1 {{expects logits of one dimension more than the weights}}
  %0 = slb.expectation %logits, %t set = <odd<1>> : (tensor<2x3xf32>, f32) -> tensor<2x3xf32>
  return
}

// -----

func.func @expectation_candidates(%logits: tensor<3x2xf32>, %t: f32) {
  // expected-error@+1 {{expects logits for the set's 2 values, but got 'tensor<3x2xf32>'}}
  %0 = slb.expectation %logits, %t set = <odd<1>> : (tensor<3x2xf32>, f32) -> tensor<2xf32>
  return
}

// -----

func.func @expectation_element(%logits: tensor<2x2xf32>, %t: f64) {
  // expected-error@+1 {{expects one element type everywhere}}
  %0 = slb.expectation %logits, %t set = <odd<1>> : (tensor<2x2xf32>, f64) -> tensor<2xf32>
  return
}

// -----

func.func @conv2d_groups(%x: tensor<1x4x4x3xf32>, %w: tensor<2x1x1x1xf32>) {
  // expected-error@+1 {{expects 'groups' to divide the channels, but got 2 groups of 3 input and 2 output channels}}
  %0 = slb.conv2d %x, %w {groups = 2} : (tensor<1x4x4x3xf32>, tensor<2x1x1x1xf32>) -> tensor<1x4x4x2xf32>
  return
}

// -----

func.func @conv2d_channels(%x: tensor<1x4x4x3xf32>, %w: tensor<2x1x1x2xf32>) {
  // expected-error@+1 {{expects 3 input channels in the filter, but got 2}}
  %0 = slb.conv2d %x, %w : (tensor<1x4x4x3xf32>, tensor<2x1x1x2xf32>) -> tensor<1x4x4x2xf32>
  return
}

// -----

func.func @conv2d_result(%x: tensor<1x4x4x3xf32>, %w: tensor<2x3x3x3xf32>) {
  // expected-error@+1 {{expects a result of shape 1x2x2x2, but got 'tensor<1x4x4x2xf32>'}}
  %0 = slb.conv2d %x, %w : (tensor<1x4x4x3xf32>, tensor<2x3x3x3xf32>) -> tensor<1x4x4x2xf32>
  return
}

// -----

func.func @conv2d_pads(%x: tensor<1x4x4x3xf32>, %w: tensor<2x1x1x3xf32>) {
  // expected-error@+1 {{expects 4 values in 'pads', but got 2}}
  %0 = slb.conv2d %x, %w {pads = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<2x1x1x3xf32>) -> tensor<1x4x4x2xf32>
  return
}

// -----

func.func @conv2d_filter_axis(%x: tensor<1x4x4x2xf32>, %w: tensor<2x1x1x2x!slb.lowbit<odd<1>, scales = [1.0, 2.0] axis = 3>>) {
  // expected-error@+1 {{expects the filter's scales along axis 0, the output channels, but got axis 3}}
  %0 = slb.conv2d %x, %w : (tensor<1x4x4x2xf32>, tensor<2x1x1x2x!slb.lowbit<odd<1>, scales = [1.0, 2.0] axis = 3>>) -> tensor<1x4x4x2xf32>
  return
}

// -----

func.func @linear_inputs(%x: tensor<1x4xf32>, %w: tensor<2x3xf32>) {
  // expected-error@+1 {{expects a filter of 4 inputs, but got 3}}
  %0 = slb.linear %x, %w : (tensor<1x4xf32>, tensor<2x3xf32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @batch_norm_parameters(%x: tensor<1x4xf32>, %p: tensor<3xf32>) {
  // expected-error@+1 {{expects a parameter for 4 channels, but got 3}}
  %0 = slb.batch_norm %x gamma = %p beta = %p mean = %p variance = %p {epsilon = 0.0 : f32} : (tensor<1x4xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<1x4xf32>
  return
}

// -----

func.func @fused_scale(%x: tensor<1x4xf32>, %w: tensor<2x4xf32>, %s: tensor<3xf32>, %t: tensor<2xf32>) {
  // expected-error@+1 {{expects a scale for 2 channels, but got 3}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %t : (tensor<1x4xf32>, tensor<2x4xf32>, tensor<3xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @integer_both(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>, %t: tensor<2x3xi32>, %m: tensor<2xi32>, %a: tensor<2xi64>) {
  // expected-error@+1 {{expects either thresholds or a multiplier}}
  %0 = slb.integer_linear %x, %w thresholds = %t multiplier = %m addend = %a : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2x3xi32>, tensor<2xi32>, tensor<2xi64>) -> tensor<1x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @integer_thresholds(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>, %t: tensor<2x4xi32>) {
  // expected-error@+1 {{expects thresholds of shape 2x3, but got 'tensor<2x4xi32>'}}
  %0 = slb.integer_linear %x, %w thresholds = %t : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2x4xi32>) -> tensor<1x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @integer_shift(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>, %m: tensor<2xi32>, %a: tensor<2xi64>) {
  // expected-error@+1 {{expects a shift of 0 to 62, but got 63}}
  %0 = slb.integer_linear %x, %w multiplier = %m addend = %a {shift = 63} : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2xi32>, tensor<2xi64>) -> tensor<1x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>

func.func @requantize_other(%x: tensor<1x4x!u2>) {
  // expected-error@+1 {{expects a second operand and its multiplier together}}
  %0 = slb.requantize %x, %x {multiplier = 1 : i32} : (tensor<1x4x!u2>, tensor<1x4x!u2>) -> tensor<1x4x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>

func.func @pool2d_type(%x: tensor<1x4x4x2x!u2>) {
  // expected-error@+1 {{expects a sum of type i32}}
  %0 = slb.pool2d sum %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : (tensor<1x4x4x2x!u2>) -> tensor<1x2x2x2x!u2>
  return
}
