//===- Checkpoint.cpp - a training run on disk ----------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Checkpoint.h"
#include "slb/Support/Digest.h"

#include <cstdio>
#include <cstring>
#include <unistd.h>

using namespace slb;
using torch::Tensor;
using torch::serialize::InputArchive;
using torch::serialize::OutputArchive;

static constexpr const char *kFormat = "slb-checkpoint-3";

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

std::string slb::findNonFinite(const NetworkState &state,
                               const Sgd &optimizer) {
  torch::NoGradGuard noGrad;
  for (auto &[name, tensor] : namedTensors(state, optimizer))
    if (tensor.is_floating_point() && !tensor.isfinite().all().item<bool>())
      return name;
  return "";
}

//===----------------------------------------------------------------------===//
// The file
//===----------------------------------------------------------------------===//

// An archive of LibTorch, which by itself takes damaged numbers for good ones,
// then this mark and the digest of the archive.
static constexpr char kMark[8] = {'s', 'l', 'b', '-', 'c', 'k', 'p', 't'};
static constexpr size_t kTrailer = sizeof kMark + sizeof(uint64_t);

namespace {
struct CloseFile {
  void operator()(std::FILE *file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;
} // namespace

/// Writes the archive and what follows it, down to the disk: a machine that
/// stops right after the renaming leaves a whole file too.
static bool writeFile(OutputArchive &archive, const std::string &path) {
  File file(std::fopen(path.c_str(), "wb"));
  if (!file)
    return false;
  Digest digest;
  archive.save_to([&](const void *data, size_t size) {
    digest.add(data, size);
    return std::fwrite(data, 1, size, file.get());
  });
  uint64_t number = digest.get();
  return std::fwrite(kMark, sizeof kMark, 1, file.get()) == 1 &&
         std::fwrite(&number, sizeof number, 1, file.get()) == 1 &&
         std::fflush(file.get()) == 0 && fsync(fileno(file.get())) == 0;
}

/// The size of the archive in the file; throws if it is damaged.
static size_t checkFile(std::FILE *file) {
  std::fseek(file, 0, SEEK_END);
  long size = std::ftell(file);
  char mark[sizeof kMark];
  uint64_t expected = 0;
  if (size < long(kTrailer) || std::fseek(file, size - kTrailer, SEEK_SET) ||
      std::fread(mark, sizeof mark, 1, file) != 1 ||
      std::fread(&expected, sizeof expected, 1, file) != 1 ||
      std::memcmp(mark, kMark, sizeof mark) != 0)
    throw std::runtime_error("has no end");
  Digest digest;
  std::vector<char> bytes(1 << 20);
  std::rewind(file);
  for (size_t left = size - kTrailer; left > 0;) {
    size_t count = std::min(left, bytes.size());
    if (std::fread(bytes.data(), 1, count, file) != count)
      throw std::runtime_error("has no end");
    digest.add(bytes.data(), count);
    left -= count;
  }
  if (digest.get() != expected)
    throw std::runtime_error("is damaged: expects the digest " +
                             formatDigest(expected) + ", but got " +
                             formatDigest(digest.get()));
  return size - kTrailer;
}

static void readFile(const std::string &path, InputArchive &archive) {
  File file(std::fopen(path.c_str(), "rb"));
  if (!file)
    throw std::runtime_error("cannot be opened");
  size_t size = checkFile(file.get());
  auto read = [&](uint64_t position, void *buffer, size_t count) {
    return std::fseek(file.get(), position, SEEK_SET) == 0
               ? std::fread(buffer, 1, count, file.get())
               : 0;
  };
  archive.load_from(read, [=] { return size; });
}

//===----------------------------------------------------------------------===//
// Saving
//===----------------------------------------------------------------------===//

static void write(OutputArchive &archive, const RunIdentity &run,
                  const NetworkState &state, const Sgd &optimizer,
                  const TrainingPosition &position) {
  archive.write("format", c10::IValue(std::string(kFormat)));
  for (const Choice &choice : run.choices)
    archive.write(keyOf("choice/" + choice.option),
                  c10::IValue(choice.getText()));
  archive.write("data_digest", c10::IValue(formatDigest(run.dataDigest)));
  archive.write("machine", c10::IValue(run.machine));
  for (auto &[name, tensor] : namedTensors(state, optimizer))
    archive.write(keyOf(name), tensor.detach().to(torch::kCPU));
  archive.write("epoch", c10::IValue(position.epoch));
  archive.write("step", c10::IValue(position.step));
  archive.write("total_steps", c10::IValue(position.totalSteps));
  archive.write("seen", c10::IValue(position.seen));
  archive.write("last_loss", c10::IValue(position.lastLoss));
  archive.write("loss_sum", position.lossSum.to(torch::kCPU));
  archive.write("correct_count", position.correctCount.to(torch::kCPU));
}

bool slb::saveCheckpoint(const std::string &path, const RunIdentity &run,
                         const NetworkState &state, const Sgd &optimizer,
                         const TrainingPosition &position, std::string &error) {
  std::string temporary = path + ".tmp";
  bool isWritten = false;
  try {
    OutputArchive archive;
    write(archive, run, state, optimizer, position);
    isWritten = writeFile(archive, temporary);
  } catch (const std::exception &) {
  }
  if (isWritten && std::rename(temporary.c_str(), path.c_str()) == 0)
    return true;
  std::remove(temporary.c_str());
  error = isWritten ? "cannot replace '" + path + "'"
                    : "cannot write '" + temporary + "'";
  return false;
}

//===----------------------------------------------------------------------===//
// Loading
//===----------------------------------------------------------------------===//

/// The value at `key`, or a message that the file is not a checkpoint.
static c10::IValue readValue(InputArchive &archive, const std::string &key) {
  c10::IValue value;
  if (!archive.try_read(key, value))
    throw std::runtime_error("misses '" + key + "'");
  return value;
}

/// False, and what differs, for the checkpoint of another run.
static bool checkRun(InputArchive &archive, const RunIdentity &run,
                     std::string &difference) {
  for (const Choice &choice : run.choices) {
    std::string expected = choice.getText();
    std::string found =
        readValue(archive, keyOf("choice/" + choice.option)).toStringRef();
    if (found == expected)
      continue;
    difference = "expects --" + choice.option + "=" + expected + ", but got " +
                 choice.option + "=" + found;
    return false;
  }
  std::string expected = formatDigest(run.dataDigest);
  std::string found = readValue(archive, "data_digest").toStringRef();
  difference = "expects the images of --dataset, whose digest is " + expected +
               ", but got those of " + found;
  return found == expected;
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

static void readPosition(InputArchive &archive, torch::Device device,
                         TrainingPosition &position) {
  position.epoch = readValue(archive, "epoch").toInt();
  position.step = readValue(archive, "step").toInt();
  position.totalSteps = readValue(archive, "total_steps").toInt();
  position.seen = readValue(archive, "seen").toInt();
  position.lastLoss = readValue(archive, "last_loss").toDouble();
  archive.read("loss_sum", position.lossSum);
  archive.read("correct_count", position.correctCount);
  position.lossSum = position.lossSum.to(device);
  position.correctCount = position.correctCount.to(device);
}

bool slb::loadCheckpoint(const std::string &path, const RunIdentity &run,
                         NetworkState &state, Sgd &optimizer,
                         TrainingPosition &position, std::string &machine,
                         std::string &error) {
  if (access(path.c_str(), R_OK) != 0) {
    error = "cannot open the checkpoint '" + path + "'";
    return false;
  }
  std::string problem;
  try {
    InputArchive archive;
    readFile(path, archive);
    if (readValue(archive, "format").toStringRef() != kFormat)
      throw std::runtime_error("has another format");
    std::string difference;
    if (!checkRun(archive, run, difference)) {
      error = "'" + path + "' is the checkpoint of another run: " + difference;
      return false;
    }
    readTensors(archive, state, optimizer);
    readPosition(archive, state.device, position);
    machine = readValue(archive, "machine").toStringRef();
    return true;
  } catch (const c10::Error &) {
    problem = "is no archive of LibTorch";
  } catch (const std::exception &exception) {
    problem = exception.what();
  }
  error = "'" + path + "' is no whole checkpoint of slb-train: it " + problem;
  return false;
}
