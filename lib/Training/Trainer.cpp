//===- Trainer.cpp - trains a network and writes its model ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Training/Trainer.h"
#include "Batches.h"
#include "Checkpoint.h"
#include "Device.h"
#include "ExportModel.h"
#include "Loss.h"
#include "Networks/Networks.h"
#include "Optimizer.h"
#include "Progress.h"
#include "Report.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace slb;
using torch::Tensor;

/// Images in a batch that needs no gradients.
static constexpr int64_t kEvaluationBatch = 512;
/// Steps between two looks at the losses of a GPU, which waits for each look.
static constexpr int64_t kDeviceSteps = 50;
/// A larger mean |expected - argmax| is worth a warning: argmax throws it away.
static constexpr double kLargeGap = 0.05;

static const char *const kWhatToTry =
    "; try a lower --learning-rate or --logits-learning-rate, or "
    "--clip-gradient-norm";

static volatile std::sig_atomic_t interrupted = 0;

static void catchSignals() {
  struct sigaction action = {};
  action.sa_handler = [](int) { interrupted = 1; };
  // A second signal ends the program at once.
  action.sa_flags = SA_RESETHAND;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

static void warn(const std::string &message) {
  std::fflush(stdout);
  std::fprintf(stderr, "slb-train: warning: %s\n", message.c_str());
}

namespace {

/// One run: the parts that compose a training, and the loop over them.
class Trainer {
public:
  Trainer(const TrainingConfig &config, const RunIdentity &run,
          const Dataset &dataset, Network &network);

  bool resume(std::string &error);
  TrainingOutcome run(std::string &error);

private:
  std::string path(const char *file) const {
    return config.output + "/" + file;
  }
  bool reachedLimit() const {
    return config.maxSteps > 0 && position.totalSteps >= config.maxSteps;
  }
  int64_t stepsToDo() const;
  ForwardMode modeOf(int64_t epoch) const;
  void warnIfUndecided(double temperature) const;
  bool trainEpoch(Progress &progress, std::string &error);
  Tensor addGradients(const Batch &part, double share, const ForwardMode &mode);
  bool checkLosses(std::string &error);
  bool checkState(std::string &error) const;
  void trainStep(const ForwardMode &mode);
  bool evaluate(const ForwardMode &mode, int64_t &correct) const;
  bool finishEpoch(Progress &progress);
  void beginEpoch(int64_t epoch);
  bool recalibrate();
  bool finish(Progress &progress, std::string &error);
  TrainingOutcome stop(Progress &progress, std::string &error);
  bool save(std::string &error) const {
    return checkState(error) &&
           saveCheckpoint(path("checkpoint.pt"), identity, network.state,
                          optimizer, position, error);
  }

  const TrainingConfig &config;
  const RunIdentity &identity;
  const Dataset &dataset;
  Network &network;
  TrainingBatches batches;
  Sgd optimizer;
  SearchedSgd searchedOptimizer;
  Loss loss;
  TemperatureSchedule temperature;
  CosineSchedule learningRate;
  TrainingPosition position;
  std::vector<Tensor> newLosses;   ///< Of steps that nobody has looked at.
  std::vector<double> stepSeconds; ///< Of this process.
};

} // namespace

Trainer::Trainer(const TrainingConfig &config, const RunIdentity &run,
                 const Dataset &dataset, Network &network)
    : config(config), identity(run), dataset(dataset), network(network),
      batches(dataset, findAugmentation(dataset), config.batchSize, config.seed,
              network.state.device),
      optimizer(network.state, config.momentum,
                {config.learningRate, config.weightDecay},
                {config.learningRate, 0}),
      searchedOptimizer(network.state, config.momentum,
                        config.getLogitsLearningRate(),
                        /*isGradientWhole=*/config.accumulate == 1),
      loss(crossEntropy(config.labelSmoothing)),
      temperature(config.getTemperatureSchedule()) {
  learningRate.steps = config.epochs * batches.stepsPerEpoch();
  beginEpoch(1);
}

bool Trainer::resume(std::string &error) {
  std::string machine;
  if (!loadCheckpoint(path("checkpoint.pt"), identity, network.state, optimizer,
                      position, machine, error))
    return false;
  if (machine != identity.machine)
    warn("the run goes on with " + identity.machine + " after " + machine +
         ": where sums have another order their last bits differ");
  return true;
}

void Trainer::beginEpoch(int64_t epoch) {
  auto options = torch::TensorOptions().device(network.state.device);
  position.epoch = epoch;
  position.step = 0;
  position.seen = 0;
  position.lossSum = torch::zeros({}, options.dtype(torch::kDouble));
  position.correctCount = torch::zeros({}, options.dtype(torch::kLong));
}

int64_t Trainer::stepsToDo() const {
  int64_t all = config.epochs * batches.stepsPerEpoch();
  if (config.maxSteps > 0)
    all = std::min(all, config.maxSteps);
  return std::max<int64_t>(0, all - position.totalSteps);
}

ForwardMode Trainer::modeOf(int64_t epoch) const {
  ForwardMode mode;
  mode.discrete = temperature.isDiscrete(epoch);
  mode.temperature = float(temperature.temperature(epoch));
  return mode;
}

void Trainer::warnIfUndecided(double temperatureNow) const {
  SearchProgress search = network.searchProgress(float(temperatureNow));
  if (search.weights == 0)
    return;
  if (position.totalSteps == 0)
    warn("argmax starts in the first epoch, so the weights are not searched; "
         "train more epochs or raise --t-end-time");
  if (position.totalSteps == 0 || search.gap < kLargeGap)
    return;
  char text[160];
  std::snprintf(text, sizeof text,
                "argmax starts while the weights are not decided: mean |weight "
                "- argmax| is %.3f at T = %.1f; train more epochs or raise "
                "--t-factor",
                search.gap, temperatureNow);
  warn(text);
}

/// Forward and backward of a part of a batch, `share` of its images. Returns
/// the part's loss.
Tensor Trainer::addGradients(const Batch &part, double share,
                             const ForwardMode &mode) {
  Tensor output = network.forward(part.images, mode);
  Tensor partLoss = loss(output, part.labels);
  (share == 1 ? partLoss : partLoss * share).backward();

  torch::NoGradGuard noGrad;
  int64_t count = part.labels.size(0);
  position.lossSum.add_(partLoss.detach(), double(count));
  position.correctCount.add_(output.argmax(1).eq(part.labels).sum());
  position.seen += count;
  return partLoss.detach();
}

/// False if the loss of a step since the last look is not finite.
bool Trainer::checkLosses(std::string &error) {
  if (newLosses.empty())
    return true;
  Tensor losses = torch::stack(newLosses).to(torch::kCPU, torch::kDouble);
  int64_t first = position.step - losses.numel() + 1;
  newLosses.clear();
  for (int64_t i = 0; i < losses.numel(); ++i) {
    double value = losses[i].item<double>();
    if (std::isfinite(value))
      continue;
    error = "the training diverged: the loss of epoch " +
            std::to_string(position.epoch) + ", step " +
            std::to_string(first + i) + " is " +
            (std::isnan(value) ? "nan" : "infinite") + kWhatToTry;
    return false;
  }
  return true;
}

/// False if the last step left a number that is not finite. Nothing of it may
/// replace a checkpoint, or become a model.
bool Trainer::checkState(std::string &error) const {
  std::string name = findNonFinite(network.state, optimizer);
  if (!name.empty())
    error = "the training diverged: after step " +
            std::to_string(position.totalSteps) + " '" + name +
            "' is not finite" + kWhatToTry;
  return name.empty();
}

void Trainer::trainStep(const ForwardMode &mode) {
  auto start = std::chrono::steady_clock::now();
  Batch batch = batches.get(position.epoch, position.step);
  int64_t count = batch.labels.size(0);
  Tensor stepLoss;
  // Gradients of the parts add up in autograd: dL/dw, not those of the logits.
  for (int64_t part = 0; part < config.accumulate; ++part) {
    int64_t begin = count * part / config.accumulate;
    int64_t end = count * (part + 1) / config.accumulate;
    if (begin == end)
      continue;
    Tensor partLoss = addGradients(
        {batch.images.slice(0, begin, end), batch.labels.slice(0, begin, end)},
        double(end - begin) / double(count), mode);
    stepLoss = stepLoss.defined() ? stepLoss + partLoss : partLoss;
  }
  newLosses.push_back(stepLoss);
  SgdStep step;
  step.rateScale = learningRate.scale(position.totalSteps);
  step.temperature = mode.temperature;
  if (config.clipGradientNorm > 0)
    step.gradScale = getClipScale(network.state, config.clipGradientNorm);
  optimizer.step(step);
  searchedOptimizer.step(step);
  ++position.step;
  ++position.totalSteps;
  std::chrono::duration<double> duration =
      std::chrono::steady_clock::now() - start;
  stepSeconds.push_back(duration.count());
}

/// False if the training diverges.
bool Trainer::trainEpoch(Progress &progress, std::string &error) {
  ForwardMode mode = modeOf(position.epoch);
  mode.training = true;
  int64_t steps = batches.stepsPerEpoch();
  int64_t checkSteps = network.state.device.is_cpu() ? 1 : kDeviceSteps;
  if (mode.discrete && position.step == 0 &&
      (position.epoch == 1 || !temperature.isDiscrete(position.epoch - 1)))
    warnIfUndecided(mode.temperature);
  while (position.step < steps && !reachedLimit() && !interrupted) {
    trainStep(mode);
    progress.step(position.epoch, config.epochs, position.step, steps);
    if (position.step % checkSteps == 0 && !checkLosses(error))
      return false;
  }
  return checkLosses(error);
}

/// Counts the correct test images; false if a signal came.
bool Trainer::evaluate(const ForwardMode &mode, int64_t &correct) const {
  torch::NoGradGuard noGrad;
  correct = 0;
  for (int64_t at = 0; at < dataset.test.size(); at += kEvaluationBatch) {
    if (interrupted)
      return false;
    int64_t count = std::min(kEvaluationBatch, dataset.test.size() - at);
    Batch batch =
        plainBatch(dataset, dataset.test, at, count, network.state.device);
    Tensor output = network.forward(batch.images, mode);
    correct += output.argmax(1).eq(batch.labels).sum().item<int64_t>();
  }
  return true;
}

/// Reports the epoch; false if a signal came first.
bool Trainer::finishEpoch(Progress &progress) {
  ForwardMode mode = modeOf(position.epoch);
  int64_t correct = 0;
  if (!evaluate(mode, correct))
    return false;
  EpochReport report;
  report.epoch = position.epoch;
  report.epochs = config.epochs;
  report.loss = position.lastLoss =
      position.lossSum.item<double>() / position.seen;
  report.trainAccuracy =
      position.correctCount.item<double>() / double(position.seen);
  report.testAccuracy = double(correct) / double(dataset.test.size());
  report.temperature = mode.temperature;
  report.discrete = mode.discrete;
  report.search = network.searchProgress(mode.temperature);
  progress.epoch(report);
  return true;
}

/// Replaces the discrete statistics of batch norm by those of the argmax
/// weights over the training images without augmentation: over as many images
/// as training saw at most. False if a signal came.
bool Trainer::recalibrate() {
  torch::NoGradGuard noGrad;
  ForwardMode mode;
  mode.training = mode.discrete = true;
  int64_t images =
      std::min(dataset.train.size(),
               std::max<int64_t>(position.totalSteps, 1) * config.batchSize);
  int64_t parts = (images + kEvaluationBatch - 1) / kEvaluationBatch;
  for (int64_t part = 0; part < parts; ++part) {
    if (interrupted)
      return false;
    int64_t begin = images * part / parts;
    int64_t end = images * (part + 1) / parts;
    mode.statisticsMomentum = 1.0 / double(part + 1);
    Batch batch = plainBatch(dataset, dataset.train, begin, end - begin,
                             network.state.device);
    network.forward(batch.images, mode);
  }
  return true;
}

static double getMedian(std::vector<double> numbers) {
  if (numbers.empty())
    return 0;
  auto middle = numbers.begin() + numbers.size() / 2;
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

/// The most memory that this process has held so far.
static int64_t getPeakBytes() {
  struct rusage usage;
  return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss * 1024 : 0;
}

/// Everything after the last step; false with an empty error if a signal came.
bool Trainer::finish(Progress &progress, std::string &error) {
  int64_t lastEpoch = std::min(position.epoch, config.epochs);
  ForwardMode mode = modeOf(lastEpoch);
  FinalReport report;
  report.stepSeconds = getMedian(stepSeconds);
  report.peakBytes = getPeakBytes();
  report.search = network.searchProgress(mode.temperature);
  if (!mode.discrete)
    warnIfUndecided(mode.temperature);
  mode.discrete = true;
  if (!recalibrate() || !checkState(error) || !evaluate(mode, report.correct))
    return false;
  report.samples = dataset.test.size();
  report.steps = position.totalSteps;
  report.trainLoss = position.lastLoss;
  report.temperature = mode.temperature;
  report.seconds = progress.seconds();
  // The model holds all logits once more. With 4 bits those are most of the
  // memory, as is the momentum, which nothing needs after the last checkpoint.
  for (auto &parameter : network.state.searched)
    parameter->tensors.momentum = Tensor();
  if (!exportModel(network, dataset, mode.temperature, path("model.mlir"),
                   error) ||
      !writeReport(config, identity.dataDigest, report, path("training.json"),
                   error))
    return false;
  std::printf("wrote %s after %.1f s\n", path("model.mlir").c_str(),
              report.seconds);
  std::printf("test accuracy: %.2f %% (%lld of %lld)\n",
              100.0 * double(report.correct) / double(report.samples),
              static_cast<long long>(report.correct),
              static_cast<long long>(report.samples));
  return true;
}

TrainingOutcome Trainer::stop(Progress &progress, std::string &error) {
  progress.clear();
  if (!save(error))
    return TrainingOutcome::Failed;
  std::fflush(stdout);
  std::fprintf(stderr,
               "slb-train: interrupted at epoch %lld, step %lld; the same "
               "command with --resume continues\n",
               static_cast<long long>(position.epoch),
               static_cast<long long>(position.step));
  return TrainingOutcome::Interrupted;
}

TrainingOutcome Trainer::run(std::string &error) {
  catchSignals();
  Progress progress(stepsToDo());
  while (position.epoch <= config.epochs) {
    if (!trainEpoch(progress, error)) {
      progress.clear();
      return TrainingOutcome::Failed;
    }
    if (interrupted || (position.seen > 0 && !finishEpoch(progress)))
      return stop(progress, error);
    if (reachedLimit())
      break;
    beginEpoch(position.epoch + 1);
    if (!save(error))
      return TrainingOutcome::Failed;
  }
  if (!save(error))
    return TrainingOutcome::Failed;
  if (finish(progress, error))
    return TrainingOutcome::Finished;
  return error.empty() ? stop(progress, error) : TrainingOutcome::Failed;
}

/// Builds the network; false if the layers' bits name a layer it lacks.
static bool buildNetwork(const TrainingConfig &config, const Dataset &dataset,
                         Network &network, std::string &error) {
  torch::manual_seed(config.seed);
  if (config.bfloat16Logits)
    network.state.logitsType = torch::kBFloat16;
  NetworkBuilder builder(
      network, {config.weightBits, config.activationBits, config.layerBits});
  Value input = builder.input(dataset.channels, dataset.height, dataset.width);
  findNetwork(config.network)(builder, input, dataset.classes);
  const std::vector<std::string> &names = builder.getLayerNames();
  for (auto &[name, bits] : config.layerBits) {
    if (std::find(names.begin(), names.end(), name) != names.end())
      continue;
    error = "--layer-bits: expects a layer of " + config.network + " (";
    for (const std::string &known : names)
      error += (known == names.front() ? "" : ", ") + known;
    error += "), but got '" + name + "'";
    return false;
  }
  return true;
}

/// Creates the folder if it is missing, and proves that it takes files.
static bool prepareOutput(const std::string &folder, std::string &error) {
  mkdir(folder.c_str(), 0777);
  struct stat status;
  bool isFolder = stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
  if (isFolder && access(folder.c_str(), W_OK | X_OK) == 0)
    return true;
  error = "--output: expects a folder that can be written, but got '" + folder +
          "'";
  return false;
}

/// What computes a run, as far as its sums depend on it.
static std::string describeMachine(const TrainingConfig &config,
                                   torch::Device device) {
  if (!device.is_cpu())
    return config.device;
  int threads = at::get_num_threads();
  return std::to_string(threads) + (threads == 1 ? " thread" : " threads") +
         " of a CPU (" + at::get_cpu_capability() + ")";
}

static TrainingOutcome runTraining(const TrainingConfig &config,
                                   std::string &error) {
  Network network;
  Dataset dataset;
  if (!openDevice(config.device, network.state.device, error))
    return TrainingOutcome::Failed;
  if (!loadDataset(config.dataset, dataset, error)) {
    error = "--dataset: " + error;
    return TrainingOutcome::Failed;
  }
  RunIdentity identity = {config.choices(), getDigest(dataset), ""};
  if (config.limitTrain > 0)
    dataset.train.truncate(config.limitTrain);
  if (config.limitTest > 0)
    dataset.test.truncate(config.limitTest);
  if (config.threads > 0)
    at::set_num_threads(int(config.threads));
  identity.machine = describeMachine(config, network.state.device);
  if (!buildNetwork(config, dataset, network, error))
    return TrainingOutcome::Failed;
  Trainer trainer(config, identity, dataset, network);
  if ((config.resume && !trainer.resume(error)) ||
      !prepareOutput(config.output, error))
    return TrainingOutcome::Failed;
  return trainer.run(error);
}

TrainingOutcome slb::train(const TrainingConfig &config, std::string &error) {
  error = config.findProblem();
  if (!error.empty())
    return TrainingOutcome::Failed;
  // LibTorch throws where memory ends, a GPU fails, a kernel does not compile.
  try {
    return runTraining(config, error);
  } catch (const c10::Error &exception) {
    error = exception.what_without_backtrace();
  } catch (const std::exception &exception) {
    error = exception.what();
  }
  error = error.substr(0, error.find('\n'));
  return TrainingOutcome::Failed;
}
