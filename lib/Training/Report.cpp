//===- Report.cpp - training.json, the figures of a run -------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Report.h"
#include "slb/Support/Digest.h"

#include "llvm/Support/JSON.h"
#include <cstdio>

using namespace slb;

static void writeChoices(llvm::json::OStream &json,
                         const TrainingConfig &config) {
  for (const Choice &choice : config.choices()) {
    json.attributeBegin(choice.option);
    // Numbers as they were given: 0.05, not the double that is next to it.
    if (auto *text = std::get_if<std::string>(&choice.value))
      json.value(*text);
    else
      json.rawValue(choice.getText());
    json.attributeEnd();
  }
}

static std::string toJson(const TrainingConfig &config, uint64_t dataDigest,
                          const FinalReport &report) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream json(stream, /*IndentSize=*/2);
  json.object([&] {
    json.attributeObject("config", [&] { writeChoices(json, config); });
    json.attribute("data_digest", formatDigest(dataDigest));
    json.attribute("test_accuracy", double(report.correct) / report.samples);
    json.attribute("test_correct", report.correct);
    json.attribute("test_samples", report.samples);
    json.attribute("train_loss", report.trainLoss);
    json.attribute("steps", report.steps);
    json.attribute("temperature", report.temperature);
    json.attribute("searched_weights", report.search.weights);
    json.attribute("decided", report.search.decided);
    json.attribute("gap", report.search.gap);
    json.attribute("step_seconds", report.stepSeconds);
    json.attribute("peak_bytes", report.peakBytes);
    json.attribute("seconds", report.seconds);
  });
  return text + "\n";
}

bool slb::writeReport(const TrainingConfig &config, uint64_t dataDigest,
                      const FinalReport &report, const std::string &path,
                      std::string &error) {
  std::string text = toJson(config, dataDigest, report);
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
