// RUN: slb-opt --convert-bitpack-to-emitc="name=my-net header=n.h" %s | FileCheck %s
// RUN: slb-opt --convert-bitpack-to-emitc="name=n separate-weights" %s | FileCheck --check-prefix=WEIGHTS %s

// One array a constant, words of weights unsigned; then its layer's function.
// CHECK: emitc.file "source"
// CHECK: #include \22n.h\22
// CHECK: static void slb_conv2d_u8_bits(
// CHECK: MY_NET_FC_SCRATCH = 0,
// CHECK: global static const @my_net_fc_weights : !emitc.array<2xui32> = dense<[5, 8]>
// CHECK: global static const @my_net_fc_thresholds : !emitc.array<2xi32>
// CHECK: static void my_net_fc(const uint8_t *input, uint32_t *output, void *scratch)
// CHECK: void my_net_run(const uint8_t *input, uint32_t *output, void *arena)
// CHECK: emitc.file "header"
// CHECK: #define MY_NET_ARENA_BYTES 304

// WEIGHTS: global extern const @n_fc_weights : !emitc.array<2xui32>
// WEIGHTS: emitc.file "weights"
// WEIGHTS: global const @n_fc_weights : !emitc.array<2xui32> = dense<[5, 8]>

module attributes {bitpack.arena_alignment = 8 : i64, bitpack.arena_bytes = 304 : i64} {
  memref.global "private" constant @w : memref<2x1x1xi32> = dense<[[[5]], [[8]]]>
  memref.global "private" constant @t : memref<2x1xi32> = dense<[[3], [-1]]>
  func.func @net(%x: memref<1x4xui8> {bitpack.type = tensor<1x4x!slb.lowbit<range<0:255>>>},
                 %y: memref<1x1x1xui32> {bitpack.type = tensor<1x2x!slb.lowbit<odd<1>>>, bufferize.result}, %arena: memref<304xi8>) {
    %t = memref.get_global @t : memref<2x1xi32>
    %w = memref.get_global @w : memref<2x1x1xi32>
    %c0 = arith.constant 0 : index
    %s = memref.view %arena[%c0][] : memref<304xi8> to memref<304xi8>
    bitpack.conv2d %x, %w thresholds = %t scratch = %s into %y {hi = 1 : si64, input_shape = array<i64: 1, 1, 4>, kernel = array<i64: 1, 1>,
       layer = "fc", lo = -1 : si64, output_planes = array<i64: -1, 2>, output_shape = array<i64: 1, 1, 2>,
       output_type = tensor<1x2x!slb.lowbit<odd<1>>>, strategy = "conv2d_u8_bits", weight_planes = array<i64: -1, 2>}
       : (memref<1x4xui8>, memref<2x1x1xi32>, memref<2x1xi32>, memref<304xi8>, memref<1x1x1xui32>) -> ()
    return
  }
}
