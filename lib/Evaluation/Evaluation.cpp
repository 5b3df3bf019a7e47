//===- Evaluation.cpp - a network by reference and by generated C ---------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Evaluation/Evaluation.h"
#include "slb/Conversion/SLBToBitpack/Packing.h"
#include "slb/Pipelines/Compiler.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Parallel.h"
#include <cmath>
#include <cstring>

using namespace mlir;
using namespace slb;
using bitpack::Storage;

//===----------------------------------------------------------------------===//
// Stored tensors
//===----------------------------------------------------------------------===//

template <typename T>
static std::vector<double> decodeElements(const char *data, int64_t count) {
  std::vector<double> values(count);
  for (int64_t i = 0; i < count; ++i) {
    T element;
    std::memcpy(&element, data + i * sizeof(T), sizeof(T));
    values[i] = double(element);
  }
  return values;
}

/// [pixel][plane][word of 32 channels]: bit j of the code is in plane j.
static std::vector<double> decodePlanes(const TensorReport &tensor,
                                        const char *data) {
  int64_t channels = tensor.shape.back(), words = (channels + 31) / 32;
  int64_t pixels = tensor.getNumElements() / channels;
  int64_t planes = tensor.bytes / (pixels * words * 4);
  std::vector<double> values;
  for (int64_t pixel = 0; pixel < pixels; ++pixel)
    for (int64_t c = 0; c < channels; ++c) {
      int64_t code = 0;
      for (int64_t plane = 0; plane < planes; ++plane) {
        uint32_t word;
        int64_t index = (pixel * planes + plane) * words + c / 32;
        std::memcpy(&word, data + index * 4, 4);
        code |= int64_t(word >> (c % 32) & 1) << plane;
      }
      values.push_back(double(tensor.lo + tensor.step * code));
    }
  return values;
}

static std::vector<double> decodeStored(const TensorReport &tensor,
                                        const char *data) {
  int64_t count = tensor.getNumElements();
  switch (tensor.storage) {
  case Storage::UnsignedBytes:
    return decodeElements<uint8_t>(data, count);
  case Storage::SignedBytes:
    return decodeElements<int8_t>(data, count);
  case Storage::Planes:
    return decodePlanes(tensor, data);
  case Storage::Shorts:
    return decodeElements<int16_t>(data, count);
  case Storage::Integers:
    return decodeElements<int32_t>(data, count);
  case Storage::Floats:
    return decodeElements<float>(data, count);
  }
  llvm_unreachable("unknown storage");
}

/// The values of a tensor of the C.
static std::vector<double> decode(const TensorReport &tensor,
                                  const char *data) {
  std::vector<double> values = decodeStored(tensor, data);
  for (double &value : values)
    value += double(tensor.offset);
  return values;
}

/// The values of a tensor of the reference.
static std::vector<double> decode(const ReferenceTensor &tensor,
                                  const char *data) {
  if (tensor.isFloat)
    return decodeElements<float>(data, tensor.getNumElements());
  std::vector<int64_t> integers = tensor.getIntegers(data);
  return {integers.begin(), integers.end()};
}

static std::vector<uint32_t> storeAsPlanes(const TensorReport &stored,
                                           ArrayRef<int64_t> integers) {
  std::vector<uint8_t> codes;
  for (int64_t integer : integers)
    codes.push_back(uint8_t((integer - stored.lo) / stored.step));
  int64_t channels = stored.shape.back();
  int64_t pixels = stored.getNumElements() / channels;
  int64_t planes =
      stored.bytes / (pixels * bitpack::getWords(channels) * sizeof(uint32_t));
  return packActivations(codes.data(), pixels, channels, planes);
}

/// Appends a tensor of the reference as the C stores it.
static void store(const ReferenceTensor &tensor, const TensorReport &stored,
                  const char *data, std::vector<char> &bytes) {
  auto append = [&](const void *first, size_t size) {
    auto *begin = static_cast<const char *>(first);
    bytes.insert(bytes.end(), begin, begin + size);
  };
  if (tensor.isFloat)
    return append(data, tensor.getNumBytes());
  std::vector<int64_t> integers = tensor.getIntegers(data);
  if (stored.storage == Storage::Planes) {
    std::vector<uint32_t> words = storeAsPlanes(stored, integers);
    return append(words.data(), words.size() * sizeof(uint32_t));
  }
  // Little-endian machines alone run the reference.
  for (int64_t integer : integers) {
    int64_t element = integer - stored.offset;
    append(&element, stored.bytes / integers.size());
  }
}

