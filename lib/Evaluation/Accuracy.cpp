//===- Accuracy.cpp - accuracy of a network on a data set -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Evaluation/Accuracy.h"
#include "slb/Data/Dataset.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <chrono>

using namespace slb;
using llvm::formatv;

//===----------------------------------------------------------------------===//
// The data set as the network's input
//===----------------------------------------------------------------------===//

/// The network must have been trained for images like these.
static std::string checkPorts(const Evaluation &evaluation,
                              const Dataset &dataset) {
  const NetworkReport &report = evaluation.getReport();
  if (report.inputs.size() != 1 || report.outputs.size() != 1)
    return formatv("expects a network of one input and one output, but got {0} "
                   "and {1}",
                   report.inputs.size(), report.outputs.size());
  const ReferenceTensor &input = evaluation.getInputs().front();
  std::vector<int64_t> shape = {1, dataset.height, dataset.width,
                                dataset.channels};
  if (input.shape != shape)
    return formatv(
        "expects a network for images of {0}x{1}x{2}, as in {3}, but "
        "got an input of {4:$[x]}",
        dataset.height, dataset.width, dataset.channels, dataset.name,
        llvm::make_range(input.shape.begin(), input.shape.end()));
  const PixelMap &map = dataset.pixelMap;
  const TensorReport &stored = report.inputs.front();
  if (input.isFloat)
    return formatv("expects an input of integers, as in {0}, but got floats",
                   dataset.name);
  if (stored.lo <= map.lo && map.hi <= stored.hi && input.scale == map.scale)
    return "";
  return formatv(
      "expects an input of integers from {0} to {1} of scale {2:f6}, "
      "as in {3}, but got {4} to {5} of scale {6:f6}",
      map.lo, map.hi, map.scale, dataset.name, stored.lo, stored.hi,
      input.scale);
}

