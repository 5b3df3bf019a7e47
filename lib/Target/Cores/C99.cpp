//===- C99.cpp - any core, portable C99 -----------------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Target/Core.h"
#include "lib/Target/Scratch.h"

using namespace slb::bitpack;
using namespace slb::bitpack::rows;

// clang-format off
static const ConvolutionStrategy strategies[] = {
    {"conv2d_bits_bits", "conv2d_bits_bits", Pixel, 1, UnsignedBits | SignBit | SignBits | OtherBits, Planes, 32, Nothing, getBitPatchBytes},
    {"conv2d_bits_s8", "conv2d_bits_s8", Pixel, 1, UnsignedBits | SignBit | SignBits | OtherBits, Bytes, 1, InputsAsSignedBytes, getBytePatchBytes},
    {"conv2d_u8_bits", "conv2d_u8_bits", Pixel, 1, U8, Planes, 32, Nothing, getByteLookupPatchBytes},
    {"conv2d_s8_bits", "conv2d_s8_bits", Pixel, 1, S8, Planes, 32, Nothing, getByteLookupPatchBytes},
    {"conv2d_s16_bits", "conv2d_s16_bits", Pixel, 1, S16, Planes, 32, Nothing, getShortLookupPatchBytes},
    {"conv2d_f32_bits", "conv2d_f32_bits", Pixel, 1, F32, Planes, 32, Nothing, getFloatLookupPatchBytes},
    {"conv2d_u8_s8", "conv2d_u8_s8", Pixel, 1, U8, Bytes, 1, Nothing, getBytePatchBytes},
    {"conv2d_s8_s8", "conv2d_s8_s8", Pixel, 1, S8, Bytes, 1, Nothing, getBytePatchBytes},
    {"conv2d_s16_s8", "conv2d_s16_s8", Pixel, 1, S16, Bytes, 1, Nothing, getShortPatchBytes},
    {"conv2d_f32_s8", "conv2d_f32_s8", Pixel, 1, F32, Bytes, 1, Nothing, getFloatPatchBytes},
    {"conv2d_f32_f32", "conv2d_f32_f32", Pixel, 1, F32, Floats, 1, Nothing, getFloatPatchBytes},
};
// clang-format on

// Estimates from the inner loops; they need only order the kernels right.
// Name, per MAC, per plane, per product of planes, per input.
static const KernelCost kernels[] = {
    {"conv2d_bits_bits", 0, 0, 0.38, 1}, {"conv2d_bits_s8", 4.0, 0, 0, 8},
    {"conv2d_u8_bits", 0, 1.05, 0, 20},  {"conv2d_s8_bits", 0, 1.05, 0, 20},
    {"conv2d_f32_bits", 0, 1.05, 0, 20}, {"conv2d_u8_s8", 3.25, 0, 0, 4},
    {"conv2d_s8_s8", 3.25, 0, 0, 4},     {"conv2d_s16_bits", 0, 1.05, 0, 20},
    {"conv2d_s16_s8", 3.25, 0, 0, 4},    {"conv2d_f32_s8", 3.0, 0, 0, 4},
    {"conv2d_f32_f32", 3.0, 0, 0, 4},
};

void slb::bitpack::registerC99(TargetRegistry &registry) {
  registry.addStrategies(strategies);
  registry.addTarget({"c99", "any core, portable C99", /*flags=*/"",
                      /*condition=*/"", /*pointerBytes=*/8, /*base=*/"",
                      kernels});
}
