//===- count.c - Run layers between marks for the counting plugin ---------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Prints core, MACs and the kinds in the order in which they run, each between
// two calls of markLayer.
//
//===----------------------------------------------------------------------===//

#include "bench/edge/host/Layer.h"

#include <stdio.h>

__attribute__((noinline)) void markLayer(void);
void markLayer(void) { __asm__ volatile("" ::: "memory"); }

int main(void) {
  initializeLayer();
  for (int i = 0; i < layerKindCount; ++i) {
    const LayerKind *kind = &layerKinds[i];
    markLayer();
    kind->run();
    markLayer();
    printf("%s;%d;%d;%s\n", layerCore, kind->weightBits, kind->activationBits,
           kind->name);
  }
  return 0;
}
