//===- Scratch.cpp - bytes that kernels ask for ---------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scratch.h"

using namespace mlir;
using namespace slb::bitpack;
using llvm::alignTo;

//===----------------------------------------------------------------------===//
// Scratch of kernels of single pixels
//===----------------------------------------------------------------------===//

int64_t slb::bitpack::getBitPatchBytes(ConvolutionOpInterface conv, int64_t,
                                       int64_t) {
  return 4 * getWords(conv.getRowLength()) *
         (getInputPlaneCount(conv) + getMaskCount(conv));
}

/// The patch's values, subset sums of eight times four values, and the sums of
/// one group's outputs.
static int64_t getLookupPatchBytes(ConvolutionOpInterface conv,
                                   int64_t valueBytes, int64_t sumBytes) {
  return 32 * valueBytes * getWords(conv.getRowLength()) + 8 * 16 * sumBytes +
         4 * (conv.getOutputChannels() / conv.getGroups());
}

int64_t slb::bitpack::getByteLookupPatchBytes(ConvolutionOpInterface conv,
                                              int64_t, int64_t) {
  return getLookupPatchBytes(conv, 1, 2);
}

int64_t slb::bitpack::getShortLookupPatchBytes(ConvolutionOpInterface conv,
                                               int64_t, int64_t) {
  return getLookupPatchBytes(conv, 2, 4);
}

int64_t slb::bitpack::getFloatLookupPatchBytes(ConvolutionOpInterface conv,
                                               int64_t, int64_t) {
  return getLookupPatchBytes(conv, 4, 4);
}

int64_t slb::bitpack::getBytePatchBytes(ConvolutionOpInterface conv, int64_t,
                                        int64_t) {
  return conv.getRowLength();
}

int64_t slb::bitpack::getShortPatchBytes(ConvolutionOpInterface conv, int64_t,
                                         int64_t) {
  return 2 * conv.getRowLength();
}

int64_t slb::bitpack::getFloatPatchBytes(ConvolutionOpInterface conv, int64_t,
                                         int64_t) {
  return 4 * conv.getRowLength();
}

//===----------------------------------------------------------------------===//
// Scratch of kernels of tiles
//===----------------------------------------------------------------------===//

/// Sums of the pool window's other positions.
static int64_t getPoolBytes(ConvolutionOpInterface conv, int64_t lanes) {
  bool isPooled = conv.getPool()[0] * conv.getPool()[1] > 1;
  return isPooled ? 4 * lanes * conv.getOutputChannels() : 0;
}

/// One pixel of zeros and pointers to each lane's taps.
static int64_t getTapBytes(ConvolutionOpInterface conv, int64_t lanes,
                           int64_t pointer) {
  return conv.getInputChannels() + lanes * getTaps(conv) * pointer;
}

/// The same if `unit` divides a tap's channels, otherwise gathered patches.
static int64_t getByteSourceBytes(ConvolutionOpInterface conv, int64_t lanes,
                                  int64_t pointer, int64_t unit) {
  if (getGroupInputs(conv) % unit == 0)
    return getTapBytes(conv, lanes, pointer);
  return lanes * (alignTo(conv.getRowLength(), unit) + pointer);
}

static int64_t getBitSourceBytes(ConvolutionOpInterface conv, int64_t lanes,
                                 int64_t pointer) {
  int64_t planes = getInputPlaneCount(conv);
  if (getGroupInputs(conv) % 32 == 0)
    return 4 * planes * (conv.getInputChannels() / 32) +
           lanes * getTaps(conv) * pointer;
  return lanes *
         (4 * getWords(conv.getRowLength()) * (planes + getMaskCount(conv)) +
          pointer);
}

int64_t slb::bitpack::getByteTableBytes(ConvolutionOpInterface conv,
                                        int64_t lanes, int64_t pointer) {
  return 4144 + 16 * getGroupRows(conv) + getPoolBytes(conv, lanes) +
         getByteSourceBytes(conv, lanes, pointer, 4);
}

int64_t slb::bitpack::getBitTableBytes(ConvolutionOpInterface conv,
                                       int64_t lanes, int64_t pointer) {
  return 4176 + 16 * getGroupRows(conv) + getPoolBytes(conv, lanes) +
         getBitSourceBytes(conv, lanes, pointer);
}

