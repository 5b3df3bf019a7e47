//===- Interpreter.cpp - runs kernels of PTX on the host ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"
#include "Warp.h"
#include <algorithm>
#include <cstring>
#include <numeric>

using namespace slb::ptx;

static std::vector<char> getParameters(const Kernel &kernel,
                                       void *const *arguments) {
  std::vector<char> bytes(kernel.parameterBytes);
  for (size_t i = 0; i < kernel.parameters.size(); ++i) {
    const Parameter &parameter = kernel.parameters[i];
    std::memcpy(&bytes[parameter.offset], arguments[i], parameter.bytes);
  }
  return bytes;
}

static std::vector<unsigned> getOrder(unsigned count, std::mt19937 *random) {
  std::vector<unsigned> order(count);
  std::iota(order.begin(), order.end(), 0);
  if (random)
    std::shuffle(order.begin(), order.end(), *random);
  return order;
}

bool slb::ptx::launch(const Kernel &kernel, Grid grid, void *const *arguments,
                      const Options &options, Memory &memory,
                      std::string &error) {
  if (grid.blocks == 0 || grid.threads == 0 ||
      grid.threads > kernel.maxThreads) {
    error = kernel.name + ": expects 1 to " +
            std::to_string(kernel.maxThreads) + " threads a block, but got " +
            std::to_string(grid.threads);
    return false;
  }
  setApproximationError(options.approximationUlps);
  memory.beginLaunch();
  std::mt19937 generator(options.shuffle);
  std::mt19937 *random = options.shuffle ? &generator : nullptr;
  std::vector<char> parameters = getParameters(kernel, arguments);
  Launch launch{kernel, grid, parameters.data(), memory, random};
  Warp warp(launch);
  unsigned warps = (grid.threads + kWarpLanes - 1) / kWarpLanes;
  for (unsigned block : getOrder(grid.blocks, random))
    for (unsigned index : getOrder(warps, random))
      if (!warp.run(block, index * kWarpLanes, error))
        return false;
  return true;
}