/// The images as bytes of the reference's input.
static std::vector<char> getInputs(const Dataset &dataset,
                                   const ReferenceTensor &input) {
  std::vector<char> inputs;
  inputs.reserve(dataset.test.pixels.size() * input.elementBytes);
  for (uint8_t pixel : dataset.test.pixels) {
    int32_t integer = pixel - dataset.pixelMap.offset;
    // Little-endian machines alone run the reference.
    auto *bytes = reinterpret_cast<const char *>(&integer);
    inputs.insert(inputs.end(), bytes, bytes + input.elementBytes);
  }
  return inputs;
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

static int64_t getClass(const std::vector<double> &outputs) {
  return std::max_element(outputs.begin(), outputs.end()) - outputs.begin();
}

static void countClasses(AccuracyReport &report, const Dataset &dataset,
                         const NetworkOutputs &reference,
                         const NetworkOutputs &generated) {
  for (int64_t i = 0; i < report.samples; ++i) {
    int64_t a = getClass(reference.samples[i]);
    int64_t b = getClass(generated.samples[i]);
    report.referenceCorrect += a == dataset.test.labels[i];
    report.generatedCorrect += b == dataset.test.labels[i];
    report.classesDiffering += a != b;
  }
}

static LayerDifference
compareLayer(const std::string &name,
             const std::vector<std::vector<double>> &reference,
             const std::vector<std::vector<double>> &generated) {
  LayerDifference layer;
  layer.layer = name;
  layer.difference = compare(reference, generated);
  for (size_t sample = 0; sample < reference.size(); ++sample)
    for (size_t i = 0; i < reference[sample].size(); ++i)
      if (reference[sample][i] != generated[sample][i]) {
        layer.firstSample = sample;
        layer.firstElement = i;
        layer.reference = reference[sample][i];
        layer.generated = generated[sample][i];
        return layer;
      }
  return layer;
}

static double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

std::optional<AccuracyReport>
slb::measureAccuracy(const AccuracyOptions &options, std::string &error) {
  Dataset dataset;
  if (!loadDataset(options.dataset, dataset, error))
    return std::nullopt;
  if (options.limit > 0)
    dataset.test.truncate(options.limit);
  auto evaluation = Evaluation::create(options.model, options.perLayer, error);
  if (!evaluation)
    return std::nullopt;
  error = checkPorts(*evaluation, dataset);
  if (!error.empty()) {
    error = options.model + ": " + error;
    return std::nullopt;
  }
  auto program = evaluation->buildProgram(options.program, error);
  if (!program)
    return std::nullopt;

  AccuracyReport report;
  report.model = options.model;
  report.dataset = dataset.name;
  report.compiler = options.program.compiler;
  report.samples = dataset.test.size();
  report.isExact = evaluation->isExact();
  std::vector<char> inputs =
      getInputs(dataset, evaluation->getInputs().front());
  auto start = std::chrono::steady_clock::now();
  NetworkOutputs reference = evaluation->runReference(inputs, report.samples);
  report.referenceSeconds = secondsSince(start);
  start = std::chrono::steady_clock::now();
  NetworkOutputs generated;
  if (!evaluation->runProgram(*program, inputs, report.samples, generated,
                              error))
    return std::nullopt;
  report.generatedSeconds = secondsSince(start);

  report.difference = compare(reference.samples, generated.samples);
  countClasses(report, dataset, reference, generated);
  for (size_t i = 0; i < evaluation->getLayers().size(); ++i)
    report.layers.push_back(compareLayer(
        evaluation->getLayers()[i], reference.layers[i], generated.layers[i]));
  return report;
}

//===----------------------------------------------------------------------===//
// Text and JSON
//===----------------------------------------------------------------------===//

static double getShare(int64_t part, int64_t whole) {
  return whole == 0 ? 0 : double(part) / double(whole);
}

static std::string getText(const LayerDifference &layer) {
  const Difference &d = layer.difference;
  if (!layer.firstSample)
    return formatv("  {0,-24} equal, {1} values\n", layer.layer, d.outputs);
  return formatv("  {0,-24} {1} of {2} values differ, first in image {3} at "
                 "element {4}: reference {5}, C {6}\n",
                 layer.layer, d.outputsDiffering, d.outputs, *layer.firstSample,
                 *layer.firstElement, layer.reference, layer.generated);
}

bool AccuracyReport::isRight() const {
  return classesDiffering == 0 &&
         (!isExact || difference.outputsDiffering == 0);
}

std::string slb::getText(const AccuracyReport &report) {
  std::string text;
  llvm::raw_string_ostream os(text);
  auto printLine = [&](llvm::StringRef name, int64_t correct, double seconds) {
    os << formatv("{0,-12}{1:f2} % ({2} of {3} images), {4:f2} s\n", name,
                  100 * getShare(correct, report.samples), correct,
                  report.samples, seconds);
  };
  printLine("reference", report.referenceCorrect, report.referenceSeconds);
  printLine("C", report.generatedCorrect, report.generatedSeconds);
  const Difference &d = report.difference;
  os << formatv("{0} of {1} outputs differ", d.outputsDiffering, d.outputs);
  if (d.outputsDiffering > 0)
    os << formatv(" ({0} images, by at most {1:e2} of the largest output; {2} "
                  "classes differ)",
                  d.samplesDiffering, d.largestRelativeError,
                  report.classesDiffering);
  os << '\n';
  for (const LayerDifference &layer : report.layers)
    os << ::getText(layer);
  return text;
}

static llvm::json::Object toJSON(const LayerDifference &layer) {
  llvm::json::Object object{
      {"layer", layer.layer},
      {"values", layer.difference.outputs},
      {"values_differing", layer.difference.outputsDiffering}};
  if (layer.firstSample) {
    object["first_sample"] = *layer.firstSample;
    object["first_element"] = *layer.firstElement;
    object["reference_value"] = layer.reference;
    object["c_value"] = layer.generated;
  }
  return object;
}

std::string slb::getJSON(const AccuracyReport &report) {
  llvm::json::Object object{
      {"model", report.model},
      {"dataset", report.dataset},
      {"compiler", report.compiler},
      {"samples", report.samples},
      {"reference_top1", getShare(report.referenceCorrect, report.samples)},
      {"c_top1", getShare(report.generatedCorrect, report.samples)},
      {"outputs", report.difference.outputs},
      {"outputs_differing", report.difference.outputsDiffering},
      {"samples_differing", report.difference.samplesDiffering},
      {"classes_differing", report.classesDiffering},
      {"largest_relative_error", report.difference.largestRelativeError},
      {"reference_seconds", report.referenceSeconds},
      {"c_seconds", report.generatedSeconds}};
  if (!report.layers.empty()) {
    llvm::json::Array layers;
    for (const LayerDifference &layer : report.layers)
      layers.push_back(toJSON(layer));
    object["layers"] = std::move(layers);
  }
  return formatv("{0:2}\n", llvm::json::Value(std::move(object)));
}
