// An edited dump of phase emitc is printed as it is, if C can hold it.
//
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: slb-compile net.mlir -o net.c && FileCheck %s < net.c
// RUN: %fails "matrix.mlir:2:3: error: 'emitc.global' op expects an array of one dimension, of f32 or of integers of 8 to 64 bits, but got '!emitc.array<2x2xi8>'" slb-compile matrix.mlir -o a.c
// RUN: %fails "double.mlir:2:3: error: 'emitc.global' op expects an array of one dimension, .*, but got '!emitc.array<2xf64>'" slb-compile double.mlir -o a.c
// RUN: %fails "bits.mlir:2:3: error: 'emitc.global' op expects an array of one dimension, .*, but got '!emitc.array<2xi1>'" slb-compile bits.mlir -o a.c
// RUN: %fails "scalar.mlir:2:3: error: 'emitc.global' op expects an array of one dimension, .*, but got 'i32'" slb-compile scalar.mlir -o a.c

// CHECK:      static const int16_t s[2] = {
// CHECK-NEXT:     -32768, 7};
// CHECK:      static const uint16_t u[1] = {
// CHECK-NEXT:     65535};
// CHECK:      static const float f[4] = {
// CHECK-NEXT:     0.100000001f, -INFINITY, NAN, -0.0f};
// CHECK:      static const int64_t l[1] = {
// CHECK-NEXT:     (-9223372036854775807 - 1)};
// CHECK:      extern const uint32_t w[2];
// CHECK-NEXT: const uint32_t w[2] = {
// CHECK-NEXT:     0x00000001u, 0xffffffffu};

//--- net.mlir
emitc.file "source" {
  emitc.global static const @s : !emitc.array<2xi16> = dense<[-32768, 7]>
  emitc.global static const @u : !emitc.array<1xui16> = dense<65535>
  emitc.global static const @f : !emitc.array<4xf32> = dense<[0.1, 0xFF800000, 0x7FC00000, -0.0]>
  emitc.global static const @l : !emitc.array<1xi64> = dense<-9223372036854775808>
  emitc.global const @w : !emitc.array<2xui32> = dense<[1, 4294967295]>
}
//--- matrix.mlir
emitc.file "source" {
  emitc.global static const @m : !emitc.array<2x2xi8> = dense<0>
}
//--- double.mlir
emitc.file "source" {
  emitc.global static const @m : !emitc.array<2xf64> = dense<0.0>
}
//--- bits.mlir
emitc.file "source" {
  emitc.global static const @m : !emitc.array<2xi1> = dense<false>
}
//--- scalar.mlir
emitc.file "source" {
  emitc.global static const @m : i32 = 1
}