static int64_t getBytes(ArrayRef<TensorReport> tensors) {
  int64_t bytes = 0;
  for (const TensorReport &tensor : tensors)
    bytes += tensor.bytes;
  return bytes;
}

//===----------------------------------------------------------------------===//
// Both ways down
//===----------------------------------------------------------------------===//

void Evaluation::matchLayers() {
  const std::vector<ReferenceTensor> &tensors = reference->getOutputs();
  for (size_t i = 0; i < report.layers.size(); ++i)
    for (size_t j = 0; j < tensors.size(); ++j)
      if (!tensors[j].layer.empty() &&
          tensors[j].layer == report.layers[i].name &&
          tensors[j].getNumElements() ==
              report.layers[i].output.getNumElements()) {
        layers.push_back(tensors[j].layer);
        storedIndices.push_back(i);
        referenceIndices.push_back(j);
        break;
      }
}

int64_t Evaluation::getInputBytes() const {
  int64_t bytes = 0;
  for (const ReferenceTensor &tensor : getInputs())
    bytes += tensor.getNumBytes();
  return bytes;
}

bool Evaluation::isExact() const {
  auto isInteger = [](const TensorReport &tensor) {
    return tensor.storage != Storage::Floats;
  };
  return llvm::all_of(report.inputs, isInteger) &&
         llvm::all_of(report.outputs, isInteger) &&
         llvm::all_of(report.layers, [&](const LayerReport &layer) {
           return isInteger(layer.output);
         });
}

std::unique_ptr<Evaluation> Evaluation::create(const std::string &modelPath,
                                               bool withLayers,
                                               std::string &error,
                                               const std::string &target) {
  std::unique_ptr<Evaluation> evaluation(new Evaluation());
  evaluation->withLayers = withLayers;
  if (std::error_code code = llvm::sys::fs::createUniqueDirectory(
          "slb-eval", evaluation->folder)) {
    error = "cannot make a temporary folder: " + code.message();
    return nullptr;
  }
  CompilerOptions options;
  options.tool = "slb-eval";
  options.input = modelPath;
  options.output = (evaluation->folder + "/net.c").str();
  options.name = "net";
  options.target = target;
  options.profile = withLayers;
  options.quiet = true;
  // From phase `integer` on results are exact, so the reference computes that.
  options.atInteger = [&](ModuleOp module) {
    evaluation->reference =
        ReferenceModel::create(module,
                               withLayers ? ReferenceModel::Outputs::AllLayers
                                          : ReferenceModel::Outputs::Network,
                               error);
    return success(evaluation->reference != nullptr);
  };
  options.atReport = [&](const NetworkReport &report) {
    evaluation->report = report;
  };
  if (failed(compileModel(options)))
    return nullptr;
  if (!evaluation->reference) {
    error = modelPath + ": expects a model at phase 'integer' or before";
    return nullptr;
  }
  if (withLayers)
    evaluation->matchLayers();
  return evaluation;
}

Evaluation::~Evaluation() {
  if (!folder.empty())
    llvm::sys::fs::remove_directories(folder);
}

std::unique_ptr<GeneratedProgram>
Evaluation::buildProgram(GeneratedProgram::Options options,
                         std::string &error) const {
  options.withLayers = withLayers;
  options.inputs = report.inputs.size();
  options.outputs = report.outputs.size();
  return GeneratedProgram::build(folder, "net", options, error);
}

//===----------------------------------------------------------------------===//
// Samples
//===----------------------------------------------------------------------===//

