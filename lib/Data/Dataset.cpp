//===- Dataset.cpp - finds the loader of a data set -----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Data/Dataset.h"
#include "Formats.h"
#include "slb/Support/Digest.h"

using namespace slb;

void ImageSet::truncate(int64_t count) {
  if (count >= size() || size() == 0)
    return;
  pixels.resize(pixels.size() / labels.size() * count);
  labels.resize(count);
}

bool slb::loadDataset(const std::string &spec, Dataset &dataset,
                      std::string &error) {
  size_t colon = spec.find(':');
  std::string name = spec.substr(0, colon);
  std::string folder = colon == std::string::npos ? "" : spec.substr(colon + 1);
  if (spec == "digits")
    return loadDigits(SLB_DIGITS_DIR, dataset, error);
  if (!folder.empty()) {
    if (name == "digits")
      return loadDigits(folder, dataset, error);
    if (name == "mnist")
      return loadMnist(folder, dataset, error);
    if (name == "cifar10")
      return loadCifar10(folder, dataset, error);
  }
  error = "expects digits, digits:DIR, mnist:DIR or cifar10:DIR, but got '" +
          spec + "'";
  return false;
}

uint64_t slb::getDigest(const Dataset &dataset) {
  Digest digest;
  for (int64_t size : {dataset.height, dataset.width, dataset.channels})
    digest.add(size);
  for (const ImageSet *images : {&dataset.train, &dataset.test}) {
    digest.add(images->size());
    digest.add(images->pixels.data(), images->pixels.size());
    digest.add(images->labels.data(), images->labels.size());
  }
  return digest.get();
}
