//===- FuzzCheckpoint.cpp - checkpoints of slb-train ----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// A checkpoint is an archive of LibTorch's with a digest, which changed bytes
// rarely come further than. An input whose first byte is even replaces a whole
// file; else it replaces the record that describes all others, in a file that
// is right besides.

#include "Folder.h"
#include "lib/Training/Checkpoint.h"
#include "lib/Training/Networks/Networks.h"
#include "slb/Support/Digest.h"
#include <caffe2/serialize/inline_container.h>

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
  TrainingConfig config = *defaultsFor("digits-cnn");
  RunIdentity identity = {config.choices(), 1, "fuzzer"};
  Network network;
  std::unique_ptr<Sgd> optimizer;
  TrainingPosition position;
  /// The records of a checkpoint that slb-train writes.
  std::vector<std::pair<std::string, std::string>> records;
};
} // namespace

Run::Run() {
  NetworkBuilder builder(network,
                         {config.weightBits, config.activationBits, {}});
  Value input = builder.input(1, 8, 8);
  findNetwork(config.network)(builder, input, 10);
  optimizer = std::make_unique<Sgd>(network.state, config.momentum, SgdGroup(),
                                    SgdGroup());
  position.lossSum = torch::zeros({}, torch::kDouble);
  position.correctCount = torch::zeros({}, torch::kLong);
  std::string error;
  if (!saveCheckpoint(path, identity, network.state, *optimizer, position,
                      error))
    abandon(error);
  caffe2::serialize::PyTorchStreamReader reader(path);
  for (const std::string &name : reader.getAllRecords()) {
    auto [bytes, size] = reader.getRecord(name);
    records.emplace_back(name,
                         std::string(static_cast<char *>(bytes.get()), size));
  }
  if (!load(error))
    abandon(error);
}

/// Writes the archive with another record in the place of data.pkl.
static void writeArchive(const Run &run, const uint8_t *data, size_t size) {
  std::string file;
  caffe2::serialize::PyTorchStreamWriter writer(
      [&](const void *bytes, size_t count) {
        file.append(static_cast<const char *>(bytes), count);
        return count;
      });
  for (auto &[name, content] : run.records) {
    if (name == "data.pkl")
      writer.writeRecord(name, data, size);
    else if (name != "version" && name.rfind(".data/", 0) != 0)
      writer.writeRecord(name, content.data(), content.size());
  }
  writer.writeEndOfFile();
  Digest digest;
  digest.add(file.data(), file.size());
  uint64_t number = digest.get();
  file += "slb-ckpt";
  file.append(reinterpret_cast<const char *>(&number), sizeof number);
  writeFile("checkpoint.pt", reinterpret_cast<const uint8_t *>(file.data()),
            file.size());
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static Run run;
  if (size == 0)
    return 0;
  if (data[0] % 2 == 0)
    writeFile("checkpoint.pt", data + 1, size - 1);
  else
    writeArchive(run, data + 1, size - 1);
  std::string error;
  bool succeeds = run.load(error);
  if (succeeds != error.empty() || error.find('\n') != std::string::npos)
    abandon("expects success or one line, but got '" + error + "'");
  return 0;
}
