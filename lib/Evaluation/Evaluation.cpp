//===- Evaluation.cpp - a network by reference and by generated C ---------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Evaluation/Evaluation.h"
#include "slb/Pipelines/Compiler.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Parallel.h"
#include <cmath>
#include <cstring>

using namespace mlir;
using namespace slb;

//===----------------------------------------------------------------------===//
// Stored tensors
//===----------------------------------------------------------------------===//

int64_t StoredTensor::getNumElements() const {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

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
static std::vector<double> decodePlanes(const StoredTensor &tensor,
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

std::vector<double> StoredTensor::decode(const char *data) const {
  if (storage == "planes")
    return decodePlanes(*this, data);
  int64_t count = getNumElements();
  if (type == "float")
    return decodeElements<float>(data, count);
  if (type == "int32_t")
    return decodeElements<int32_t>(data, count);
  return type == "uint8_t" ? decodeElements<uint8_t>(data, count)
                           : decodeElements<int8_t>(data, count);
}

static std::vector<double> decode(const ReferenceTensor &tensor,
                                  const char *data) {
  int64_t count = tensor.getNumElements();
  if (tensor.isFloat)
    return decodeElements<float>(data, count);
  switch (tensor.elementBytes) {
  case 1:
    return tensor.isSigned ? decodeElements<int8_t>(data, count)
                           : decodeElements<uint8_t>(data, count);
  case 2:
    return tensor.isSigned ? decodeElements<int16_t>(data, count)
                           : decodeElements<uint16_t>(data, count);
  default:
    return decodeElements<int32_t>(data, count);
  }
}

//===----------------------------------------------------------------------===//
// Both ways down
//===----------------------------------------------------------------------===//

static StoredTensor getTensor(const llvm::json::Object &object) {
  StoredTensor tensor;
  tensor.storage = object.getString("storage").value_or("").str();
  tensor.type = object.getString("type").value_or("").str();
  for (const llvm::json::Value &size : *object.getArray("shape"))
    tensor.shape.push_back(size.getAsInteger().value_or(0));
  tensor.bytes = object.getInteger("bytes").value_or(0);
  tensor.lo = object.getInteger("lo").value_or(0);
  tensor.step = object.getInteger("step").value_or(1);
  return tensor;
}

bool Evaluation::readReport(std::string &error) {
  std::string path = (folder + "/report.json").str();
  auto file = llvm::MemoryBuffer::getFile(path);
  if (!file) {
    error = path + ": " + file.getError().message();
    return false;
  }
  auto report = llvm::json::parse((*file)->getBuffer());
  if (!report) {
    error = path + ": " + llvm::toString(report.takeError());
    return false;
  }
  const llvm::json::Object &object = *report->getAsObject();
  const llvm::json::Array &inputs = *object.getArray("inputs");
  const llvm::json::Array &outputs = *object.getArray("outputs");
  if (inputs.size() != 1 || outputs.size() != 1) {
    error = "expects a network of one input and one output, but got " +
            std::to_string(inputs.size()) + " and " +
            std::to_string(outputs.size());
    return false;
  }
  storedInput = getTensor(*inputs.front().getAsObject());
  storedOutput = getTensor(*outputs.front().getAsObject());
  for (const llvm::json::Value &value : *object.getArray("layers")) {
    const llvm::json::Object &layer = *value.getAsObject();
    storedLayers.push_back(getTensor(*layer.getObject("output")));
    storedLayers.back().layer = layer.getString("name").value_or("").str();
  }
  if (storedInput.storage == "bytes" || storedInput.storage == "float")
    return true;
  error =
      "expects a network whose input is stored as bytes or floats, but got " +
      storedInput.storage;
  return false;
}

void Evaluation::matchLayers() {
  const std::vector<ReferenceTensor> &tensors = reference->getOutputs();
  for (size_t i = 0; i < storedLayers.size(); ++i)
    for (size_t j = 0; j < tensors.size(); ++j)
      if (!tensors[j].layer.empty() &&
          tensors[j].layer == storedLayers[i].layer &&
          tensors[j].getNumElements() == storedLayers[i].getNumElements()) {
        layers.push_back(tensors[j].layer);
        storedIndices.push_back(i);
        referenceIndices.push_back(j);
        break;
      }
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
  options.reportFile = (evaluation->folder + "/report.json").str();
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
  if (failed(compileModel(options)))
    return nullptr;
  if (!evaluation->readReport(error)) {
    error = modelPath + ": " + error;
    return nullptr;
  }
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
  return GeneratedProgram::build(folder, "net", options, error);
}

//===----------------------------------------------------------------------===//
// Samples
//===----------------------------------------------------------------------===//

NetworkOutputs Evaluation::runReference(llvm::ArrayRef<char> inputs,
                                        int64_t count) const {
  const std::vector<ReferenceTensor> &tensors = reference->getOutputs();
  size_t inputBytes = getInput().getNumBytes();
  NetworkOutputs result;
  result.samples.resize(count);
  result.layers.assign(layers.size(), std::vector<std::vector<double>>(count));
  llvm::parallelFor(0, count, [&](size_t sample) {
    std::vector<std::vector<char>> buffers;
    std::vector<void *> outputs;
    for (const ReferenceTensor &tensor : tensors)
      outputs.push_back(buffers.emplace_back(tensor.getNumBytes()).data());
    reference->run({inputs.data() + sample * inputBytes}, outputs);
    result.samples[sample] = decode(tensors[0], buffers[0].data());
    for (size_t i = 0; i < layers.size(); ++i)
      result.layers[i][sample] = decode(tensors[referenceIndices[i]],
                                        buffers[referenceIndices[i]].data());
  });
  return result;
}

bool Evaluation::runProgram(GeneratedProgram &program,
                            llvm::ArrayRef<char> inputs, int64_t count,
                            NetworkOutputs &outputs, std::string &error) const {
  std::vector<char> outputBytes, layerBytes;
  if (!program.run(inputs, count, outputBytes,
                   withLayers ? &layerBytes : nullptr, error))
    return false;
  int64_t layerStride = 0;
  std::vector<int64_t> offsets;
  for (const StoredTensor &layer : storedLayers) {
    offsets.push_back(layerStride);
    layerStride += layer.bytes;
  }
  int64_t expected = withLayers ? count * layerStride : 0;
  if (int64_t(outputBytes.size()) != count * storedOutput.bytes ||
      int64_t(layerBytes.size()) != expected) {
    error = "expects " + std::to_string(count * storedOutput.bytes) + " and " +
            std::to_string(expected) +
            " bytes from the generated program, but got " +
            std::to_string(outputBytes.size()) + " and " +
            std::to_string(layerBytes.size());
    return false;
  }
  outputs.layers.assign(layers.size(), {});
  for (int64_t sample = 0; sample < count; ++sample) {
    outputs.samples.push_back(
        storedOutput.decode(outputBytes.data() + sample * storedOutput.bytes));
    const char *base = layerBytes.data() + sample * layerStride;
    for (size_t i = 0; i < layers.size(); ++i)
      outputs.layers[i].push_back(storedLayers[storedIndices[i]].decode(
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
