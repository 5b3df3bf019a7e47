// RUN: slb-opt %s --split-input-file --verify-diagnostics --slb-check-network

// expected-error@below {{expects one function, the network, but got 0}}
module {
}

// -----

// expected-error@below {{expects tensors of element type f32, i32 or !slb.lowbit, but got argument 1 of type 'f32'}}
func.func @scalar_argument(%x: tensor<1x4xf32>, %s: f32) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'memref<2x?xf32>'}}
func.func @memref_argument(%x: tensor<1x4xf32>, %s: memref<2x?xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'vector<4xf32>'}}
func.func @vector_argument(%x: tensor<1x4xf32>, %s: vector<4xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<*xf32>'}}
func.func @unranked_argument(%x: tensor<1x4xf32>, %s: tensor<*xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<1x4xf64>'}}
func.func @f64_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xf64>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<1x4xf16>'}}
func.func @f16_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xf16>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<1x4xbf16>'}}
func.func @bf16_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xbf16>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<1x4xi1>'}}
func.func @i1_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xi1>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<1x4xi8>'}}
func.func @i8_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xi8>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<1x4xui8>'}}
func.func @ui8_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xui8>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<1x4xi16>'}}
func.func @i16_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xi16>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<1x4xi64>'}}
func.func @i64_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xi64>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<1x4xindex>'}}
func.func @index_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xindex>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{but got argument 1 of type 'tensor<1x4xcomplex<f32>>'}}
func.func @complex_f32_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xcomplex<f32>>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{expects static shapes, but got argument 1 of 'tensor<?x4xf32>'}}
func.func @dynamic_argument(%x: tensor<1x4xf32>, %s: tensor<?x4xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{expects shapes of at least one dimension, but got argument 1 of 'tensor<f32>'}}
func.func @rank_0_argument(%x: tensor<1x4xf32>, %s: tensor<f32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{expects sizes of at least 1 in every dimension, but got argument 1 of 'tensor<1x0xf32>'}}
func.func @empty_argument(%x: tensor<1x4xf32>, %s: tensor<1x0xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{expects at most 2147483647 elements, but got argument 1 of 'tensor<1x65536x32768xf32>'}}
func.func @large_argument(%x: tensor<1x4xf32>, %s: tensor<1x65536x32768xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{expects tensors without an encoding, but got argument 1}}
func.func @encoded_argument(%x: tensor<1x4xf32>, %s: tensor<1x4xf32, 7>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{expects as many scales as elements along their axis, but got argument 1}}
func.func @scales_argument(%x: tensor<1x4xf32>, %s: tensor<1x4x!slb.lowbit<range<0:255>, scales = [1.0, 2.0] axis = 1>>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{expects as many scales as elements along their axis, but got argument 1}}
func.func @axis_argument(%x: tensor<1x4xf32>, %s: tensor<1x4x!slb.lowbit<range<0:255>, scales = [1.0] axis = 7>>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{expects a network with results, but got none}}
func.func @no_result(%x: tensor<1x4xf32>) {
  return
}

// -----

// expected-error@below {{expects tensors of element type f32, i32 or !slb.lowbit, but got result 1 of type 'tensor<2xf64>'}}
func.func @result_type(%x: tensor<1x4xf32>) -> (tensor<1x4xf32>, tensor<2xf64>) {
  %0 = arith.constant dense<1.0> : tensor<2xf64>
  return %x, %0 : tensor<1x4xf32>, tensor<2xf64>
}

// -----

// expected-error@below {{expects a batch of 1, but got a result of 'tensor<3x4xf32>'}}
func.func @batch(%x: tensor<3x4xf32>) -> tensor<3x4xf32> {
  return %x : tensor<3x4xf32>
}

// -----

// expected-error@below {{expects a function of one block, but got 2}}
func.func @blocks(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
^bb1:
  return %x : tensor<1x4xf32>
}

// -----

