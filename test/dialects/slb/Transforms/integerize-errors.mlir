// RUN: slb-opt --slb-integerize --split-input-file --verify-diagnostics %s

!u16 = !slb.lowbit<range<0:65535>>
!w8 = !slb.lowbit<range<-127:127>>

func.func @accumulator(%x: tensor<1x400x!u16>, %w: tensor<1x400x!w8>) -> tensor<1x1x!u16> {
  %s = arith.constant dense<1.0> : tensor<1xf32>
  // expected-error@+1 {{'slb.fused_linear' op expects sums that fit int32 in every kernel, but got 400 products of weights of range<-127:127> and inputs of range<0:65535>}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s : (tensor<1x400x!u16>, tensor<1x400x!w8>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x!u16>
  return %0 : tensor<1x1x!u16>
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @real_residual(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>, %r: tensor<1x2xf32>) -> tensor<1x2x!u2> {
  %s = arith.constant dense<1.0> : tensor<2xf32>
  // expected-error@+1 {{expects a low-bit residual of one scale, but got 'tensor<1x2xf32>' from argument 2}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s residual = %r : (tensor<1x2x!u2>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>, tensor<1x2xf32>) -> tensor<1x2x!u2>
  return %0 : tensor<1x2x!u2>
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!i8 = !slb.lowbit<range<-128:127>>
!w1 = !slb.lowbit<odd<1>>

func.func @relu_of_signed(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>) -> tensor<1x2x!i8> {
  %s = arith.constant dense<1.0> : tensor<2xf32>
  // expected-error@+1 {{expects a result from 0 behind a relu for integer arithmetic, but got '!slb.lowbit<range<-128:127>>'}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s {relu} : (tensor<1x2x!u2>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x!i8>
  return %0 : tensor<1x2x!i8>
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @result_set(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>, %r: tensor<1x2x!u2>) -> tensor<1x2x!slb.lowbit<list<-1, 0, 1>>> {
  %s = arith.constant dense<1.0> : tensor<2xf32>
  // expected-error@+1 {{expects a result in a range or odd set of one scale for integer arithmetic, but got '!slb.lowbit<list<-1, 0, 1>>'}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s residual = %r : (tensor<1x2x!u2>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>, tensor<1x2x!u2>) -> tensor<1x2x!slb.lowbit<list<-1, 0, 1>>>
  return %0 : tensor<1x2x!slb.lowbit<list<-1, 0, 1>>>
}

// -----

!i32 = !slb.lowbit<range<-2147483648:2147483647>, scale = 1.0e-20>
!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @units(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>) -> tensor<1x2x!i32> {
  %s = arith.constant dense<1.0> : tensor<2xf32>
  // expected-error@+1 {{expects sums in units of less than 2^31 of the result's, but got 1.000000e+20 for the result's scale of 1.000000e-20}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s : (tensor<1x2x!u2>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x!i32>
  return %0 : tensor<1x2x!i32>
}

// -----

!u8 = !slb.lowbit<range<0:255>, scale = 1.0e-20>
!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @residual_units(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>, %r: tensor<1x2x!u2>) -> tensor<1x2x!u8> {
  %s = arith.constant dense<1.0e-20> : tensor<2xf32>
  // expected-error@+1 {{expects a second operand in units of less than 2^31 of the result's, but got 1.000000e+20 for the result's scale of 1.000000e-20}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s residual = %r : (tensor<1x2x!u2>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>, tensor<1x2x!u2>) -> tensor<1x2x!u8>
  return %0 : tensor<1x2x!u8>
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @constant_scale(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>, %s: tensor<2xf32>) -> tensor<1x2x!u2> {
  // expected-error@+1 {{expects constant scale and shift}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s : (tensor<1x2x!u2>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x!u2>
  return %0 : tensor<1x2x!u2>
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>

func.func @shared(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>) -> (tensor<1x2xf32>, tensor<1x2x!u2>) {
  %s = arith.constant dense<1.0> : tensor<2xf32>
  // expected-note@+1 {{its input comes from here}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s {layer = "fc"} : (tensor<1x2x!u2>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  // expected-error@+1 {{'slb.quantize' op expects an input of the network, the value of a low-bit layer, or a sum, average or maximum of low-bit values, but got the value of 'slb.fused_linear' of layer 'fc'}}
  %1 = slb.quantize %0 : (tensor<1x2xf32>) -> tensor<1x2x!u2>
  return %0, %1 : tensor<1x2xf32>, tensor<1x2x!u2>
}

// -----

!u2 = !slb.lowbit<range<0:3>>

func.func @padded_average(%x: tensor<1x2x2x2x!u2>) -> tensor<1x2x2x2x!u2> {
  %z = arith.constant dense<0.0> : tensor<1xf32>
  %0 = slb.dequantize %x : (tensor<1x2x2x2x!u2>) -> tensor<1x2x2x2xf32>
  // expected-note@+1 {{its input comes from here}}
  %1 = tosa.avg_pool2d %0, %z, %z {kernel = array<i64: 3, 3>, stride = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, acc_type = f32} : (tensor<1x2x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2xf32>
  // expected-error@+1 {{but got the value of 'tosa.avg_pool2d'}}
  %2 = slb.quantize %1 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2x!u2>
  return %2 : tensor<1x2x2x2x!u2>
}

// -----

!x = !slb.lowbit<range<0:255>>
!r = !slb.lowbit<range<-2147483648:2147483647>, scale = 3.0e38>

func.func @largest_result(%x: tensor<1x2x!x>, %r: tensor<1x1x!r>) -> tensor<1x1xf32> {
  %w = slb.constant dense<1> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<odd<1>>>
  %s = arith.constant dense<1.0> : tensor<1xf32>
  %b = arith.constant dense<0.0> : tensor<1xf32>
  // expected-error@+1 {{expects results that int32 and a float scale hold, but got up to 6.4}}
  %y = slb.fused_linear %x, %w scale = %s shift = %b residual = %r : (tensor<1x2x!x>, tensor<1x2x!slb.lowbit<odd<1>>>, tensor<1xf32>, tensor<1xf32>, tensor<1x1x!r>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}
