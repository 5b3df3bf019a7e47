//===- BitpackStrategies.cpp - kernels that compute convolutions ----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/bitpack/IR/BitpackStrategies.h"
#include "dialects/bitpack/IR/BitpackTargets.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace slb::bitpack;
using llvm::alignTo;

//===----------------------------------------------------------------------===//
// A layer's numbers, as the kernels' comments in runtime/ name them
//===----------------------------------------------------------------------===//

static int64_t getInputPlaneCount(Conv2DOp conv) {
  return conv.getInputPlanes().size() - 1;
}

static int64_t getWeightPlaneCount(Conv2DOp conv) {
  return conv.getWeightPlanes().size() - 1;
}

/// Planes whose bits are worth an offset need a mask of what is not padding.
static int64_t getMaskCount(Conv2DOp conv) {
  return conv.getInputPlanes().front() != 0;
}

static int64_t getTaps(Conv2DOp conv) {
  return conv.getKernel()[0] * conv.getKernel()[1];
}

static int64_t getGroupInputs(Conv2DOp conv) {
  return conv.getInputChannels() / int64_t(conv.getGroups());
}

/// Rows of planes that one group's outputs have.
static int64_t getGroupRows(Conv2DOp conv) {
  return conv.getOutputChannels() / int64_t(conv.getGroups()) *
         getWeightPlaneCount(conv);
}

//===----------------------------------------------------------------------===//
// Scratch of kernels of single pixels
//===----------------------------------------------------------------------===//

static int64_t getBitPatchBytes(Conv2DOp conv, int64_t, int64_t) {
  return 4 * getWords(conv.getRowLength()) *
         (getInputPlaneCount(conv) + getMaskCount(conv));
}

/// The patch's values, subset sums of eight times four values, and the sums of
/// one group's outputs.
static int64_t getLookupPatchBytes(Conv2DOp conv, int64_t valueBytes,
                                   int64_t sumBytes) {
  return 32 * valueBytes * getWords(conv.getRowLength()) + 8 * 16 * sumBytes +
         4 * (conv.getOutputChannels() / conv.getGroups());
}

static int64_t getByteLookupPatchBytes(Conv2DOp conv, int64_t, int64_t) {
  return getLookupPatchBytes(conv, 1, 2);
}

static int64_t getFloatLookupPatchBytes(Conv2DOp conv, int64_t, int64_t) {
  return getLookupPatchBytes(conv, 4, 4);
}

static int64_t getBytePatchBytes(Conv2DOp conv, int64_t, int64_t) {
  return conv.getRowLength();
}

static int64_t getFloatPatchBytes(Conv2DOp conv, int64_t, int64_t) {
  return 4 * conv.getRowLength();
}

//===----------------------------------------------------------------------===//
// Scratch of kernels of tiles
//===----------------------------------------------------------------------===//

/// Sums of the pool window's other positions.
static int64_t getPoolBytes(Conv2DOp conv, int64_t lanes) {
  bool isPooled = conv.getPool()[0] * conv.getPool()[1] > 1;
  return isPooled ? 4 * lanes * conv.getOutputChannels() : 0;
}

/// One pixel of zeros and pointers to each lane's taps.
static int64_t getTapBytes(Conv2DOp conv, int64_t lanes, int64_t pointer) {
  return conv.getInputChannels() + lanes * getTaps(conv) * pointer;
}

/// The same if `unit` divides a tap's channels, otherwise gathered patches.
static int64_t getByteSourceBytes(Conv2DOp conv, int64_t lanes, int64_t pointer,
                                  int64_t unit) {
  if (getGroupInputs(conv) % unit == 0)
    return getTapBytes(conv, lanes, pointer);
  return lanes * (alignTo(conv.getRowLength(), unit) + pointer);
}

