//===- Report.cpp - training.json, the figures of a run -------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Report.h"

#include <cstdio>
#include <sstream>

using namespace slb;

/// A number stays one; everything else is a string, which needs no escapes but
/// these: names and paths.
static std::string quote(const std::string &value) {
  char *end = nullptr;
  std::strtod(value.c_str(), &end);
  if (!value.empty() && *end == 0)
    return value;
  std::string text = "\"";
  for (char c : value) {
    if (c == '"' || c == '\\')
      text += '\\';
    text += c;
  }
  return text + "\"";
}

static std::string toJson(const TrainingConfig &config,
                          const FinalReport &report) {
  std::ostringstream json;
  json.precision(10);
  json << "{\n  \"config\": {";
  const char *separator = "\n";
  for (auto &[name, value] : config.choices()) {
    json << separator << "    \"" << name << "\": " << quote(value);
    separator = ",\n";
  }
  json << "\n  },\n"
       << "  \"test_accuracy\": " << double(report.correct) / report.samples
       << ",\n  \"test_correct\": " << report.correct
       << ",\n  \"test_samples\": " << report.samples
       << ",\n  \"train_loss\": " << report.trainLoss
       << ",\n  \"steps\": " << report.steps
       << ",\n  \"temperature\": " << report.temperature
       << ",\n  \"searched_weights\": " << report.search.weights
       << ",\n  \"decided\": " << report.search.decided
       << ",\n  \"gap\": " << report.search.gap
       << ",\n  \"step_seconds\": " << report.stepSeconds
       << ",\n  \"peak_bytes\": " << report.peakBytes
       << ",\n  \"seconds\": " << report.seconds << "\n}\n";
  return json.str();
}

bool slb::writeReport(const TrainingConfig &config, const FinalReport &report,
                      const std::string &path, std::string &error) {
  std::string text = toJson(config, report);
  std::string temporary = path + ".tmp";
  std::FILE *file = std::fopen(temporary.c_str(), "w");
  bool written =
      file && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (file)
    written = std::fclose(file) == 0 && written;
  if (written && std::rename(temporary.c_str(), path.c_str()) == 0)
    return true;
  std::remove(temporary.c_str());
  error = "cannot write '" + path + "'";
  return false;
}
