//===- FuzzCheckpoint.cpp - checkpoints of slb-train ----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// An input whose first byte is even is a whole file; else its bytes change
// those of a good checkpoint, four for a place and what is added there. A file
// that differs from the good one is never accepted.

#include "Folder.h"
#include "lib/Training/Checkpoint.h"
#include "lib/Training/Networks/Networks.h"

using namespace slb;

namespace {
/// A small network and its optimizer, to read checkpoints into.
struct Run {
  Run();
  bool load(std::string &error) {
    std::string machine;
    return loadCheckpoint(path, identity, network.state, *optimizer, position,
                          machine, error);
  }

  std::string path = getFolder() + "/checkpoint.pt";
  RunIdentity identity;
  Network network;
  std::unique_ptr<Sgd> optimizer;
  TrainingPosition position;
  std::string good; ///< What slb-train writes.
};
} // namespace

Run::Run() {
  TrainingConfig config = *defaultsFor("digits-cnn");
  NetworkBuilder builder(network,
                         {config.weightBits, config.activationBits, {}});
  Value input = builder.input(1, 8, 8);
  findNetwork("digits-cnn")(builder, input, 10);
  optimizer = std::make_unique<Sgd>(network.state, config.momentum, SgdGroup(),
                                    SgdGroup());
  position.lossSum = torch::zeros({}, torch::kDouble);
  position.correctCount = torch::zeros({}, torch::kLong);
  identity.choices = config.choices();
  std::string error;
  if (!saveCheckpoint(path, identity, network.state, *optimizer, position,
                      error) ||
      !load(error))
    abandon(error);
  std::ifstream file(path, std::ios::binary);
  good.assign(std::istreambuf_iterator<char>(file), {});
}

/// The good file with what `data` says added to its bytes.
static std::string change(std::string bytes, const uint8_t *data, size_t size) {
  for (; size >= 4; data += 4, size -= 4)
    bytes[(size_t(data[0]) << 16 | data[1] << 8 | data[2]) % bytes.size()] +=
        data[3];
  return bytes;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static Run run;
  if (size == 0)
    return 0;
  std::string bytes = data[0] % 2 == 0 ? std::string(data + 1, data + size)
                                       : change(run.good, data + 1, size - 1);
  writeFile("checkpoint.pt", reinterpret_cast<const uint8_t *>(bytes.data()),
            bytes.size());
  std::string error;
  bool succeeds = run.load(error);
  if (succeeds != error.empty() || error.find('\n') != std::string::npos)
    abandon("expects success or one line, but got '" + error + "'");
  if (succeeds != (bytes == run.good))
    abandon(succeeds ? "a changed file is accepted" : error);
  return 0;
}