static int64_t getBitSourceBytes(Conv2DOp conv, int64_t lanes,
                                 int64_t pointer) {
  int64_t planes = getInputPlaneCount(conv);
  if (getGroupInputs(conv) % 32 == 0)
    return 4 * planes * (conv.getInputChannels() / 32) +
           lanes * getTaps(conv) * pointer;
  return lanes *
         (4 * getWords(conv.getRowLength()) * (planes + getMaskCount(conv)) +
          pointer);
}

static int64_t getByteTableBytes(Conv2DOp conv, int64_t lanes,
                                 int64_t pointer) {
  return 4144 + 16 * getGroupRows(conv) + getPoolBytes(conv, lanes) +
         getByteSourceBytes(conv, lanes, pointer, 4);
}

static int64_t getBitTableBytes(Conv2DOp conv, int64_t lanes, int64_t pointer) {
  return 4176 + 16 * getGroupRows(conv) + getPoolBytes(conv, lanes) +
         getBitSourceBytes(conv, lanes, pointer);
}

static int64_t getByteNibbleBytes(Conv2DOp conv, int64_t lanes,
                                  int64_t pointer) {
  return 8 * alignTo(conv.getRowLength(), 8) + 16 + getPoolBytes(conv, lanes) +
         getByteSourceBytes(conv, lanes, pointer, 8);
}

static int64_t getBitNibbleBytes(Conv2DOp conv, int64_t lanes,
                                 int64_t pointer) {
  return 4 * alignTo(conv.getRowLength(), 32) + 16 + getPoolBytes(conv, lanes) +
         getBitSourceBytes(conv, lanes, pointer);
}

static int64_t getByteByteBytes(Conv2DOp conv, int64_t lanes, int64_t pointer) {
  return 8 * alignTo(conv.getRowLength(), 4) + getPoolBytes(conv, lanes) +
         getByteSourceBytes(conv, lanes, pointer, 4);
}

static int64_t getDepthwiseBytes(Conv2DOp conv, int64_t lanes,
                                 int64_t pointer) {
  return getTaps(conv) + getPoolBytes(conv, lanes) +
         getTapBytes(conv, lanes, pointer);
}

/// Lanes of each tap and row of weights, and of the inputs' sum, for a row of
/// inputs.
static int64_t getRowLaneBytes(Conv2DOp conv) {
  int64_t step =
      conv.getKernel()[1] / 2 + llvm::divideCeil(conv.getInputWidth(), 8) * 4;
  return 4 * (1 + conv.getKernel()[1] * getGroupRows(conv)) * step;
}

/// `pixels` is the width of the output.
static int64_t getByteRowBytes(Conv2DOp conv, int64_t pixels, int64_t) {
  return 4096 + getRowLaneBytes(conv) +
         4 * (conv.getKernel()[1] / 2 + pixels + 1) + conv.getInputChannels();
}

static int64_t getHeliumByteTableBytes(Conv2DOp conv, int64_t lanes,
                                       int64_t pointer) {
  return 9408 + 64 * getGroupRows(conv) + getPoolBytes(conv, lanes) +
         getTapBytes(conv, lanes, pointer);
}

static int64_t getHeliumBitTableBytes(Conv2DOp conv, int64_t lanes,
                                      int64_t pointer) {
  return 4768 + 32 * getGroupRows(conv) + getPoolBytes(conv, lanes) +
         getBitSourceBytes(conv, lanes, pointer);
}

static int64_t getHeliumNibbleBytes(Conv2DOp conv, int64_t lanes,
                                    int64_t pointer) {
  return 8 * alignTo(conv.getRowLength(), 32) + getPoolBytes(conv, lanes) +
         getTapBytes(conv, lanes, pointer);
}

static int64_t getHeliumByteBytes(Conv2DOp conv, int64_t lanes,
                                  int64_t pointer) {
  return 4 * alignTo(conv.getRowLength(), 16) + getPoolBytes(conv, lanes) +
         getTapBytes(conv, lanes, pointer);
}

//===----------------------------------------------------------------------===//
// Scratch of kernels of runs
//===----------------------------------------------------------------------===//

