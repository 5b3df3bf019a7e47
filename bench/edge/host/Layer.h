//===- Layer.h - One convolution layer of the host benchmark --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_BENCH_EDGE_HOST_LAYER_H
#define SLB_BENCH_EDGE_HOST_LAYER_H

#ifdef __cplusplus
extern "C" {
#endif

/// Size x size x channels -> channels, 3x3, stride 1, pad 1.
enum { LayerSize = 14, LayerChannels = 256 };

/// One way to compute the layer: gather, sums and the store of the requantized
/// output, from the stored input to the stored output.
typedef struct LayerKind {
  const char *name; ///< Strategy, unique.
  int weightBits, activationBits;
  void (*run)(void);
} LayerKind;

extern const LayerKind layerKinds[];
extern const int layerKindCount;
extern const char *const layerCore;

/// Fills inputs, weights and the epilogue's constants with random values.
void initializeLayer(void);

#ifdef __cplusplus
}
#endif

#endif // SLB_BENCH_EDGE_HOST_LAYER_H
