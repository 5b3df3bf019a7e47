//===- Checkpoint.cpp - a training run on disk ----------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Checkpoint.h"

#include <cstdio>
#include <unistd.h>

using namespace slb;
using torch::Tensor;
using torch::serialize::InputArchive;
using torch::serialize::OutputArchive;

static constexpr const char *kFormat = "slb-checkpoint-2";

/// All tensors of a run by name.
static std::vector<std::pair<std::string, Tensor>>
namedTensors(const NetworkState &state, const Sgd &optimizer) {
  std::vector<std::pair<std::string, Tensor>> tensors;
  for (size_t i = 0; i < state.parameters.size(); ++i) {
    const Parameter &parameter = state.parameters[i];
    tensors.emplace_back("parameter/" + parameter.name, parameter.value);
    tensors.emplace_back("velocity/" + parameter.name, optimizer.velocities[i]);
  }
  for (auto &parameter : state.searched) {
    tensors.emplace_back("logits/" + parameter->name,
                         parameter->tensors.logits);
    tensors.emplace_back("velocity/" + parameter->name + ".logits",
                         parameter->tensors.momentum);
  }
  for (auto &[name, tensor] : state.buffers)
    tensors.emplace_back("buffer/" + name, tensor);
  return tensors;
}

// Archives of LibTorch take no slashes or dots in keys.
static std::string keyOf(std::string name) {
  for (char &c : name)
    if (c == '.' || c == '/')
      c = '$';
  return name;
}

bool slb::saveCheckpoint(const std::string &path, const TrainingConfig &config,
                         const NetworkState &state, const Sgd &optimizer,
                         const TrainingPosition &position, std::string &error) {
  std::string temporary = path + ".tmp";
  try {
    OutputArchive archive;
    archive.write("format", c10::IValue(std::string(kFormat)));
    for (auto &[name, value] : config.choices())
      archive.write(keyOf("choice/" + name), c10::IValue(value));
    for (auto &[name, tensor] : namedTensors(state, optimizer))
      archive.write(keyOf(name), tensor.detach().to(torch::kCPU));
    archive.write("epoch", c10::IValue(position.epoch));
    archive.write("step", c10::IValue(position.step));
    archive.write("total_steps", c10::IValue(position.totalSteps));
    archive.write("seen", c10::IValue(position.seen));
    archive.write("last_loss", c10::IValue(position.lastLoss));
    archive.write("loss_sum", position.lossSum.to(torch::kCPU));
    archive.write("correct_count", position.correctCount.to(torch::kCPU));
    archive.save_to(temporary);
  } catch (const std::exception &) {
    std::remove(temporary.c_str());
    error = "cannot write '" + temporary + "'";
    return false;
  }
  if (std::rename(temporary.c_str(), path.c_str()) == 0)
    return true;
  std::remove(temporary.c_str());
  error = "cannot replace '" + path + "'";
  return false;
}

/// The value at `key`, or a message that the file is not a checkpoint.
static c10::IValue readValue(InputArchive &archive, const std::string &key) {
  c10::IValue value;
  if (!archive.try_read(key, value))
    throw std::runtime_error("misses '" + key + "'");
  return value;
}

static bool checkChoices(InputArchive &archive, const TrainingConfig &config,
                         const std::string &path, std::string &error) {
  for (auto &[name, value] : config.choices()) {
    std::string found =
        readValue(archive, keyOf("choice/" + name)).toStringRef();
    if (found == value)
      continue;
    error = "'" + path + "' is the checkpoint of another run: expects --" +
            name + "=" + value + ", but got " + name + "=" + found;
    return false;
  }
  return true;
}

static void readTensors(InputArchive &archive, const NetworkState &state,
                        const Sgd &optimizer) {
  torch::NoGradGuard noGrad;
  for (auto &[name, tensor] : namedTensors(state, optimizer)) {
    Tensor found;
    if (!archive.try_read(keyOf(name), found))
      throw std::runtime_error("misses '" + name + "'");
    if (found.sizes() != tensor.sizes())
      throw std::runtime_error("has another shape for '" + name + "'");
    Tensor(tensor).copy_(found);
  }
  for (auto &parameter : state.searched)
    parameter->setUnknown();
}

bool slb::loadCheckpoint(const std::string &path, const TrainingConfig &config,
                         NetworkState &state, Sgd &optimizer,
                         TrainingPosition &position, std::string &error) {
  if (access(path.c_str(), R_OK) != 0) {
    error = "cannot open the checkpoint '" + path + "'";
    return false;
  }
  try {
    InputArchive archive;
    archive.load_from(path);
    if (readValue(archive, "format").toStringRef() != kFormat)
      throw std::runtime_error("has another format");
    if (!checkChoices(archive, config, path, error))
      return false;
    readTensors(archive, state, optimizer);
    position.epoch = readValue(archive, "epoch").toInt();
    position.step = readValue(archive, "step").toInt();
    position.totalSteps = readValue(archive, "total_steps").toInt();
    position.seen = readValue(archive, "seen").toInt();
    position.lastLoss = readValue(archive, "last_loss").toDouble();
    archive.read("loss_sum", position.lossSum);
    archive.read("correct_count", position.correctCount);
    position.lossSum = position.lossSum.to(state.device);
    position.correctCount = position.correctCount.to(state.device);
    return true;
  } catch (const c10::Error &) {
    error = "'" + path + "' is no checkpoint of slb-train, or truncated";
  } catch (const std::exception &exception) {
    error = "'" + path + "' is no whole checkpoint of slb-train: it " +
            exception.what();
  }
  return false;
}