/// `slots` words for each word of a vector of so many.
template <int64_t vectorWords, int64_t slots>
static int64_t getBitRunBytes(Conv2DOp conv, int64_t pixels, int64_t) {
  int64_t stride = alignTo(getWords(conv.getRowLength()), vectorWords);
  int64_t planes = getInputPlaneCount(conv) + getMaskCount(conv);
  return 4 * pixels * (2 + slots * stride * planes);
}

/// `codeRows` rows of weights as bytes beside the patches.
template <int64_t codeRows>
static int64_t getByteRunBytes(Conv2DOp conv, int64_t pixels, int64_t) {
  return (pixels + codeRows) * alignTo(conv.getRowLength(), 32) + 4 * pixels;
}

static int64_t getPatchPlaneBytes(Conv2DOp conv) {
  return 4 * getWords(conv.getRowLength()) * getInputPlaneCount(conv);
}

template <int64_t codeRows>
static int64_t getPlanesAsByteRunBytes(Conv2DOp conv, int64_t pixels,
                                       int64_t capacity) {
  return getByteRunBytes<codeRows>(conv, pixels, capacity) +
         getPatchPlaneBytes(conv);
}

static int64_t getByteByteRunBytes(Conv2DOp conv, int64_t pixels, int64_t) {
  return (pixels + 1) * alignTo(conv.getRowLength(), 32);
}

static int64_t getWidenedRunBytes(Conv2DOp conv, int64_t pixels, int64_t) {
  return pixels * 2 * alignTo(conv.getRowLength(), 32);
}

static int64_t getExpandedRunBytes(Conv2DOp conv, int64_t pixels,
                                   int64_t capacity) {
  return getWidenedRunBytes(conv, pixels, capacity) +
         4 * alignTo(conv.getRowLength(), 64);
}

static int64_t getExpandedPlanesRunBytes(Conv2DOp conv, int64_t pixels,
                                         int64_t capacity) {
  return getExpandedRunBytes(conv, pixels, capacity) + getPatchPlaneBytes(conv);
}

//===----------------------------------------------------------------------===//
// What kernels can compute
//===----------------------------------------------------------------------===//

/// Values of 1 to 3 bits: a lane of 8 bits holds the sums of a word of them.
static bool hasShortActivations(Conv2DOp conv) {
  return getInputPlaneCount(conv) <= 3;
}

static bool hasFourPlanes(Conv2DOp conv) {
  return getWeightPlaneCount(conv) == 4;
}

static bool hasFourPlanesAndNoMask(Conv2DOp conv) {
  return hasFourPlanes(conv) && getMaskCount(conv) == 0;
}

/// Whether all values of planes, whose offset comes first, are in [lo, hi].
static bool isWithin(ArrayRef<int64_t> planes, int64_t lo, int64_t hi) {
  int64_t lowest = planes.front(), highest = planes.front();
  for (int64_t coefficient : planes.drop_front()) {
    lowest += std::min<int64_t>(coefficient, 0);
    highest += std::max<int64_t>(coefficient, 0);
  }
  return lowest >= lo && highest <= hi;
}

static bool hasWeightsOfBytes(Conv2DOp conv) {
  return isWithin(conv.getWeightPlanes(), INT8_MIN, INT8_MAX);
}

/// Zeros of the padding are zeros of the planes then.
static bool hasInputsOfBytes(Conv2DOp conv) {
  return getMaskCount(conv) == 0 &&
         isWithin(conv.getInputPlanes(), 0, UINT8_MAX);
}

static bool hasValuesOfBytes(Conv2DOp conv) {
  return hasWeightsOfBytes(conv) && hasInputsOfBytes(conv);
}

static bool isDepthwise(Conv2DOp conv) {
  return int64_t(conv.getGroups()) == conv.getInputChannels() &&
         conv.getGroups() > 1;
}

