//===- Scratch.h - bytes that kernels ask for -------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Bytes of scratch, aligned to a pointer, where a call computes `pixels`
// outputs.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TARGET_SCRATCH_H
#define SLB_LIB_TARGET_SCRATCH_H

#include "dialects/bitpack/IR/BitpackDialect.h"
#include "llvm/Support/MathExtras.h"

namespace slb::bitpack {

//===----------------------------------------------------------------------===//
// A layer's numbers, as the kernels' comments in runtime/ name them
//===----------------------------------------------------------------------===//

inline int64_t getInputPlaneCount(ConvolutionOpInterface conv) {
  return conv.getInputPlanes().size() - 1;
}

inline int64_t getWeightPlaneCount(ConvolutionOpInterface conv) {
  return conv.getWeightPlanes().size() - 1;
}

/// Planes whose bits are worth an offset need a mask of what is not padding.
inline int64_t getMaskCount(ConvolutionOpInterface conv) {
  return conv.getInputPlanes().front() != 0;
}

inline int64_t getTaps(ConvolutionOpInterface conv) {
  return conv.getKernel()[0] * conv.getKernel()[1];
}

inline int64_t getGroupInputs(ConvolutionOpInterface conv) {
  return conv.getInputChannels() / int64_t(conv.getGroups());
}

/// Rows of planes that one group's outputs have.
inline int64_t getGroupRows(ConvolutionOpInterface conv) {
  return conv.getOutputChannels() / int64_t(conv.getGroups()) *
         getWeightPlaneCount(conv);
}

/// Lanes of each tap and row of weights, and of the inputs' sum, for a row of
/// inputs.
int64_t getRowLaneBytes(ConvolutionOpInterface conv);

//===----------------------------------------------------------------------===//
// Kernels of single pixels, tiles, rows and runs
//===----------------------------------------------------------------------===//

int64_t getBitPatchBytes(ConvolutionOpInterface conv, int64_t pixels,
                         int64_t pointerBytes);
int64_t getByteLookupPatchBytes(ConvolutionOpInterface conv, int64_t pixels,
                                int64_t pointerBytes);
int64_t getShortLookupPatchBytes(ConvolutionOpInterface conv, int64_t pixels,
                                 int64_t pointerBytes);
int64_t getFloatLookupPatchBytes(ConvolutionOpInterface conv, int64_t pixels,
                                 int64_t pointerBytes);
int64_t getBytePatchBytes(ConvolutionOpInterface conv, int64_t pixels,
                          int64_t pointerBytes);
int64_t getShortPatchBytes(ConvolutionOpInterface conv, int64_t pixels,
                           int64_t pointerBytes);
int64_t getFloatPatchBytes(ConvolutionOpInterface conv, int64_t pixels,
                           int64_t pointerBytes);
int64_t getByteTableBytes(ConvolutionOpInterface conv, int64_t pixels,
                          int64_t pointerBytes);
int64_t getBitTableBytes(ConvolutionOpInterface conv, int64_t pixels,
                         int64_t pointerBytes);
int64_t getByteNibbleBytes(ConvolutionOpInterface conv, int64_t pixels,
                           int64_t pointerBytes);
int64_t getBitNibbleBytes(ConvolutionOpInterface conv, int64_t pixels,
                          int64_t pointerBytes);
int64_t getByteByteBytes(ConvolutionOpInterface conv, int64_t pixels,
                         int64_t pointerBytes);
int64_t getDepthwiseBytes(ConvolutionOpInterface conv, int64_t pixels,
                          int64_t pointerBytes);
int64_t getByteRowBytes(ConvolutionOpInterface conv, int64_t pixels,
                        int64_t pointerBytes);
int64_t getHeliumByteTableBytes(ConvolutionOpInterface conv, int64_t pixels,
                                int64_t pointerBytes);
int64_t getHeliumBitTableBytes(ConvolutionOpInterface conv, int64_t pixels,
                               int64_t pointerBytes);
int64_t getHeliumNibbleBytes(ConvolutionOpInterface conv, int64_t pixels,
                             int64_t pointerBytes);
int64_t getHeliumByteBytes(ConvolutionOpInterface conv, int64_t pixels,
                           int64_t pointerBytes);
int64_t getByteByteRunBytes(ConvolutionOpInterface conv, int64_t pixels,
                            int64_t pointerBytes);
int64_t getWidenedRunBytes(ConvolutionOpInterface conv, int64_t pixels,
                           int64_t pointerBytes);
int64_t getExpandedRunBytes(ConvolutionOpInterface conv, int64_t pixels,
                            int64_t pointerBytes);
int64_t getExpandedPlanesRunBytes(ConvolutionOpInterface conv, int64_t pixels,
                                  int64_t pointerBytes);

/// `slots` words for each word of a vector of so many.
template <int64_t vectorWords, int64_t slots>
inline int64_t getBitRunBytes(ConvolutionOpInterface conv, int64_t pixels,
                              int64_t) {
  int64_t stride = llvm::alignTo(getWords(conv.getRowLength()), vectorWords);
  int64_t planes = getInputPlaneCount(conv) + getMaskCount(conv);
  return 4 * pixels * (2 + slots * stride * planes);
}

/// `codeRows` rows of weights as bytes beside the patches.
template <int64_t codeRows>
inline int64_t getByteRunBytes(ConvolutionOpInterface conv, int64_t pixels,
                               int64_t) {
  return (pixels + codeRows) * llvm::alignTo(conv.getRowLength(), 32) +
         4 * pixels;
}

inline int64_t getPatchPlaneBytes(ConvolutionOpInterface conv) {
  return 4 * getWords(conv.getRowLength()) * getInputPlaneCount(conv);
}

template <int64_t codeRows>
inline int64_t getPlanesAsByteRunBytes(ConvolutionOpInterface conv,
                                       int64_t pixels, int64_t capacity) {
  return getByteRunBytes<codeRows>(conv, pixels, capacity) +
         getPatchPlaneBytes(conv);
}

} // namespace slb::bitpack

#endif // SLB_LIB_TARGET_SCRATCH_H
