//===- CheckpointTest.cpp - checkpoints, whole and damaged ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Training/Checkpoint.h"
#include "slb/Support/Digest.h"

#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

using namespace slb;
using torch::Tensor;

namespace {

/// A float parameter and searched weights with their optimizer.
struct SmallRun {
  explicit SmallRun(int64_t seed) {
    torch::manual_seed(seed);
    state.addParameter("fc.weight", ParameterKind::Weight,
                       torch::randn({7, 30}));
    state.addBuffer("norm.mean", torch::randn({7}));
    state.searched.push_back(std::make_shared<SearchedParameter>(
        "conv", std::vector<double>{-1, -1.0 / 3, 1.0 / 3, 1},
        torch::randn({4, 5, 3, 3, 2})));
    state.searched[0]->tensors.momentum.normal_();
    optimizer = std::make_unique<Sgd>(state, 0.9, SgdGroup(), SgdGroup());
    optimizer->velocities[0].normal_();
    position.lossSum = torch::rand({}, torch::kDouble);
    position.correctCount = torch::tensor(seed);
    position.step = seed;
  }

  std::vector<Tensor> getTensors() const {
    return {state.parameters[0].value.detach(),
            state.buffers[0].second,
            state.searched[0]->tensors.logits,
            state.searched[0]->tensors.momentum,
            optimizer->velocities[0],
            position.lossSum,
            position.correctCount};
  }
  bool save(std::string &error) const {
    return saveCheckpoint(path, identity, state, *optimizer, position, error);
  }
  bool load(std::string &error) {
    std::string machine;
    bool isLoaded = loadCheckpoint(path, identity, state, *optimizer, position,
                                   machine, error);
    EXPECT_EQ(machine, isLoaded ? "a machine" : "");
    return isLoaded;
  }

