//===- slb_gather_bits.h - Input patch of bit planes ----------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_GATHER_BITS_H
#define SLB_GATHER_BITS_H

#include "slb_conv2d.h"
#include "slb_input_pixel.h"
#include "slb_or_bits.h"
#include "slb_patch_length.h"
#include "slb_planes.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Sets bits [bit, bit + count) of a bit string.
static void slb_set_bits(uint32_t *words, int32_t bit, int32_t count) {
  const uint32_t ones = 0xffffffffu;
  for (int32_t done = 0; done < count; done += 32) {
    slb_or_bits(&ones, 0, words, bit + done,
                count - done < 32 ? count - done : 32);
  }
}

/// Copies the input bits that position (y, x), before pooling, of one group
/// depends on. Patch [planes][ceil(R / 32)]: bit (ky * kernel_w + kx) * (in_c /
/// groups) + c of a plane is the one of tap (ky, kx) and channel c, zero in the
/// padding; bits from R on are zero. If planes->offset is not 0, one more plane
/// has ones outside the padding.
/// Input [in_h][in_w][planes->count][ceil(in_c / 32)].
static void slb_gather_bits(const slb_conv2d *g, const slb_planes *planes,
                            const uint32_t *input, int32_t y, int32_t x,
                            int32_t group, uint32_t *patch) {
  const int32_t channels = g->in_c / g->groups;
  const int32_t input_words = (g->in_c + 31) / 32;
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  const int32_t count = planes->offset != 0 ? planes->count + 1 : planes->count;
  (void)memset(patch, 0, sizeof(uint32_t) * (size_t)count * (size_t)words);
  for (int32_t ky = 0; ky < g->kernel_h; ++ky) {
    for (int32_t kx = 0; kx < g->kernel_w; ++kx) {
      const int32_t pixel = slb_input_pixel(g, y, x, ky, kx);
      const int32_t bit = (ky * g->kernel_w + kx) * channels;
      if (pixel < 0) {
        continue;
      }
      for (int32_t i = 0; i < planes->count; ++i) {
        slb_or_bits(input + (pixel * planes->count + i) * input_words,
                    group * channels, patch + i * words, bit, channels);
      }
      if (planes->offset != 0) {
        slb_set_bits(patch + planes->count * words, bit, channels);
      }
    }
  }
}

#endif // SLB_GATHER_BITS_H
