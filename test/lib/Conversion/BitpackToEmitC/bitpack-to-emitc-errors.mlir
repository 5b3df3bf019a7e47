// RUN: slb-opt --convert-bitpack-to-emitc --verify-diagnostics --split-input-file %s

// expected-error @below {{expects a network whose arena is planned by bitpack-plan-arena}}
module {
  func.func @net(%x: memref<1x2xf32>) { return }
}

// -----

module attributes {bitpack.arena_bytes = 8 : i64, bitpack.arena_alignment = 8 : i64} {
  func.func @net(%x: memref<1x2xf32>, %arena: memref<8xi8>) {
    // expected-error @below {{expects a strategy, set by bitpack-schedule}}
    bitpack.relu %x into %x {layer = "relu", output_type = tensor<1x2xf32>} : (memref<1x2xf32>, memref<1x2xf32>) -> ()
    return
  }
}

// -----

module attributes {bitpack.arena_bytes = 8 : i64, bitpack.arena_alignment = 8 : i64} {
  func.func @net(%x: memref<1x2xf32>, %arena: memref<8xi8>) {
    // expected-error @below {{expects the runtime function slb_relu_f16, but there is none}}
    bitpack.relu %x into %x {layer = "relu", strategy = "relu_f16", output_type = tensor<1x2xf32>} : (memref<1x2xf32>, memref<1x2xf32>) -> ()
    return
  }
}

// -----

module attributes {bitpack.arena_bytes = 8 : i64, bitpack.arena_alignment = 8 : i64} {
  func.func @net(%x: memref<1x2xf32>, %arena: memref<8xi8>) {
    // expected-error @below {{expects a layer of bitpack to convert}}
    %a = memref.alloc() : memref<1x2xf32>
    return
  }
}

// -----

// expected-error @below {{expects 'bitpack.self_check' to hold vectors of 'memref<1x4xui8>' for input, but got 4 in 'tensor<3xui8>'}}
module attributes {bitpack.arena_alignment = 8 : i64, bitpack.arena_bytes = 0 : i64,
    bitpack.self_check = {vectors = 4 : i64, inputs = [dense<0> : tensor<3xui8>], outputs = []}} {
  func.func @self_check_size(%x: memref<1x4xui8>, %y: memref<1x4xui8> {bufferize.result}, %arena: memref<0xi8>) {
    memref.copy %x, %y : memref<1x4xui8> to memref<1x4xui8>
    return
  }
}

// -----

// expected-error @below {{expects 'bitpack.self_check' to hold vectors of 'memref<1x4xui8>' for output, but got 1 in no array}}
module attributes {bitpack.arena_alignment = 8 : i64, bitpack.arena_bytes = 0 : i64,
    bitpack.self_check = {vectors = 1 : i64, inputs = [dense<0> : tensor<4xui8>], outputs = []}} {
  func.func @self_check_output(%x: memref<1x4xui8>, %y: memref<1x4xui8> {bufferize.result}, %arena: memref<0xi8>) {
    memref.copy %x, %y : memref<1x4xui8> to memref<1x4xui8>
    return
  }
}

// -----

// expected-error @below {{expects one function to convert, but got 2}}
module attributes {bitpack.arena_bytes = 8 : i64, bitpack.arena_alignment = 8 : i64} {
  func.func @a(%x: memref<1x2xf32>, %arena: memref<8xi8>) { return }
  func.func @b(%x: memref<1x2xf32>, %arena: memref<8xi8>) { return }
}
