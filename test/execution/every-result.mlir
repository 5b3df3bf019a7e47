// Every kind of result: constants however they are written, arguments, values that
// are returned twice or used, or seen in another shape, of all ranks and storages.
// The C of each gives what the reference gives, and no compiler has a warning.
//
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: sh -ec 'for net in *.mlir; do echo $net; slb-compile $net -o net.c --self-check > log; %cc -fsanitize=address,undefined -fno-sanitize-recover=all -I. %S/Inputs/self-check.c net.c -o a; ./a; done'
//
// RUN: sh -ec 'for net in *.mlir; do slb-compile $net -o net.c --static-arena --weights-file=weights.c > log; %cc -c net.c weights.c; done'

//--- const-only.mlir
func.func @net() -> tensor<3xf32> {
  %c = arith.constant dense<[1.0,2.0,-0.5]> : tensor<3xf32>
  return %c : tensor<3xf32>
}
//--- const-twice.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> (tensor<3xf32>, tensor<3xf32>) {
  %c = arith.constant dense<1.5> : tensor<3xf32>
  return %c, %c : tensor<3xf32>, tensor<3xf32>
}
//--- const-i32.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x3xi32> {
  %c = arith.constant dense<[[1,-2147483648,3]]> : tensor<1x3xi32>
  return %c : tensor<1x3xi32>
}
//--- const-odd.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x3x!slb.lowbit<odd<1>>> {
  %c = slb.constant dense<[[1,0,1]]> : tensor<1x3xi8> : tensor<1x3x!slb.lowbit<odd<1>>>
  return %c : tensor<1x3x!slb.lowbit<odd<1>>>
}
//--- const-list.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x3x!slb.lowbit<list<-300, 0, 5>>> {
  %c = slb.constant dense<[[2,0,1]]> : tensor<1x3xi8> : tensor<1x3x!slb.lowbit<list<-300, 0, 5>>>
  return %c : tensor<1x3x!slb.lowbit<list<-300, 0, 5>>>
}
//--- const-used.mlir
func.func @net(%x: tensor<1x4xf32>) -> (tensor<1x4xf32>, tensor<1x4xf32>) {
  %c = arith.constant dense<[[1.5, 2.0, 3.0, 4.0]]> : tensor<1x4xf32>
  %y = tosa.add %x, %c : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return %y, %c : tensor<1x4xf32>, tensor<1x4xf32>
}
//--- tosa-const.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x2xf32> {
  %c = "tosa.const"() <{values = dense<[[1.0, 3.0]]> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  return %c : tensor<1x2xf32>
}
//--- tosa-add.mlir
func.func @net(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %c = "tosa.const"() <{values = dense<[[1.0, 3.0]]> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  %y = tosa.add %x, %c : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
//--- resource.mlir
func.func @net(%x: tensor<1x2xf32>) -> (tensor<1x2xf32>, tensor<1x2xf32>) {
  %c = arith.constant dense_resource<c> : tensor<1x2xf32>
  %y = tosa.add %x, %c : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y, %c : tensor<1x2xf32>, tensor<1x2xf32>
}
{-# dialect_resources: { builtin: { c: "0x040000000000803F00004040" } } #-}
//--- resource-codes.mlir
func.func @net(%x: tensor<1x2xf32>) -> tensor<1x2x!slb.lowbit<range<0:255>>> {
  %c = slb.constant dense_resource<c> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<range<0:255>>>
  return %c : tensor<1x2x!slb.lowbit<range<0:255>>>
}
{-# dialect_resources: { builtin: { c: "0x010000000180" } } #-}
//--- filter-itself.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> (tensor<1x1x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<odd<1>>>) {
  %w = slb.constant dense<[[1,0,1,1]]> : tensor<1x4xi8> : tensor<1x4x!slb.lowbit<odd<1>>>
  %m = arith.constant dense<3> : tensor<1xi32>
  %a = arith.constant dense<10> : tensor<1xi64>
  %y = slb.integer_linear %x, %w multiplier = %m addend = %a {shift = 1 : i64} : (tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<odd<1>>>, tensor<1xi32>, tensor<1xi64>) -> tensor<1x1x!slb.lowbit<range<0:255>>>
  return %y, %w : tensor<1x1x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<odd<1>>>
}
//--- const-layer-input.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>> {
  %c = slb.constant dense<[[1,0,7,9]]> : tensor<1x4xi8> : tensor<1x4x!slb.lowbit<range<0:255>>>
  %y = slb.requantize %x, %c {multiplier = 1 : i32, other_multiplier = 2 : i32} : (tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>>
  return %y : tensor<1x4x!slb.lowbit<range<0:255>>>
}
//--- twice-view.mlir
func.func @net(%x: tensor<1x2x2x3x!slb.lowbit<range<0:255>>>) -> (tensor<1x2x2x3x!slb.lowbit<range<0:255>>>, tensor<1x12x!slb.lowbit<range<0:255>>>, tensor<1x12x!slb.lowbit<range<0:255>>>) {
  %y = slb.requantize %x {multiplier = 1 : i32, shift = 1 : i64} : (tensor<1x2x2x3x!slb.lowbit<range<0:255>>>) -> tensor<1x2x2x3x!slb.lowbit<range<0:255>>>
  %f = tensor.collapse_shape %y [[0], [1, 2, 3]] : tensor<1x2x2x3x!slb.lowbit<range<0:255>>> into tensor<1x12x!slb.lowbit<range<0:255>>>
  return %y, %f, %f : tensor<1x2x2x3x!slb.lowbit<range<0:255>>>, tensor<1x12x!slb.lowbit<range<0:255>>>, tensor<1x12x!slb.lowbit<range<0:255>>>
}
//--- args-swapped.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>, %y: tensor<1x5x!slb.lowbit<range<0:3>>>, %z: tensor<1x4x!slb.lowbit<range<0:255>>>) -> (tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x5x!slb.lowbit<range<0:3>>>, tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x5x!slb.lowbit<range<0:3>>>) {
  return %z, %y, %x, %y : tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x5x!slb.lowbit<range<0:3>>>, tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x5x!slb.lowbit<range<0:3>>>
}
//--- rank1.mlir
func.func @net(%x: tensor<5x!slb.lowbit<range<0:3>>>, %y: tensor<40x!slb.lowbit<odd<1>>>, %z: tensor<3xi32>) -> (tensor<40x!slb.lowbit<odd<1>>>, tensor<5x!slb.lowbit<range<0:3>>>, tensor<3xi32>) {
  return %y, %x, %z : tensor<40x!slb.lowbit<odd<1>>>, tensor<5x!slb.lowbit<range<0:3>>>, tensor<3xi32>
}
//--- rank1-requant.mlir
func.func @net(%x: tensor<5x!slb.lowbit<range<0:255>>>) -> tensor<5x!slb.lowbit<range<0:3>>> {
  %y = slb.requantize %x {multiplier = 1 : i32, shift = 6 : i64} : (tensor<5x!slb.lowbit<range<0:255>>>) -> tensor<5x!slb.lowbit<range<0:3>>>
  return %y : tensor<5x!slb.lowbit<range<0:3>>>
}
//--- rank3.mlir
func.func @net(%x: tensor<1x7x5x!slb.lowbit<range<0:255>>>) -> (tensor<1x7x5x!slb.lowbit<range<0:7>>>, tensor<1x7x5xf32>) {
  %y = slb.requantize %x {multiplier = 1 : i32, shift = 5 : i64} : (tensor<1x7x5x!slb.lowbit<range<0:255>>>) -> tensor<1x7x5x!slb.lowbit<range<0:7>>>
  %d = slb.dequantize %y : (tensor<1x7x5x!slb.lowbit<range<0:7>>>) -> tensor<1x7x5xf32>
  return %y, %d : tensor<1x7x5x!slb.lowbit<range<0:7>>>, tensor<1x7x5xf32>
}
//--- used-chain.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> (tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<range<0:255>>>) {
  %a = slb.requantize %x {multiplier = 2 : i32} : (tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>>
  %b = slb.requantize %a {multiplier = 2 : i32} : (tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>>
  %c = slb.requantize %b, %a {multiplier = 1 : i32, other_multiplier = 1 : i32, shift = 1 : i64} : (tensor<1x4x!slb.lowbit<range<0:255>>>,tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>>
  return %b, %c, %a : tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<range<0:255>>>
}
//--- relu-inplace.mlir
func.func @net(%x: tensor<1x4xf32>) -> (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1x4xf32>) {
  %a = tosa.add %x, %x : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %b = tosa.clamp %a {min_val = 0.0 : f32, max_val = 3.40282347e+38 : f32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %c = tosa.clamp %b {min_val = 0.0 : f32, max_val = 3.40282347e+38 : f32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  return %a, %c, %a : tensor<1x4xf32>, tensor<1x4xf32>, tensor<1x4xf32>
}
//--- offset.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<-10:200>>>) -> (tensor<1x4x!slb.lowbit<range<-100:155>>>,tensor<1x4x!slb.lowbit<range<-10:200>>>) {
  %y = slb.requantize %x {multiplier = 1 : i32, addend = -3 : i64} : (tensor<1x4x!slb.lowbit<range<-10:200>>>) -> tensor<1x4x!slb.lowbit<range<-100:155>>>
  return %y, %x : tensor<1x4x!slb.lowbit<range<-100:155>>>,tensor<1x4x!slb.lowbit<range<-10:200>>>
}
//--- u16.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:65535>>>) -> (tensor<1x4x!slb.lowbit<range<0:65535>>>,tensor<1x4x!slb.lowbit<range<-32768:32767>>>) {
  %y = slb.requantize %x {multiplier = 1 : i32, addend = -32768 : i64} : (tensor<1x4x!slb.lowbit<range<0:65535>>>) -> tensor<1x4x!slb.lowbit<range<-32768:32767>>>
  return %x, %y : tensor<1x4x!slb.lowbit<range<0:65535>>>, tensor<1x4x!slb.lowbit<range<-32768:32767>>>
}
