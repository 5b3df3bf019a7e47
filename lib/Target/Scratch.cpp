//===- Scratch.cpp - bytes that kernels ask for ---------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scratch.h"
#include "runtime/dsp/slb_tile_bytes_nibbles_parts.h"
#include "runtime/dsp/slb_tile_bytes_s8_parts.h"
#include "runtime/helium/slb_tile_bits_bits_mve_parts.h"
#include "runtime/helium/slb_tile_bytes_bits_mve_parts.h"
#include "runtime/helium/slb_tile_bytes_nibbles_mve_parts.h"
#include "runtime/helium/slb_tile_bytes_s8_mve_parts.h"
#include "runtime/lanes/slb_row_bytes_bits_parts.h"
#include "runtime/lanes/slb_tile_bits_bits_parts.h"
#include "runtime/lanes/slb_tile_bits_nibbles_parts.h"
#include "runtime/lanes/slb_tile_bytes_bits_parts.h"
#include "runtime/lanes/slb_tile_depthwise_parts.h"
#include <optional>

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
// Scratch of kernels of tiles, as the kernels themselves lay it out
//===----------------------------------------------------------------------===//

/// The geometry that kernels get, where their arithmetic of 32 bits suffices.
static std::optional<slb_conv2d> getGeometry(ConvolutionOpInterface conv) {
  // More than any tile asks for.
  int64_t bound = 64 * alignTo(conv.getRowLength(), 32) +
                  32 * (conv.getInputChannels() + 8 * getTaps(conv)) +
                  256 * conv.getOutputChannels() * conv.getInputWidth() *
                      conv.getKernel()[1];
  if (bound > INT32_MAX)
    return std::nullopt;
  slb_conv2d g = {};
  g.in_w = conv.getInputWidth();
  g.in_c = conv.getInputChannels();
  g.out_w = conv.getOutputWidth();
  g.out_c = conv.getOutputChannels();
  g.kernel_h = conv.getKernel()[0];
  g.kernel_w = conv.getKernel()[1];
  g.groups = conv.getGroups();
  g.pool_h = conv.getPool()[0];
  g.pool_w = conv.getPool()[1];
  return g;
}

/// What `lay` finds, or more than there is.
template <typename Lay>
static int64_t getBytes(ConvolutionOpInterface conv, Lay lay) {
  std::optional<slb_conv2d> g = getGeometry(conv);
  return g ? lay(&*g).bytes : INT32_MAX;
}

int64_t slb::bitpack::getByteTableBytes(ConvolutionOpInterface conv, int64_t,
                                        int64_t pointer) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_tile_bytes_bits_parts(g, getWeightPlaneCount(conv), pointer);
  });
}

int64_t slb::bitpack::getBitTableBytes(ConvolutionOpInterface conv, int64_t,
                                       int64_t pointer) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_tile_bits_bits_parts(g, getInputPlaneCount(conv),
                                    getMaskCount(conv),
                                    getWeightPlaneCount(conv), pointer);
  });
}

int64_t slb::bitpack::getByteNibbleBytes(ConvolutionOpInterface conv, int64_t,
                                         int64_t pointer) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_tile_bytes_nibbles_parts(g, pointer);
  });
}

int64_t slb::bitpack::getBitNibbleBytes(ConvolutionOpInterface conv, int64_t,
                                        int64_t pointer) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_tile_bits_nibbles_parts(g, getInputPlaneCount(conv), pointer);
  });
}

int64_t slb::bitpack::getByteByteBytes(ConvolutionOpInterface conv, int64_t,
                                       int64_t pointer) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_tile_bytes_s8_parts(g, pointer);
  });
}

int64_t slb::bitpack::getDepthwiseBytes(ConvolutionOpInterface conv, int64_t,
                                        int64_t pointer) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_tile_depthwise_parts(g, pointer);
  });
}

int64_t slb::bitpack::getHeliumByteTableBytes(ConvolutionOpInterface conv,
                                              int64_t, int64_t pointer) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_tile_bytes_bits_mve_parts(g, getWeightPlaneCount(conv), pointer);
  });
}

int64_t slb::bitpack::getHeliumBitTableBytes(ConvolutionOpInterface conv,
                                             int64_t, int64_t pointer) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_tile_bits_bits_mve_parts(g, getInputPlaneCount(conv),
                                        getMaskCount(conv),
                                        getWeightPlaneCount(conv), pointer);
  });
}

int64_t slb::bitpack::getHeliumNibbleBytes(ConvolutionOpInterface conv, int64_t,
                                           int64_t pointer) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_tile_bytes_nibbles_mve_parts(g, pointer);
  });
}

int64_t slb::bitpack::getHeliumByteBytes(ConvolutionOpInterface conv, int64_t,
                                         int64_t pointer) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_tile_bytes_s8_mve_parts(g, pointer);
  });
}

int64_t slb::bitpack::getByteRowBytes(ConvolutionOpInterface conv, int64_t,
                                      int64_t) {
  return getBytes(conv, [&](const slb_conv2d *g) {
    return slb_row_bytes_bits_parts(g, getWeightPlaneCount(conv));
  });
}

int64_t slb::bitpack::getRowLaneBytes(ConvolutionOpInterface conv) {
  std::optional<slb_conv2d> g = getGeometry(conv);
  if (!g)
    return INT32_MAX;
  slb_row_parts parts =
      slb_row_bytes_bits_parts(&*g, getWeightPlaneCount(conv));
  return parts.end - parts.lanes;
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
