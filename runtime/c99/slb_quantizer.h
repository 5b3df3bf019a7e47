//===- slb_quantizer.h - What floats are quantized to ---------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_QUANTIZER_H
#define SLB_QUANTIZER_H

#include <stddef.h>
#include <stdint.h>

/// A quantizer to the integers lo to hi, or if `count` is not 0 to those that
/// `values` stands for; element e is stored as e - offset or as values[code].
typedef struct slb_quantizer {
  int32_t scale_step; ///< 1: a scale for each channel; 0: one for all.
  int32_t lo, hi, offset;
  int32_t count;
  const float *middles;  ///< Between neighbouring integers, [count - 1].
  const int32_t *values; ///< What is stored for each code, [count].
} slb_quantizer;

#endif // SLB_QUANTIZER_H