int64_t slb::bitpack::getByteNibbleBytes(ConvolutionOpInterface conv,
                                         int64_t lanes, int64_t pointer) {
  return 8 * alignTo(conv.getRowLength(), 8) + 16 + getPoolBytes(conv, lanes) +
         getByteSourceBytes(conv, lanes, pointer, 8);
}

int64_t slb::bitpack::getBitNibbleBytes(ConvolutionOpInterface conv,
                                        int64_t lanes, int64_t pointer) {
  return 4 * alignTo(conv.getRowLength(), 32) + 16 + getPoolBytes(conv, lanes) +
         getBitSourceBytes(conv, lanes, pointer);
}

int64_t slb::bitpack::getByteByteBytes(ConvolutionOpInterface conv,
                                       int64_t lanes, int64_t pointer) {
  return 8 * alignTo(conv.getRowLength(), 4) + getPoolBytes(conv, lanes) +
         getByteSourceBytes(conv, lanes, pointer, 4);
}

int64_t slb::bitpack::getDepthwiseBytes(ConvolutionOpInterface conv,
                                        int64_t lanes, int64_t pointer) {
  return getTaps(conv) + getPoolBytes(conv, lanes) +
         getTapBytes(conv, lanes, pointer);
}

/// Lanes of each tap and row of weights, and of the inputs' sum, for a row of
/// inputs.
int64_t slb::bitpack::getRowLaneBytes(ConvolutionOpInterface conv) {
  int64_t step =
      conv.getKernel()[1] / 2 + llvm::divideCeil(conv.getInputWidth(), 8) * 4;
  return 4 * (1 + conv.getKernel()[1] * getGroupRows(conv)) * step;
}

/// `pixels` is the width of the output.
int64_t slb::bitpack::getByteRowBytes(ConvolutionOpInterface conv,
                                      int64_t pixels, int64_t) {
  return 4096 + getRowLaneBytes(conv) +
         4 * (conv.getKernel()[1] / 2 + pixels + 1) + conv.getInputChannels();
}

int64_t slb::bitpack::getHeliumByteTableBytes(ConvolutionOpInterface conv,
                                              int64_t lanes, int64_t pointer) {
  return 9408 + 64 * getGroupRows(conv) + getPoolBytes(conv, lanes) +
         getTapBytes(conv, lanes, pointer);
}

int64_t slb::bitpack::getHeliumBitTableBytes(ConvolutionOpInterface conv,
                                             int64_t lanes, int64_t pointer) {
  return 4768 + 32 * getGroupRows(conv) + getPoolBytes(conv, lanes) +
         getBitSourceBytes(conv, lanes, pointer);
}

int64_t slb::bitpack::getHeliumNibbleBytes(ConvolutionOpInterface conv,
                                           int64_t lanes, int64_t pointer) {
  return 8 * alignTo(conv.getRowLength(), 32) + getPoolBytes(conv, lanes) +
         getTapBytes(conv, lanes, pointer);
}

int64_t slb::bitpack::getHeliumByteBytes(ConvolutionOpInterface conv,
                                         int64_t lanes, int64_t pointer) {
  return 4 * alignTo(conv.getRowLength(), 16) + getPoolBytes(conv, lanes) +
         getTapBytes(conv, lanes, pointer);
}

//===----------------------------------------------------------------------===//
// Scratch of kernels of runs
//===----------------------------------------------------------------------===//

int64_t slb::bitpack::getByteByteRunBytes(ConvolutionOpInterface conv,
                                          int64_t pixels, int64_t) {
  return (pixels + 1) * alignTo(conv.getRowLength(), 32);
}

int64_t slb::bitpack::getWidenedRunBytes(ConvolutionOpInterface conv,
                                         int64_t pixels, int64_t) {
  return pixels * 2 * alignTo(conv.getRowLength(), 32);
}

int64_t slb::bitpack::getExpandedRunBytes(ConvolutionOpInterface conv,
                                          int64_t pixels, int64_t capacity) {
  return getWidenedRunBytes(conv, pixels, capacity) +
         4 * alignTo(conv.getRowLength(), 64);
}

int64_t slb::bitpack::getExpandedPlanesRunBytes(ConvolutionOpInterface conv,
                                                int64_t pixels,
                                                int64_t capacity) {
  return getExpandedRunBytes(conv, pixels, capacity) + getPatchPlaneBytes(conv);
}