/// Neighbouring outputs share inputs, which come in slices of tables, and the
/// sums of a tap's column fit lanes of 16 bits. Tiles are hardly slower and
/// take less memory where the lanes of a row are many.
static bool hasRowsOfTaps(Conv2DOp conv) {
  int64_t channels = conv.getInputChannels();
  int64_t height = conv.getKernel()[0], width = conv.getKernel()[1];
  bool hasSlices =
      channels % 32 == 0 || (channels == 16 && height == 3 && width == 3);
  return hasSlices && height * channels <= 256 && conv.getGroups() == 1 &&
         getRowLaneBytes(conv) <= 8192 && width > 1 &&
         conv.getStrides()[1] == 1 && conv.getDilations()[1] == 1 &&
         conv.getPads()[2] < width && conv.getPads()[3] < width &&
         conv.getPool()[0] == 1 && conv.getPool()[1] == 1;
}

/// The kernel unpacks the weights to bytes.
static bool isDepthwiseOfBytes(Conv2DOp conv) {
  ArrayRef<int64_t> planes = conv.getWeightPlanes();
  int64_t highest = 0;
  for (int64_t plane : planes)
    highest += plane;
  return isDepthwise(conv) && llvm::isInt<8>(planes.front()) &&
         llvm::isInt<8>(highest);
}

/// Vectors of Helium go along a channel's pixels or a group's channels, of
/// which depthwise layers have one.
static bool suitsHelium(Conv2DOp conv) { return !isDepthwise(conv); }

static bool suitsHeliumInLanesOf8(Conv2DOp conv) {
  return suitsHelium(conv) && hasShortActivations(conv);
}

static bool suitsHeliumInNibbles(Conv2DOp conv) {
  return suitsHelium(conv) && hasFourPlanes(conv);
}

/// Vectors go along rows, which depthwise layers have short.
static bool hasRowsForVectors(Conv2DOp conv) { return !isDepthwise(conv); }

static bool suitsCodes(Conv2DOp conv) {
  return hasRowsForVectors(conv) && getWeightPlaneCount(conv) <= 4;
}

