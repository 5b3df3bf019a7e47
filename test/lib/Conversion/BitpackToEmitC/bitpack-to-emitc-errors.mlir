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
