//===- BitpackStrategies.cpp - kernels that compute convolutions ----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/bitpack/IR/BitpackStrategies.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace slb::bitpack;

//===----------------------------------------------------------------------===//
// Patches, as the kernels' comments in runtime/ state them
//===----------------------------------------------------------------------===//

static int64_t getBitPatchBytes(Conv2DOp conv) {
  ArrayRef<int64_t> planes = conv.getInputPlanes();
  // Planes whose bits are worth an offset need a mask of what is not padding.
  int64_t count = planes.size() - 1 + (planes.front() != 0);
  return 4 * getWords(conv.getRowLength()) * count;
}

/// The patch's values, subset sums of eight times four values, and the sums of
/// one group's outputs.
static int64_t getLookupPatchBytes(Conv2DOp conv, int64_t valueBytes,
                                   int64_t sumBytes) {
  return 32 * valueBytes * getWords(conv.getRowLength()) + 8 * 16 * sumBytes +
         4 * (conv.getOutputChannels() / conv.getGroups());
}

static int64_t getByteLookupPatchBytes(Conv2DOp conv) {
  return getLookupPatchBytes(conv, 1, 2);
}

static int64_t getFloatLookupPatchBytes(Conv2DOp conv) {
  return getLookupPatchBytes(conv, 4, 4);
}

static int64_t getBytePatchBytes(Conv2DOp conv) { return conv.getRowLength(); }

static int64_t getFloatPatchBytes(Conv2DOp conv) {
  return 4 * conv.getRowLength();
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static const ConvolutionStrategy strategies[] = {
    {"conv2d_bits_bits", Storage::Planes, WeightStorage::Planes,
     getBitPatchBytes},
    {"conv2d_bits_s8", Storage::Planes, WeightStorage::SignedBytes,
     getBytePatchBytes},
    {"conv2d_u8_bits", Storage::UnsignedBytes, WeightStorage::Planes,
     getByteLookupPatchBytes},
    {"conv2d_s8_bits", Storage::SignedBytes, WeightStorage::Planes,
     getByteLookupPatchBytes},
    {"conv2d_f32_bits", Storage::Floats, WeightStorage::Planes,
     getFloatLookupPatchBytes},
    {"conv2d_u8_s8", Storage::UnsignedBytes, WeightStorage::SignedBytes,
     getBytePatchBytes},
    {"conv2d_s8_s8", Storage::SignedBytes, WeightStorage::SignedBytes,
     getBytePatchBytes},
    {"conv2d_f32_s8", Storage::Floats, WeightStorage::SignedBytes,
     getFloatPatchBytes},
    {"conv2d_f32_f32", Storage::Floats, WeightStorage::Floats,
     getFloatPatchBytes},
};

WeightStorage slb::bitpack::getWeightStorage(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (element.isF32())
    return WeightStorage::Floats;
  return element.isInteger(8) ? WeightStorage::SignedBytes
                              : WeightStorage::Planes;
}

ArrayRef<ConvolutionStrategy> slb::bitpack::getConvolutionStrategies() {
  return strategies;
}

const ConvolutionStrategy *
slb::bitpack::lookupConvolutionStrategy(StringRef name) {
  for (const ConvolutionStrategy &strategy : strategies)
    if (strategy.name == name)
      return &strategy;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Scratch
//===----------------------------------------------------------------------===//

/// Integers and floats can be read where they are.
static bool needsUnpacking(Value activations) {
  Storage storage = getStorage(activations);
  return storage != Storage::Integers && storage != Storage::Floats;
}

static int64_t append(ScratchLayout &layout, int64_t bytes) {
  int64_t offset = llvm::alignTo(layout.bytes, 8);
  layout.bytes = offset + bytes;
  return offset;
}

ScratchLayout slb::bitpack::getScratchLayout(Conv2DOp conv) {
  ScratchLayout layout;
  layout.accumulators = append(layout, 4 * conv.getOutputChannels());
  if (conv.getResidual() && needsUnpacking(conv.getResidual()))
    layout.residual = append(layout, 4 * conv.getOutputChannels());
  if (conv.getStrategy())
    if (const auto *strategy = lookupConvolutionStrategy(*conv.getStrategy()))
      layout.patch = append(layout, strategy->getPatchBytes(conv));
  return layout;
}

ScratchLayout slb::bitpack::getScratchLayout(RequantizeOp requantize) {
  ScratchLayout layout;
  if (needsUnpacking(requantize.getInput()))
    layout.accumulators = append(layout, 4 * requantize.getChannels());
  if (requantize.getOther() && needsUnpacking(requantize.getOther()))
    layout.residual = append(layout, 4 * requantize.getChannels());
  return layout;
}

ScratchLayout slb::bitpack::getScratchLayout(DequantizeOp dequantize) {
  ScratchLayout layout;
  if (needsUnpacking(dequantize.getInput()))
    layout.accumulators = append(layout, 4 * dequantize.getChannels());
  return layout;
}