  std::string path = testing::TempDir() + "slb-checkpoint.pt";
  RunIdentity identity = {
      {{"seed", int64_t(1)}, {"learning-rate", 0.1}, {"network", "resnet8"}},
      1234567,
      "a machine"};
  NetworkState state;
  std::unique_ptr<Sgd> optimizer;
  TrainingPosition position;
};

std::string readAll(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void writeAll(const std::string &path, const std::string &content) {
  std::ofstream(path, std::ios::binary) << content;
}

void expectError(const std::string &error, const std::string &part) {
  EXPECT_NE(error.find(part), std::string::npos) << error;
}

TEST(Checkpoint, ComesBackBitForBit) {
  SmallRun saved(1), loaded(2);
  std::string error;
  ASSERT_TRUE(saved.save(error)) << error;
  ASSERT_TRUE(loaded.load(error)) << error;
  std::vector<Tensor> expected = saved.getTensors();
  std::vector<Tensor> found = loaded.getTensors();
  for (size_t i = 0; i < expected.size(); ++i)
    EXPECT_TRUE(found[i].equal(expected[i])) << i;
  EXPECT_EQ(loaded.position.step, 1);
}

TEST(Checkpoint, OfAnotherRunIsRefused) {
  SmallRun run(1);
  std::string error;
  ASSERT_TRUE(run.save(error)) << error;
  run.identity.choices[1].value = std::nextafter(0.1, 1);
  EXPECT_FALSE(run.load(error));
  expectError(error, "is the checkpoint of another run: expects "
                     "--learning-rate=0.10000000000000002, but got "
                     "learning-rate=0.1");
  run.identity.choices[1].value = 0.1;
  run.identity.dataDigest = 1;
  EXPECT_FALSE(run.load(error));
  expectError(error, "expects the images of --dataset, whose digest is "
                     "0000000000000001, but got those of 000000000012d687");
}

/// Bytes that differ, end too early, or are too many.
static std::string damage(std::string content, std::mt19937 &random) {
  size_t place = random() % content.size();
  switch (random() % 4) {
  case 0:
    return content.substr(0, place);
  case 1:
    content[place] = char(content[place] ^ 1 << random() % 8);
    return content;
  case 2:
    return content.insert(place, 1 + random() % 40, char(random()));
  default:
    return content.erase(place, 1 + random() % 40);
  }
}

TEST(Checkpoint, DamageIsRefusedInOneLine) {
  SmallRun run(1);
  std::string error;
  ASSERT_TRUE(run.save(error)) << error;
  const std::string whole = readAll(run.path);
  std::vector<Tensor> before;
  for (const Tensor &tensor : run.getTensors())
    before.push_back(tensor.clone());
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    writeAll(run.path, damage(whole, random));
    error.clear();
    ASSERT_FALSE(run.load(error)) << i;
    expectError(error, "slb-checkpoint.pt' is no whole checkpoint of "
                       "slb-train: it ");
    ASSERT_EQ(error.find('\n'), std::string::npos) << error;
  }
  std::vector<Tensor> after = run.getTensors();
  for (size_t i = 0; i < before.size(); ++i)
    EXPECT_TRUE(after[i].equal(before[i])) << i;
}

/// Adds what ends a file to an archive.
static void seal(const std::string &path, std::string archive) {
  Digest digest;
  digest.add(archive.data(), archive.size());
  uint64_t number = digest.get();
  archive += "slb-ckpt";
  archive.append(reinterpret_cast<const char *>(&number), sizeof number);
  writeAll(path, archive);
}

TEST(Checkpoint, OfAnotherProgramIsRefused) {
  SmallRun run(1);
  std::string error;
  seal(run.path, "these bytes are whole");
  EXPECT_FALSE(run.load(error));
  expectError(error, "is no archive of LibTorch");
  torch::serialize::OutputArchive archive;
  archive.write("format", c10::IValue(std::string("slb-checkpoint-2")));
  std::ostringstream stream;
  archive.save_to(stream);
  seal(run.path, stream.str());
  EXPECT_FALSE(run.load(error));
  expectError(error, "it has another format");
}

TEST(Checkpoint, OfAnotherNetworkIsRefused) {
  SmallRun run(1);
  std::string error;
  ASSERT_TRUE(run.save(error)) << error;
  run.identity.choices.push_back({"epochs", int64_t(1)});
  EXPECT_FALSE(run.load(error));
  expectError(error, "it misses 'choice$epochs'");
  run.identity.choices.pop_back();
  run.state.addBuffer("norm.variance", torch::ones({7}));
  EXPECT_FALSE(run.load(error));
  expectError(error, "it misses 'buffer/norm.variance'");
  run.state.buffers.pop_back();
  run.state.buffers[0].second = torch::zeros({8});
  EXPECT_FALSE(run.load(error));
  expectError(error, "it has another shape for 'buffer/norm.mean'");
}

TEST(Checkpoint, SaysWhatCannotBeWritten) {
  SmallRun run(1);
  std::string error;
  run.path = testing::TempDir() + "slb-no-such-folder/checkpoint.pt";
  EXPECT_FALSE(run.save(error));
  EXPECT_EQ(error, "cannot write '" + run.path + ".tmp'");
  // A folder, which no file replaces.
  run.path = testing::TempDir() + "slb-checkpoint-folder";
  mkdir(run.path.c_str(), 0777);
  EXPECT_FALSE(run.save(error));
  EXPECT_EQ(error, "cannot replace '" + run.path + "'");
  EXPECT_NE(access((run.path + ".tmp").c_str(), F_OK), 0);
}

TEST(Checkpoint, NamesWhatIsNotFinite) {
  SmallRun run(1);
  EXPECT_EQ(findNonFinite(run.state, *run.optimizer), "");
  run.optimizer->velocities[0][3][4] = INFINITY;
  EXPECT_EQ(findNonFinite(run.state, *run.optimizer), "velocity/fc.weight");
  run.state.parameters[0].value.detach()[0][0] = NAN;
  EXPECT_EQ(findNonFinite(run.state, *run.optimizer), "parameter/fc.weight");
}

} // namespace
