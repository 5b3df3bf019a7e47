// RUN: rm -rf %t && mkdir %t
// RUN: slb-compile %s -o %t/net.c --report=%t/report.json && FileCheck %s < %t/report.json

// CHECK: "arena_bytes": 304,
// CHECK: "layers": [
// CHECK: "activation_bits": 8,
// CHECK: "flash_bytes": 16,
// CHECK: "kind": "linear",
// CHECK: "macs": 8,
// CHECK: "name": "fc",
// CHECK: "output": {
// CHECK: "hi": 1,
// CHECK: "lo": -1,
// CHECK: "scale": 1,
// CHECK: "shape": [
// CHECK-NEXT: 2
// CHECK: "step": 2,
// CHECK: "storage": "planes",
// CHECK: "type": "uint32_t"
// CHECK: "weight_bits": 1
// CHECK: "name": "net",
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x2x!slb.lowbit<odd<1>>> {
  %w = slb.constant dense<[[1, 0, 1, 0], [0, 0, 0, 1]]> : tensor<2x4xi8> : tensor<2x4x!slb.lowbit<odd<1>>>
  %t = arith.constant dense<[[3], [-1]]> : tensor<2x1xi32>
  %y = slb.integer_linear %x, %w thresholds = %t {layer = "fc"}
     : (tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<2x4x!slb.lowbit<odd<1>>>, tensor<2x1xi32>) -> tensor<1x2x!slb.lowbit<odd<1>>>
  return %y : tensor<1x2x!slb.lowbit<odd<1>>>
}
