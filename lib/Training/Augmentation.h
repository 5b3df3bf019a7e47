//===- Augmentation.h - random variations of training images ----*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_AUGMENTATION_H
#define SLB_LIB_TRAINING_AUGMENTATION_H

#include "Random.h"
#include "slb/Data/Dataset.h"

namespace slb {

/// Writes one image as the network's real-valued input, NHWC.
using WriteImage = void (*)(const Dataset &dataset, const uint8_t *pixels,
                            Random &random, float *output);

/// The image as it is.
void writePlain(const Dataset &dataset, const uint8_t *pixels, Random &random,
                float *output);
/// A small random affine map with bilinear sampling.
void writeAffine(const Dataset &dataset, const uint8_t *pixels, Random &random,
                 float *output);
/// A random horizontal flip and a random crop of the image padded by 4.
void writeFlipAndCrop(const Dataset &dataset, const uint8_t *pixels,
                      Random &random, float *output);

/// The augmentation that suits a data set.
WriteImage findAugmentation(const Dataset &dataset);

} // namespace slb

#endif // SLB_LIB_TRAINING_AUGMENTATION_H
