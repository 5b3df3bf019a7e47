// RUN: slb-opt --slb-fuse --split-input-file --verify-diagnostics %s

func.func @no_layer(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %p = arith.constant dense<1.0> : tensor<2xf32>
  // expected-error@+1 {{'slb.batch_norm' op expects to fold into a layer before it, but its input is argument 0}}
  %0 = slb.batch_norm %x gamma = %p beta = %p mean = %p variance = %p {epsilon = 0.0 : f32} : (tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// -----

func.func @shared_input(%x: tensor<1x2xf32>, %w: tensor<2x2xf32>) -> (tensor<1x2xf32>, tensor<1x2xf32>) {
  %p = arith.constant dense<1.0> : tensor<2xf32>
  // expected-note@+1 {{its input comes from here}}
  %0 = slb.linear %x, %w {layer = "fc"} : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  // expected-error@+1 {{expects to fold into a layer before it, but other operators read 'slb.fused_linear' of layer 'fc' too}}
  %1 = slb.batch_norm %0 gamma = %p beta = %p mean = %p variance = %p {epsilon = 0.0 : f32} : (tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %0, %1 : tensor<1x2xf32>, tensor<1x2xf32>
}

// -----

func.func @behind_residual(%x: tensor<1x2xf32>, %w: tensor<2x2xf32>) -> tensor<1x2xf32> {
  %p = arith.constant dense<1.0> : tensor<2xf32>
  // expected-note@+1 {{its input comes from here}}
  %0 = slb.linear %x, %w {layer = "fc"} : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %1 = tosa.add %0, %x : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  // expected-error@+1 {{its input is 'slb.fused_linear' of layer 'fc', whose formula has residual and relu behind batch norms}}
  %2 = slb.batch_norm %1 gamma = %p beta = %p mean = %p variance = %p {epsilon = 0.0 : f32} : (tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %2 : tensor<1x2xf32>
}

// -----

func.func @behind_average(%x: tensor<1x2x2x2xf32>) -> tensor<1x1x1x2xf32> {
  %p = arith.constant dense<1.0> : tensor<2xf32>
  %z = arith.constant dense<0.0> : tensor<1xf32>
  // expected-note@+1 {{its input comes from here}}
  %0 = tosa.avg_pool2d %x, %z, %z {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, acc_type = f32} : (tensor<1x2x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  // expected-error@+1 {{expects to fold into a layer before it, but its input is 'tosa.avg_pool2d'}}
  %1 = slb.batch_norm %0 gamma = %p beta = %p mean = %p variance = %p {epsilon = 0.0 : f32} : (tensor<1x1x1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x1x1x2xf32>
  return %1 : tensor<1x1x1x2xf32>
}

// -----

func.func @constant_parameters(%x: tensor<1x2xf32>, %w: tensor<2x2xf32>, %p: tensor<2xf32>) -> tensor<1x2xf32> {
  %0 = slb.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  // expected-error@+1 {{expects constant parameters to fold into a layer}}
  %1 = slb.batch_norm %0 gamma = %p beta = %p mean = %p variance = %p {epsilon = 0.0 : f32} : (tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
}

// -----

func.func @positive_variance(%x: tensor<1x2xf32>, %w: tensor<2x2xf32>) -> tensor<1x2xf32> {
  %p = arith.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %0 = slb.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  // expected-error@+1 {{expects a positive variance + epsilon, but got -1}}
  %1 = slb.batch_norm %0 gamma = %p beta = %p mean = %p variance = %p {epsilon = 0.0 : f32} : (tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
}

// -----

func.func @finite_scale(%x: tensor<1x2xf32>, %w: tensor<2x2xf32>) -> tensor<1x2xf32> {
  %g = arith.constant dense<[1.0, 1.0e+38]> : tensor<2xf32>
  %v = arith.constant dense<1.0e-20> : tensor<2xf32>
  %z = arith.constant dense<0.0> : tensor<2xf32>
  // expected-error@+1 {{'slb.linear' op expects operators behind it that come to a finite scale and shift, but got 1.000000e+48 and 0.000000e+00 in channel 1}}
  %0 = slb.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %1 = slb.batch_norm %0 gamma = %g beta = %z mean = %z variance = %v {epsilon = 0.0 : f32} : (tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
}
