// RUN: slb-opt --split-input-file --verify-diagnostics %s

func.func @rows(%a: memref<4x?xf32>, %w: memref<?xf32>, %planes: memref<2x?xi32>, %t: f32, %n: index) {
  // expected-error@+1 {{expects 3 rows of logits, one less than the set has values, but got 'memref<4x?xf32>'}}
  slb.search_forward %a, %t, %w, %planes [%n to %n] set = <odd<2>> : memref<4x?xf32>, f32, memref<?xf32>, memref<2x?xi32>
  return
}

// -----

func.func @values(%a: memref<16x?xf32>, %w: memref<?xf32>, %planes: memref<5x?xi32>, %t: f32, %n: index) {
  // expected-error@+1 {{expects a set of 2 to 16 values, but got 17}}
  slb.search_forward %a, %t, %w, %planes [%n to %n] set = <range<0:16>> : memref<16x?xf32>, f32, memref<?xf32>, memref<5x?xi32>
  return
}

// -----

func.func @planes(%a: memref<2x?xf32>, %w: memref<?xf32>, %planes: memref<1x?xi32>, %t: f32, %n: index) {
  // expected-error@+1 {{expects 2 rows of planes, one for each bit of a code, but got 'memref<1x?xi32>'}}
  slb.search_forward %a, %t, %w, %planes [%n to %n] set = <range<-1:1>> : memref<2x?xf32>, f32, memref<?xf32>, memref<1x?xi32>
  return
}

// -----

func.func @elements(%a: memref<1x?xf32>, %w: memref<?xf64>, %planes: memref<1x?xi32>, %t: f32, %n: index) {
  // expected-error@+1 {{expects elements of 'f32' as its temperature, but got 'memref<?xf64>'}}
  slb.search_forward %a, %t, %w, %planes [%n to %n] set = <odd<1>> : memref<1x?xf32>, f32, memref<?xf64>, memref<1x?xi32>
  return
}

// -----

func.func @strides(%a: memref<1x?xf32>, %g: memref<?xf32, strided<[2]>>, %t: f32, %n: index) {
  // expected-error@+1 {{expects rows of contiguous elements, but got 'memref<?xf32, strided<[2]>>'}}
  slb.search_backward %a, %t, %g, %a [%n to %n] set = <odd<1>> : memref<1x?xf32>, f32, memref<?xf32, strided<[2]>>, memref<1x?xf32>
  return
}

// -----

func.func @gradient(%a: memref<3x?xf32>, %g: memref<?xf32>, %d: memref<4x?xf32>, %t: f32, %n: index) {
  // expected-error@+1 {{expects 3 rows of gradient, as many as of logits, but got 'memref<4x?xf32>'}}
  slb.search_backward %a, %t, %g, %d [%n to %n] set = <odd<2>> : memref<3x?xf32>, f32, memref<?xf32>, memref<4x?xf32>
  return
}