NetworkOutputs Evaluation::runReference(llvm::ArrayRef<char> inputs,
                                        int64_t count) const {
  const std::vector<ReferenceTensor> &tensors = reference->getOutputs();
  size_t inputBytes = getInputBytes();
  NetworkOutputs result;
  result.samples.resize(count);
  result.layers.assign(layers.size(), std::vector<std::vector<double>>(count));
  llvm::parallelFor(0, count, [&](size_t sample) {
    std::vector<const void *> sources;
    const char *source = inputs.data() + sample * inputBytes;
    for (const ReferenceTensor &tensor : getInputs()) {
      sources.push_back(source);
      source += tensor.getNumBytes();
    }
    std::vector<std::vector<char>> buffers;
    std::vector<void *> outputs;
    for (const ReferenceTensor &tensor : tensors)
      outputs.push_back(buffers.emplace_back(tensor.getNumBytes()).data());
    reference->run(sources, outputs);
    for (size_t i = 0; i < report.outputs.size(); ++i)
      llvm::append_range(result.samples[sample],
                         decode(tensors[i], buffers[i].data()));
    for (size_t i = 0; i < layers.size(); ++i)
      result.layers[i][sample] = decode(tensors[referenceIndices[i]],
                                        buffers[referenceIndices[i]].data());
  });
  return result;
}

/// Samples of the reference as the C reads them.
std::vector<char> Evaluation::storeInputs(llvm::ArrayRef<char> inputs,
                                          int64_t count) const {
  std::vector<char> bytes;
  bytes.reserve(count * getBytes(report.inputs));
  const char *source = inputs.data();
  for (int64_t sample = 0; sample < count; ++sample)
    for (auto [tensor, stored] : llvm::zip(getInputs(), report.inputs)) {
      store(tensor, stored, source, bytes);
      source += tensor.getNumBytes();
    }
  return bytes;
}

bool Evaluation::runProgram(GeneratedProgram &program,
                            llvm::ArrayRef<char> inputs, int64_t count,
                            NetworkOutputs &outputs, std::string &error) const {
  std::vector<char> outputBytes, layerBytes;
  if (!program.run(storeInputs(inputs, count), count, outputBytes,
                   withLayers ? &layerBytes : nullptr, error))
    return false;
  int64_t layerStride = 0, stride = getBytes(report.outputs);
  std::vector<int64_t> offsets;
  for (const LayerReport &layer : report.layers) {
    offsets.push_back(layerStride);
    layerStride += layer.output.bytes;
  }
  int64_t expected = withLayers ? count * layerStride : 0;
  if (int64_t(outputBytes.size()) != count * stride ||
      int64_t(layerBytes.size()) != expected) {
    error = "expects " + std::to_string(count * stride) + " and " +
            std::to_string(expected) +
            " bytes from the generated program, but got " +
            std::to_string(outputBytes.size()) + " and " +
            std::to_string(layerBytes.size());
    return false;
  }
  outputs.samples.assign(count, {});
  outputs.layers.assign(layers.size(), {});
  const char *source = outputBytes.data();
  for (int64_t sample = 0; sample < count; ++sample) {
    for (const TensorReport &output : report.outputs) {
      llvm::append_range(outputs.samples[sample], decode(output, source));
      source += output.bytes;
    }
    const char *base = layerBytes.data() + sample * layerStride;
    for (size_t i = 0; i < layers.size(); ++i)
      outputs.layers[i].push_back(decode(report.layers[storedIndices[i]].output,
                                         base + offsets[storedIndices[i]]));
  }
  return true;
}

Difference slb::compare(llvm::ArrayRef<std::vector<double>> a,
                        llvm::ArrayRef<std::vector<double>> b) {
  Difference difference;
  double largest = 0, error = 0;
  for (size_t sample = 0; sample < a.size(); ++sample) {
    const std::vector<double> &x = a[sample], &y = b[sample];
    int64_t before = difference.outputsDiffering;
    for (size_t i = 0; i < x.size(); ++i) {
      largest = std::max(largest, std::abs(x[i]));
      if (x[i] == y[i])
        continue;
      // A NaN differs from everything, and by more than anything.
      ++difference.outputsDiffering;
      double distance = std::abs(x[i] - y[i]);
      error = std::max(error, std::isnan(distance) ? HUGE_VAL : distance);
    }
    difference.outputs += x.size();
    difference.samplesDiffering += difference.outputsDiffering > before;
  }
  if (error > 0)
    difference.largestRelativeError = error / largest;
  return difference;
}
