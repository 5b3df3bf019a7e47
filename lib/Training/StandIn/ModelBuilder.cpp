//===- ModelBuilder.cpp - a model builder that writes nothing -------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Stands in for lib/Model where that room is not part of the build.

#include "slb/Model/ModelBuilder.h"

#include <fstream>

using namespace slb;

ValueSet ValueSet::odd(unsigned bits) { return {Kind::Odd, bits, 0, 0, {}}; }
ValueSet ValueSet::range(int64_t lo, int64_t hi) {
  return {Kind::Range, 1, lo, hi, {}};
}

struct ModelBuilder::Impl {
  Value values = 0;
};

ModelBuilder::ModelBuilder(const std::string &)
    : impl(std::make_unique<Impl>()) {}
ModelBuilder::~ModelBuilder() = default;

ModelBuilder::Value ModelBuilder::input(const std::vector<int64_t> &,
                                        const ValueSet &, float) {
  return impl->values++;
}
ModelBuilder::Value ModelBuilder::conv2d(Value, const LayerWeights &,
                                         const Conv2DGeometry &,
                                         const std::string &) {
  return impl->values++;
}
ModelBuilder::Value ModelBuilder::linear(Value, const LayerWeights &,
                                         const std::string &) {
  return impl->values++;
}
ModelBuilder::Value ModelBuilder::stateBatchNorm(Value,
                                                 const BatchNormParameters &) {
  return impl->values++;
}
ModelBuilder::Value ModelBuilder::bias(Value, const std::vector<float> &) {
  return impl->values++;
}
ModelBuilder::Value ModelBuilder::relu(Value) { return impl->values++; }
ModelBuilder::Value ModelBuilder::add(Value, Value) { return impl->values++; }
ModelBuilder::Value ModelBuilder::maxPool2d(Value, std::array<int64_t, 2>,
                                            std::array<int64_t, 2>,
                                            std::array<int64_t, 4>) {
  return impl->values++;
}
ModelBuilder::Value ModelBuilder::averagePool2d(Value, std::array<int64_t, 2>,
                                                std::array<int64_t, 2>,
                                                std::array<int64_t, 4>) {
  return impl->values++;
}
ModelBuilder::Value ModelBuilder::quantize(Value, const ValueSet &, float) {
  return impl->values++;
}
ModelBuilder::Value ModelBuilder::flatten(Value) { return impl->values++; }
bool ModelBuilder::write(const std::vector<Value> &, const std::string &path,
                         std::string &error) {
  error = "cannot write '" + path + "'";
  std::ofstream file(path);
  return bool(file << "// This build has no lib/Model.\n");
}
