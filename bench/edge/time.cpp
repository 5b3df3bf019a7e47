//===- time.cpp - Time layers against oneDNN on x86 -----------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Usage: time ROUNDS. Each round runs oneDNN's int8 convolution and every
// generated network of layers.h once, so that noise meets all alike; prints
// each one's median in seconds, oneDNN's first. DNNL_MAX_CPU_ISA restricts
// oneDNN.
//
//===----------------------------------------------------------------------===//

#include "dnnl.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iterator>
#include <unordered_map>
#include <vector>

namespace {

/// A network of one layer and the input that it runs on.
struct Network {
  const char *name;
  void *input;
  size_t inputBytes;
  void (*run)();
};

// Written by timing.py: the sizes of the layer, and the array `networks`.
#include "layers.h"

void fill(void *data, size_t bytes) {
  std::generate_n(static_cast<unsigned char *>(data), bytes, std::rand);
}

/// oneDNN's convolution of the same shape: u8 input, s8 weights, u8 output,
/// weights reordered beforehand to the layout that it asks for.
class Peer {
public:
  Peer();
  void run() {
    convolution.execute(stream, arguments);
    stream.wait();
  }
  std::string implementation;

private:
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
  dnnl::convolution_forward convolution;
  std::unordered_map<int, dnnl::memory> arguments;
};

Peer::Peer() {
  using dnnl::memory;
  const memory::dims image = {1, LayerChannels, LayerSize, LayerSize};
  const memory::dims filter = {LayerChannels, LayerChannels, 3, 3};
  const auto any = memory::format_tag::any;
  const memory::desc source(image, memory::data_type::u8,
                            memory::format_tag::nhwc);
  const memory::desc target = source;
  const memory::desc weights(filter, memory::data_type::s8, any);
  dnnl::primitive_attr attributes;
#if DNNL_VERSION_MAJOR >= 3
  attributes.set_scales_mask(DNNL_ARG_DST, 0);
  const dnnl::convolution_forward::primitive_desc description(
      engine, dnnl::prop_kind::forward_inference,
      dnnl::algorithm::convolution_direct, source, weights, target, {1, 1},
      {1, 1}, {1, 1}, attributes);
  memory scale({{1}, memory::data_type::f32, memory::format_tag::x}, engine);
  *static_cast<float *>(scale.get_data_handle()) = 500.0f;
  arguments.insert({DNNL_ARG_ATTR_SCALES | DNNL_ARG_DST, scale});
#else
  attributes.set_output_scales(0, {0.002f});
  const dnnl::convolution_forward::primitive_desc description(
      {dnnl::prop_kind::forward_inference,
       dnnl::algorithm::convolution_direct,
       source,
       weights,
       target,
       {1, 1},
       {1, 1},
       {1, 1}},
      attributes, engine);
#endif
  implementation = description.impl_info_str();
  convolution = dnnl::convolution_forward(description);
  memory input(description.src_desc(), engine);
  memory plain({filter, memory::data_type::s8, memory::format_tag::oihw},
               engine);
  memory packed(description.weights_desc(), engine);
  fill(input.get_data_handle(), source.get_size());
  fill(plain.get_data_handle(), plain.get_desc().get_size());
  dnnl::reorder(plain, packed).execute(stream, plain, packed);
  stream.wait();
  arguments.insert({DNNL_ARG_SRC, input});
  arguments.insert({DNNL_ARG_WEIGHTS, packed});
  arguments.insert({DNNL_ARG_DST, memory(description.dst_desc(), engine)});
}

/// Returns the processor time of one of a few runs in a row: other processes
/// do not count, nor does what the ones before left in the caches.
double getSeconds(const std::function<void()> &run) {
  const int runs = 4;
  timespec start, end;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
  for (int i = 0; i < runs; ++i)
    run();
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  return (double(end.tv_sec - start.tv_sec) +
          1e-9 * double(end.tv_nsec - start.tv_nsec)) /
         runs;
}

double getMedian(std::vector<double> seconds) {
  std::sort(seconds.begin(), seconds.end());
  return seconds[seconds.size() / 2];
}

} // namespace

int main(int argc, char **argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 101;
  Peer peer;
  for (const Network &network : networks)
    fill(network.input, network.inputBytes);
  std::vector<std::vector<double>> seconds(1 + std::size(networks));
  for (int round = 0; round < rounds; ++round) {
    seconds[0].push_back(getSeconds([&] { peer.run(); }));
    for (size_t i = 0; i < std::size(networks); ++i)
      seconds[1 + i].push_back(getSeconds(networks[i].run));
  }
  std::printf("%s;%.9f\n", peer.implementation.c_str(), getMedian(seconds[0]));
  for (size_t i = 0; i < std::size(networks); ++i)
    std::printf("%s;%.9f\n", networks[i].name, getMedian(seconds[1 + i]));
  return 0;
}
