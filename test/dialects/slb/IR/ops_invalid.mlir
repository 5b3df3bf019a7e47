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

// -----

func.func @constant_resource() {
  // expected-error@+1 {{expects codes that can be read, but got no data of resource 'absent'}}
  %0 = slb.constant dense_resource<absent> : tensor<2xi8> : tensor<2x!slb.lowbit<odd<1>>>
  return
}

// -----

func.func @constant_length() {
  // expected-error@+1 {{expects codes that can be read, but got resource 'long' of 3 bytes for 2}}
  %0 = slb.constant dense_resource<long> : tensor<2xi8> : tensor<2x!slb.lowbit<odd<1>>>
  return
}
{-#
  dialect_resources: { builtin: { long: "0x04000000000001" } }
#-}

// -----

func.func @constant_kind() {
  // expected-error@+1 {{expects codes that can be read, but got elements of another kind}}
  %0 = slb.constant sparse<[[0]], [1]> : tensor<2xi8> : tensor<2x!slb.lowbit<odd<1>>>
  return
}

// -----

func.func @expectation_temperature(%logits: tensor<2x2xf32>) {
  %t = arith.constant -1.0 : f32
  // expected-error@+1 {{expects a finite temperature of at least 0, but got -1}}
  %0 = slb.expectation %logits, %t set = <odd<1>> : (tensor<2x2xf32>, f32) -> tensor<2xf32>
  return
}

// -----

func.func @expectation_grad_temperature(%logits: tensor<2x2xf32>, %g: tensor<2xf32>) {
  %t = arith.constant 0x7FC00000 : f32
  // expected-error@+1 {{expects a finite temperature of at least 0, but got nan}}
  %0 = slb.expectation_grad %logits, %t, %g set = <odd<1>> : (tensor<2x2xf32>, f32, tensor<2xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func @expectation_scale(%logits: tensor<2x2xf32>, %t: f32) {
  // expected-error@+1 {{expects a positive finite scale, but got -1}}
  %0 = slb.expectation %logits, %t set = <odd<1>> scale = -1.0 : (tensor<2x2xf32>, f32) -> tensor<2xf32>
  return
}

// -----

func.func @expectation_set(%logits: tensor<257x2xf32>, %t: f32) {
  // expected-error@+1 {{expects a set of at most 256 values, but got 257}}
  %0 = slb.expectation %logits, %t set = <range<0:256>> : (tensor<257x2xf32>, f32) -> tensor<2xf32>
  return
}

// -----

func.func @batch_norm_epsilon(%x: tensor<1x4xf32>, %p: tensor<4xf32>) {
  // expected-error@+1 {{expects a finite epsilon of at least 0, but got nan}}
  %0 = slb.batch_norm %x gamma = %p beta = %p mean = %p variance = %p {epsilon = 0x7FC00000 : f32} : (tensor<1x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4xf32>
  return
}

// -----

func.func @conv2d_field(%x: tensor<1x4x4x3xf32>, %w: tensor<2x1x1x3xf32>) {
  // expected-error@+1 {{expects values from 1 to 2147483647, the fields of the C, in 'dilations', but got 9223372036854775807}}
  %0 = slb.conv2d %x, %w {dilations = array<i64: 9223372036854775807, 1>} : (tensor<1x4x4x3xf32>, tensor<2x1x1x3xf32>) -> tensor<1x4x4x2xf32>
  return
}

// -----

func.func @conv2d_padded(%x: tensor<1x4x4x3xf32>, %w: tensor<2x1x1x3xf32>) {
  // expected-error@+1 {{expects an input of at most 2147483647 elements with its pads, but got 2147483651x4x3}}
  %0 = slb.conv2d %x, %w {pads = array<i64: 2147483647, 0, 0, 0>, strides = array<i64: 2147483647, 1>} : (tensor<1x4x4x3xf32>, tensor<2x1x1x3xf32>) -> tensor<1x2x4x2xf32>
  return
}

// -----

func.func @conv2d_fits(%x: tensor<1x4x4x3xf32>, %w: tensor<2x3x3x3xf32>) {
  // expected-error@+1 {{expects kernel and pool to fit the padded input}}
  %0 = slb.conv2d %x, %w {dilations = array<i64: 2, 1>} : (tensor<1x4x4x3xf32>, tensor<2x3x3x3xf32>) -> tensor<1x1x2x2xf32>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @sums(%x: tensor<1x70000x!u8>, %w: tensor<1x70000x!w8>) {
  // expected-error@+1 {{expects sums that fit int32 in every kernel, but got 70000 products of weights of range<-127:127> and inputs of range<0:255>}}
  %0 = slb.linear %x, %w : (tensor<1x70000x!u8>, tensor<1x70000x!w8>) -> tensor<1x1xf32>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

// Planes of weights, 0 or 2, and -1 are summed apart: 3 * 255 a product.
func.func @sums_of_codes(%x: tensor<1x2900000x!u8>, %w: tensor<1x2900000x!w1>) {
  // expected-error@+1 {{expects sums that fit int32 in every kernel, but got 2900000 products of weights of odd<1> and inputs of range<0:255>}}
  %0 = slb.linear %x, %w : (tensor<1x2900000x!u8>, tensor<1x2900000x!w1>) -> tensor<1x1xf32>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @fused_scales(%x: tensor<1x2x!u8>, %w: tensor<2x2x!slb.lowbit<odd<1>, scale = 1.0e20>>) {
  %s = arith.constant dense<[1.0, 1.0e20]> : tensor<2xf32>
  // expected-error@+1 {{expects a finite scale of input, filter and layer, but got 1.000000e+40 in channel 1}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s : (tensor<1x2x!u8>, tensor<2x2x!slb.lowbit<odd<1>, scale = 1.0e20>>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @thresholds_ascend(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>) {
  %t = arith.constant dense<[[1, 2, 2], [0, -1, 5]]> : tensor<2x3xi32>
  // expected-error@+1 {{expects thresholds that ascend, but got -1 after 0 in channel 1}}
  %0 = slb.integer_linear %x, %w thresholds = %t : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2x3xi32>) -> tensor<1x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @signs(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>) {
  %t = arith.constant dense<0> : tensor<2x3xi32>
  %s = arith.constant dense<[-1, 3]> : tensor<2xi8>
  // expected-error@+1 {{expects signs of 1 or -1, but got 3 in channel 1}}
  %0 = slb.integer_linear %x, %w thresholds = %t signs = %s : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2x3xi32>, tensor<2xi8>) -> tensor<1x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @addend(%x: tensor<1x4x!u2>, %w: tensor<1x4x!w1>) {
  %m = arith.constant dense<-5> : tensor<1xi32>
  %a = arith.constant dense<-9223372036854775770> : tensor<1xi64>
  // expected-error@+1 {{expects sums that fit int64, but got 12 * -5 with an addend of -9223372036854775770}}
  %0 = slb.integer_linear %x, %w multiplier = %m addend = %a : (tensor<1x4x!u2>, tensor<1x4x!w1>, tensor<1xi32>, tensor<1xi64>) -> tensor<1x1x!u8>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @residual(%x: tensor<1x4x!u2>, %w: tensor<1x4x!w1>, %r: tensor<1x1x!i32>) {
  %m = arith.constant dense<1> : tensor<1xi32>
  %a = arith.constant dense<4611686018427387904> : tensor<1xi64>
  // expected-error@+1 {{expects sums that fit int64, but got 12 * 1 + 2147483648 * -2147483648 with an addend of 4611686018427387904}}
  %0 = slb.integer_linear %x, %w multiplier = %m addend = %a residual = %r {residual_multiplier = -2147483648 : i32} : (tensor<1x4x!u2>, tensor<1x4x!w1>, tensor<1xi32>, tensor<1xi64>, tensor<1x1x!i32>) -> tensor<1x1x!u8>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @requantize_addend(%x: tensor<1x4x!u2>) {
  // expected-error@+1 {{expects sums that fit int64, but got 3 * 2 with an addend of 9223372036854775807}}
  %0 = slb.requantize %x {multiplier = 2 : i32, addend = 9223372036854775807 : i64} : (tensor<1x4x!u2>) -> tensor<1x4x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @requantize_operands(%x: tensor<1x4x!i32>) {
  // expected-error@+1 {{expects sums that fit int64}}
  %0 = slb.requantize %x, %x {multiplier = -2147483648 : i32, other_multiplier = -2147483648 : i32} : (tensor<1x4x!i32>, tensor<1x4x!i32>) -> tensor<1x4x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @pool2d_field(%x: tensor<1x4x4x2x!u2>) {
  // expected-error@+1 {{expects values from 1 to 2147483647, the fields of the C, in 'kernel', but got 4294967297}}
  %0 = slb.pool2d max %x {kernel = array<i64: 4294967297, 2>, strides = array<i64: 2, 2>} : (tensor<1x4x4x2x!u2>) -> tensor<1x2x2x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @pool2d_pads(%x: tensor<1x4x4x2x!u2>) {
  // expected-error@+1 {{expects pads smaller than the kernel, but got 2 for a kernel of 2}}
  %0 = slb.pool2d max %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 2, 0, 0, 0>} : (tensor<1x4x4x2x!u2>) -> tensor<1x3x2x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @pool2d_fits(%x: tensor<1x4x4x2x!u2>) {
  // expected-error@+1 {{expects a kernel that fits its padded input, but got 5 for}}
  %0 = slb.pool2d max %x {kernel = array<i64: 5, 2>, strides = array<i64: 2, 2>} : (tensor<1x4x4x2x!u2>) -> tensor<1x1x2x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>
!w8 = !slb.lowbit<range<-127:127>>
!i32 = !slb.lowbit<range<-2147483648:2147483647>>

func.func @pool2d_sum(%x: tensor<1x3000x3000x1x!u8>) {
  // expected-error@+1 {{expects sums that fit int32, but got windows of 3000x3000 of range<0:255>}}
  %0 = slb.pool2d sum %x {kernel = array<i64: 3000, 3000>, strides = array<i64: 1, 1>} : (tensor<1x3000x3000x1x!u8>) -> tensor<1x1x1x1xi32>
  return
}

// -----

func.func @linear_rank(%x: tensor<1x2x2xf32>, %w: tensor<2x4xf32>) {
  // expected-error@+1 {{expects input, filter and result of rank 2, but got 'tensor<1x2x2xf32>', 'tensor<2x4xf32>' and 'tensor<1x2xf32>'}}
  %0 = slb.linear %x, %w : (tensor<1x2x2xf32>, tensor<2x4xf32>) -> tensor<1x2xf32>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @integer_addend(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>, %m: tensor<2xi32>) {
  // expected-error@+1 {{expects multiplier and addend together}}
  %0 = slb.integer_linear %x, %w multiplier = %m : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2xi32>) -> tensor<1x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @integer_signs(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>, %s: tensor<2xi8>, %m: tensor<2xi32>, %a: tensor<2xi64>) {
  // expected-error@+1 {{expects signs only beside thresholds}}
  %0 = slb.integer_linear %x, %w signs = %s multiplier = %m addend = %a : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2xi8>, tensor<2xi32>, tensor<2xi64>) -> tensor<1x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @integer_residual(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>, %t: tensor<2x3xi32>, %r: tensor<1x2x!u2>) {
  // expected-error@+1 {{expects a residual only beside a multiplier}}
  %0 = slb.integer_linear %x, %w thresholds = %t residual = %r : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2x3xi32>, tensor<1x2x!u2>) -> tensor<1x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @integer_residual_multiplier(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>, %m: tensor<2xi32>, %a: tensor<2xi64>, %r: tensor<1x2x!u2>) {
  // expected-error@+1 {{expects a residual and its multiplier together}}
  %0 = slb.integer_linear %x, %w multiplier = %m addend = %a residual = %r : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2xi32>, tensor<2xi64>, tensor<1x2x!u2>) -> tensor<1x2x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

!list = !slb.lowbit<list<-1, 0, 1>>

func.func @integer_list(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>, %m: tensor<2xi32>, %a: tensor<2xi64>) {
  // expected-error@+1 {{expects a result in a range or an odd set beside a multiplier, but got}}
  %0 = slb.integer_linear %x, %w multiplier = %m addend = %a : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2xi32>, tensor<2xi64>) -> tensor<1x2x!list>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!list = !slb.lowbit<list<-1, 0, 1>>

func.func @requantize_list(%x: tensor<1x4x!u2>) {
  // expected-error@+1 {{expects a result in a range or an odd set, but got}}
  %0 = slb.requantize %x {multiplier = 1 : i32} : (tensor<1x4x!u2>) -> tensor<1x4x!list>
  return
}

// -----

func.func @expectation_shape(%logits: tensor<2x3xf32>, %t: f32) {
  // expected-error@+1 {{expects logits and weights of one shape behind the candidates, but got 'tensor<2x3xf32>' and 'tensor<4xf32>'}}
  %0 = slb.expectation %logits, %t set = <odd<1>> : (tensor<2x3xf32>, f32) -> tensor<4xf32>
  return
}

// -----

func.func @expectation_grad_shape(%logits: tensor<2x3xf32>, %t: f32, %g: tensor<3xf32>) {
  // expected-error@+1 {{expects logits and their gradient of one shape, but got 'tensor<2x3xf32>' and 'tensor<3x2xf32>'}}
  %0 = slb.expectation_grad %logits, %t, %g set = <odd<1>> : (tensor<2x3xf32>, f32, tensor<3xf32>) -> tensor<3x2xf32>
  return
}

// -----

func.func @batch_norm_scalar(%x: tensor<f32>, %p: tensor<1xf32>) {
  // expected-error@+1 {{expects an input with channels, but got a scalar}}
  %0 = slb.batch_norm %x gamma = %p beta = %p mean = %p variance = %p {epsilon = 0.0 : f32} : (tensor<f32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<f32>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>

func.func @pool2d_max_type(%x: tensor<1x4x4x2x!u2>) {
  // expected-error@+1 {{expects a maximum to keep the type}}
  %0 = slb.pool2d max %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : (tensor<1x4x4x2x!u2>) -> tensor<1x2x2x2xi32>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>

func.func @pool2d_padded(%x: tensor<1x1x1x1x!u2>) {
  // expected-error@+1 {{expects an input of at most 2147483647 elements with its pads, but got 65536x65536x1}}
  %0 = slb.pool2d max %x {kernel = array<i64: 65536, 65536>, strides = array<i64: 1, 1>, pads = array<i64: 65535, 0, 65535, 0>} : (tensor<1x1x1x1x!u2>) -> tensor<1x1x1x1x!u2>
  return
}

// -----

func.func @conv2d_rank(%x: tensor<1x4x4xf32>, %w: tensor<2x1x1x4xf32>) {
  // expected-error@+1 {{expects input and filter of rank 4, but got 'tensor<1x4x4xf32>' and 'tensor<2x1x1x4xf32>'}}
  %0 = slb.conv2d %x, %w : (tensor<1x4x4xf32>, tensor<2x1x1x4xf32>) -> tensor<1x4x4x2xf32>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>

func.func @requantize_shift(%x: tensor<1x4x!u2>) {
  // expected-error@+1 {{expects a shift of 0 to 62, but got -1}}
  %0 = slb.requantize %x {multiplier = 1 : i32, shift = -1 : i64} : (tensor<1x4x!u2>) -> tensor<1x4x!u2>
  return
}

// -----

!u2 = !slb.lowbit<range<0:3>>

func.func @requantize_shift_high(%x: tensor<1x4x!u2>) {
  // expected-error@+1 {{expects a shift of 0 to 62, but got 63}}
  %0 = slb.requantize %x {multiplier = 1 : i32, shift = 63 : i64} : (tensor<1x4x!u2>) -> tensor<1x4x!u2>
  return
}

// -----

func.func @constant_set() {
  // expected-error@+1 {{expects a set of at most 256 values, but got 301}}
  %0 = slb.constant dense<0> : tensor<2xi8> : tensor<2x!slb.lowbit<range<0:300>>>
  return
}