func.func @batch_inside(%x: tensor<2x4xf32>, %w: tensor<3x4xf32>) -> tensor<6xf32> {
  // expected-error@below {{'slb.linear' op expects a batch of 1, but got a result of 'tensor<2x3xf32>'}}
  %0 = slb.linear %x, %w : (tensor<2x4xf32>, tensor<3x4xf32>) -> tensor<2x3xf32>
  %1 = tensor.collapse_shape %0 [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  return %1 : tensor<6xf32>
}

// -----

func.func @rank_inside(%x: tensor<1xf32>) -> tensor<1xf32> {
  // expected-error@below {{expects shapes of at least one dimension, but got 'tensor.collapse_shape' of 'tensor<f32>'}}
  %0 = tensor.collapse_shape %x [] : tensor<1xf32> into tensor<f32>
  %1 = tensor.expand_shape %0 [] output_shape [1] : tensor<f32> into tensor<1xf32>
  return %1 : tensor<1xf32>
}

// -----

func.func @missing(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // expected-error@below {{'arith.constant' op expects data that can be read, but got no data of resource 'bias'}}
  %0 = arith.constant dense_resource<bias> : tensor<1x2xf32>
  %1 = tosa.add %x, %0 : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
}

// -----

func.func @short(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // expected-error@below {{expects data that can be read, but got resource 'bias_short' of 4 bytes for 8}}
  %0 = "tosa.const"() {values = dense_resource<bias_short> : tensor<1x2xf32>} : () -> tensor<1x2xf32>
  %1 = tosa.add %x, %0 : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
}
{-#
  dialect_resources: { builtin: { bias_short: "0x0400000000000000" } }
#-}

// -----

func.func @sparse(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // expected-error@below {{expects data that can be read, but got elements of another kind}}
  %0 = arith.constant sparse<[[0, 1]], [1.0]> : tensor<1x2xf32>
  %1 = tosa.add %x, %0 : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
}

// -----

func.func @bias(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %0 = arith.constant dense<[[1.0, 0x7FC00000]]> : tensor<1x2xf32>
  // expected-error@below {{'tosa.add' op expects finite numbers in its bias, but got nan at index 1}}
  %1 = tosa.add %x, %0 : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
}

// -----

func.func @resource_bias(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %0 = arith.constant dense_resource<bias_inf> : tensor<1x2xf32>
  // expected-error@below {{'tosa.add' op expects finite numbers in its bias, but got -INF at index 0}}
  %1 = tosa.add %x, %0 : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
}
{-#
  dialect_resources: { builtin: { bias_inf: "0x04000000000080FF00000000" } }
#-}

// -----

func.func @filter(%x: tensor<1x2xf32>) -> tensor<1x1xf32> {
  %0 = arith.constant dense<0x7F800000> : tensor<1x2xf32>
  // expected-error@below {{'slb.linear' op expects finite numbers in its filter, but got INF at index 0}}
  %1 = slb.linear %x, %0 : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  return %1 : tensor<1x1xf32>
}

// -----

func.func @logits(%x: tensor<1x2xf32>) -> tensor<1x1xf32> {
  %a = arith.constant dense<0x7F800000> : tensor<2x1x2xf32>
  %t = arith.constant 1.0 : f32
  // expected-error@below {{'slb.expectation' op expects finite numbers in its logits, but got INF at index 0}}
  %w = slb.expectation %a, %t set = <odd<1>> : (tensor<2x1x2xf32>, f32) -> tensor<1x2xf32>
  %1 = slb.linear %x, %w : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  return %1 : tensor<1x1xf32>
}

// -----

func.func @returned(%x: tensor<1x2xf32>) -> (tensor<1x2xf32>, tensor<2xf32>) {
  %0 = arith.constant dense<0x7FC00000> : tensor<2xf32>
  // expected-error@below {{'func.return' op expects finite numbers in its value, but got nan at index 0}}
  return %x, %0 : tensor<1x2xf32>, tensor<2xf32>
}

// -----

func.func @pool(%x: tensor<1x2x2x1xf32>) -> tensor<1x1x1x1xf32> {
  // expected-error@below {{'tosa.max_pool2d' op expects values of 32 bits in 'stride', but got 4294967296}}
  %0 = tosa.max_pool2d %x {kernel = array<i64: 2, 2>, stride = array<i64: 4294967296, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x2x2x1xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @thresholds(%x: tensor<1x4x!u2>, %w: tensor<2x4x!w1>, %t: tensor<2x3xi32>) -> tensor<1x2x!u2> {
  // expected-error@below {{'slb.integer_linear' op expects constant thresholds, but got argument 2}}
  %0 = slb.integer_linear %x, %w thresholds = %t : (tensor<1x4x!u2>, tensor<2x4x!w1>, tensor<2x3xi32>) -> tensor<1x2x!u2>
  return %0 : tensor<1x2x!u2>
}

// -----

// expected-error@below {{expects sizes of at least 1 in every dimension, but got argument 0 of 'tensor<1x0xui8>'}}
func.func @packed(%x: tensor<1x0xui8> {bitpack.type = tensor<1x0x!slb.lowbit<range<0:255>>>}) -> (tensor<1x0xui8> {bitpack.type = tensor<1x0x!slb.lowbit<range<0:255>>>}) {
  return %x : tensor<1x0xui8>
}

// -----

// expected-error@below {{expects tensors of element type f32, i32 or !slb.lowbit, but got argument 0 of type 'tensor<1x2xi8>'}}
func.func @packed_type(%x: tensor<1x2xi8> {bitpack.type = tensor<1x2xi8>}) -> tensor<1x2xi8> {
  return %x : tensor<1x2xi8>
}

// -----

// expected-error@below {{expects tensors of element type f32, i32 or !slb.lowbit, but got result 0 of type 'tensor<1x2xi8>'}}
func.func @packed_result(%x: tensor<1x2xi8> {bitpack.type = tensor<1x2xi32>}) -> (tensor<1x2xi8> {bitpack.type = tensor<1x2xi8>}) {
  return %x : tensor<1x2xi8>
}

// -----

func.func @arithmetic(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // expected-error@below {{'arith.addf' op is not supported; see 'Operators' in README.md}}
  %0 = arith.addf %x, %x : tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// -----

func.func @nothing(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // expected-error@below {{'tensor.empty' op is not supported; see 'Operators' in README.md}}
  %0 = tensor.empty() : tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// -----

func.func @pads(%x: tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32> {
  // expected-error@below {{'tosa.max_pool2d' op expects an input of at most 2147483647 elements with its pads, but got 65536x65536x1}}
  %0 = tosa.max_pool2d %x {kernel = array<i64: 65536, 65536>, stride = array<i64: 1, 1>, pad = array<i64: 65535, 0, 65535, 0>} : (tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}