static bool suitsBytesByCodes(Conv2DOp conv) {
  return suitsCodes(conv) && hasInputsOfBytes(conv);
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static constexpr KernelForm Pixel = KernelForm::Pixel, Tile = KernelForm::Tile,
                            Row = KernelForm::Row, Run = KernelForm::Run;
static constexpr Storage U8 = Storage::UnsignedBytes, S8 = Storage::SignedBytes,
                         Bits = Storage::Planes, F32 = Storage::Floats;
static constexpr WeightStorage Planes = WeightStorage::Planes,
                               Nibbles = WeightStorage::Nibbles,
                               Bytes = WeightStorage::SignedBytes,
                               Floats = WeightStorage::Floats;

/// Of signed bytes the kernels of tiles turn the sign bit.
#define SLB_SIGN "0x80808080u"
#define SLB_TILE_STORES "tile_threshold_bits", "tile_requantize_u8"
#define SLB_HELIUM_STORES "tile_threshold_bits_mve", "tile_requantize_u8_mve"

// clang-format off
static const ConvolutionStrategy strategies[] = {
    {"conv2d_bits_bits", "conv2d_bits_bits", Pixel, 1, Bits, Planes, 32, nullptr, getBitPatchBytes},
    {"conv2d_bits_s8", "conv2d_bits_s8", Pixel, 1, Bits, Bytes, 1, nullptr, getBytePatchBytes},
    {"conv2d_u8_bits", "conv2d_u8_bits", Pixel, 1, U8, Planes, 32, nullptr, getByteLookupPatchBytes},
    {"conv2d_s8_bits", "conv2d_s8_bits", Pixel, 1, S8, Planes, 32, nullptr, getByteLookupPatchBytes},
    {"conv2d_f32_bits", "conv2d_f32_bits", Pixel, 1, F32, Planes, 32, nullptr, getFloatLookupPatchBytes},
    {"conv2d_u8_s8", "conv2d_u8_s8", Pixel, 1, U8, Bytes, 1, nullptr, getBytePatchBytes},
    {"conv2d_s8_s8", "conv2d_s8_s8", Pixel, 1, S8, Bytes, 1, nullptr, getBytePatchBytes},
    {"conv2d_f32_s8", "conv2d_f32_s8", Pixel, 1, F32, Bytes, 1, nullptr, getFloatPatchBytes},
    {"conv2d_f32_f32", "conv2d_f32_f32", Pixel, 1, F32, Floats, 1, nullptr, getFloatPatchBytes},

    {"tile_bits_bits", "tile_bits_bits", Tile, 16, Bits, Planes, 32, hasShortActivations, getBitTableBytes, "", SLB_TILE_STORES},
    {"tile_u8_bits", "tile_bytes_bits", Tile, 8, U8, Planes, 4, nullptr, getByteTableBytes, "0", SLB_TILE_STORES},
    {"tile_s8_bits", "tile_bytes_bits", Tile, 8, S8, Planes, 4, nullptr, getByteTableBytes, SLB_SIGN, SLB_TILE_STORES},
    {"row_u8_bits", "row_bytes_bits", Row, 8, U8, Planes, 4, hasRowsOfTaps, getByteRowBytes, "0", SLB_TILE_STORES},
    {"row_s8_bits", "row_bytes_bits", Row, 8, S8, Planes, 4, hasRowsOfTaps, getByteRowBytes, SLB_SIGN, SLB_TILE_STORES},
    {"tile_bits_nibbles", "tile_bits_nibbles", Tile, 4, Bits, Nibbles, 8, hasFourPlanesAndNoMask, getBitNibbleBytes, "", SLB_TILE_STORES},
    {"tile_u8_nibbles", "tile_bytes_nibbles", Tile, 4, U8, Nibbles, 8, hasFourPlanes, getByteNibbleBytes, "0", SLB_TILE_STORES},
    {"tile_s8_nibbles", "tile_bytes_nibbles", Tile, 4, S8, Nibbles, 8, hasFourPlanes, getByteNibbleBytes, SLB_SIGN, SLB_TILE_STORES},
    {"tile_u8_s8", "tile_bytes_s8", Tile, 4, U8, Bytes, 4, nullptr, getByteByteBytes, "0", SLB_TILE_STORES},
    {"tile_s8_s8", "tile_bytes_s8", Tile, 4, S8, Bytes, 4, nullptr, getByteByteBytes, SLB_SIGN, SLB_TILE_STORES},
    {"tile_depthwise_u8_bits", "tile_depthwise", Tile, 8, U8, Planes, 1, isDepthwiseOfBytes, getDepthwiseBytes, "0", SLB_TILE_STORES},
    {"tile_depthwise_s8_bits", "tile_depthwise", Tile, 8, S8, Planes, 1, isDepthwiseOfBytes, getDepthwiseBytes, "1", SLB_TILE_STORES},
    {"tile_depthwise_u8_s8", "tile_depthwise", Tile, 8, U8, Bytes, 1, isDepthwise, getDepthwiseBytes, "0, NULL", SLB_TILE_STORES},
    {"tile_depthwise_s8_s8", "tile_depthwise", Tile, 8, S8, Bytes, 1, isDepthwise, getDepthwiseBytes, "1, NULL", SLB_TILE_STORES},

    {"tile_bits_bits_mve", "tile_bits_bits_mve", Tile, 32, Bits, Planes, 32, suitsHeliumInLanesOf8, getHeliumBitTableBytes, "", SLB_HELIUM_STORES},
    {"tile_u8_bits_mve", "tile_bytes_bits_mve", Tile, 32, U8, Planes, 32, suitsHelium, getHeliumByteTableBytes, "0", SLB_HELIUM_STORES},
    {"tile_s8_bits_mve", "tile_bytes_bits_mve", Tile, 32, S8, Planes, 32, suitsHelium, getHeliumByteTableBytes, "1", SLB_HELIUM_STORES},
    {"tile_u8_nibbles_mve", "tile_bytes_nibbles_mve", Tile, 4, U8, Nibbles, 32, suitsHeliumInNibbles, getHeliumNibbleBytes, "0", SLB_HELIUM_STORES},
    {"tile_s8_nibbles_mve", "tile_bytes_nibbles_mve", Tile, 4, S8, Nibbles, 32, suitsHeliumInNibbles, getHeliumNibbleBytes, "1", SLB_HELIUM_STORES},
    {"tile_u8_s8_mve", "tile_bytes_s8_mve", Tile, 4, U8, Bytes, 16, suitsHelium, getHeliumByteBytes, "0", SLB_HELIUM_STORES},
    {"tile_s8_s8_mve", "tile_bytes_s8_mve", Tile, 4, S8, Bytes, 16, suitsHelium, getHeliumByteBytes, "1", SLB_HELIUM_STORES},

    {"conv2d_bits_bits_avx2", "conv2d_bits_bits_avx2", Run, 28, Bits, Planes, 256, nullptr, getBitRunBytes<8, 2>, "", "threshold_bits_avx2"},
    {"conv2d_bits_bytes_avx2", "conv2d_bits_bytes_avx2", Run, 28, Bits, Planes, 32, suitsBytesByCodes, getPlanesAsByteRunBytes<4>, "", "threshold_bits_avx2"},
    {"conv2d_u8_bits_avx2", "conv2d_u8_bits_avx2", Run, 28, U8, Planes, 32, suitsCodes, getByteRunBytes<4>, "", "threshold_bits_avx2"},
    {"conv2d_bits_bits_avx512", "conv2d_bits_bits_avx512", Run, 28, Bits, Planes, 512, nullptr, getBitRunBytes<16, 1>, "", "threshold_bits_avx2"},
    {"conv2d_bits_bytes_avx512", "conv2d_bits_bytes_avx512", Run, 28, Bits, Planes, 64, hasValuesOfBytes, getExpandedPlanesRunBytes, "", "threshold_bits_avx2"},
    {"conv2d_u8_bits_avx512", "conv2d_u8_bits_avx512", Run, 28, U8, Planes, 64, hasWeightsOfBytes, getExpandedRunBytes, "", "threshold_bits_avx2"},
    {"conv2d_u8_s8_x86", "conv2d_bytes_s8_x86", Run, 28, U8, Bytes, 32, hasRowsForVectors, getWidenedRunBytes, "0", "threshold_bits_avx2"},
    {"conv2d_s8_s8_x86", "conv2d_bytes_s8_x86", Run, 28, S8, Bytes, 32, hasRowsForVectors, getWidenedRunBytes, "128", "threshold_bits_avx2"},
    {"conv2d_bits_bits_neon", "conv2d_bits_bits_neon", Run, 28, Bits, Planes, 256, nullptr, getBitRunBytes<8, 1>, "", "threshold_bits_neon"},
    {"conv2d_bits_bytes_neon", "conv2d_bits_bytes_neon", Run, 28, Bits, Planes, 32, suitsBytesByCodes, getPlanesAsByteRunBytes<4>, "", "threshold_bits_neon"},
    {"conv2d_u8_bits_neon", "conv2d_u8_bits_neon", Run, 28, U8, Planes, 32, suitsCodes, getByteRunBytes<4>, "", "threshold_bits_neon"},
    {"conv2d_u8_s8_neon", "conv2d_bytes_s8_neon", Run, 28, U8, Bytes, 32, hasRowsForVectors, getByteByteRunBytes, "128", "threshold_bits_neon"},
    {"conv2d_s8_s8_neon", "conv2d_bytes_s8_neon", Run, 28, S8, Bytes, 32, hasRowsForVectors, getByteByteRunBytes, "0", "threshold_bits_neon"},
    {"conv2d_bits_bits_rvv", "conv2d_bits_bits_rvv", Run, 28, Bits, Planes, 128, nullptr, getBitRunBytes<1, 1>},
    {"conv2d_bits_bytes_rvv", "conv2d_bits_bytes_rvv", Run, 28, Bits, Planes, 128, suitsBytesByCodes, getPlanesAsByteRunBytes<0>},
    {"conv2d_u8_bits_rvv", "conv2d_u8_bits_rvv", Run, 28, U8, Planes, 128, suitsCodes, getByteRunBytes<0>},
    {"conv2d_bits_bits_zbb", "conv2d_bits_bits_zbb", Run, 28, Bits, Planes, 64, nullptr, getBitRunBytes<2, 1>},
};
// clang-format on

#undef SLB_SIGN
#undef SLB_TILE_STORES
#undef SLB_HELIUM_STORES

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

WeightStorage slb::bitpack::getWeightStorage(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (element.isF32())
    return WeightStorage::Floats;
  if (element.isInteger(8))
    return WeightStorage::SignedBytes;
  return cast<ShapedType>(type).getRank() == 2 ? WeightStorage::Nibbles
                                               : WeightStorage::Planes;
}

bool slb::bitpack::canCompute(const ConvolutionStrategy &strategy,
                              Conv2DOp conv) {
  WeightStorage weights = getWeightStorage(conv.getWeights().getType());
  bool isLayoutRight = strategy.weights == weights ||
                       (strategy.weights == WeightStorage::Nibbles &&
                        weights == WeightStorage::Planes);
  return isLayoutRight && strategy.input == getStorage(conv.getInput()) &&
         (!strategy.applies || strategy.applies(conv));
}

bool slb::bitpack::isChannelsFirst(const ConvolutionStrategy &strategy) {
  return strategy.form == KernelForm::Tile || strategy.form == KernelForm::Row;
}

int64_t slb::bitpack::getPixelsPerCall(const ConvolutionStrategy &strategy,
                                       Conv2DOp conv) {
  if (strategy.form == KernelForm::Row)
    return conv.getOutputWidth();
  if (strategy.form != KernelForm::Run)
    return strategy.pixels;
  return std::min<int64_t>(strategy.pixels,
                           conv.getOutputHeight() * conv.getOutputWidth());
}

static bool isOfBytes(Value activations) {
  Storage storage = getStorage(activations);
  return storage == Storage::UnsignedBytes || storage == Storage::SignedBytes;
}

/// Stores of tiles take few instructions where results are the upper halves of
/// 64 bits, or near them, and saturate as bytes do.
bool slb::bitpack::hasTileEpilogue(const ConvolutionStrategy &strategy,
                                   Conv2DOp conv) {
  if (!isChannelsFirst(strategy))
    return false;
  if (conv.getThresholds())
    return true;
  if (!conv.getMultiplier() || !isOfBytes(conv.getOutput()))
    return false;
  bool isSigned = getStorage(conv.getOutput()) == Storage::SignedBytes;
  if (isSigned ? conv.getHi() != 127 : conv.getLo() != 0 || conv.getHi() != 255)
    return false;
  if (!conv.getResidual())
    return conv.getShift() >= 32;
  return !isSigned && isOfBytes(conv.getResidual()) && conv.getShift() >= 24 &&
         conv.getShift() <= 46;
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
  const ConvolutionStrategy *strategy =
      lookupConvolutionStrategy(conv.getStrategy().value_or(""));
  int64_t pixelBytes = 4 * conv.getOutputChannels();
  int64_t pixels = strategy ? getPixelsPerCall(*strategy, conv) : 1;
  bool storesPairs = strategy && strategy->form == KernelForm::Row;
  layout.accumulators =
      append(layout, pixels * pixelBytes + (storesPairs ? 4 : 0));
  if (strategy && isChannelsFirst(*strategy) &&
      !hasTileEpilogue(*strategy, conv))
    layout.pixel = append(layout, pixelBytes);
  if (conv.getResidual() && needsUnpacking(conv.getResidual()) &&
      !(strategy && hasTileEpilogue(*strategy, conv)))
    layout.residual = append(layout, pixelBytes);
  if (strategy)
    layout.patch =
        append(layout, strategy->getPatchBytes(conv, pixels,
                                               getTarget(conv).pointerBytes));
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
