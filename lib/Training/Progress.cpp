//===- Progress.cpp - what the user sees of a run -------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Progress.h"

#include <cstdio>
#include <unistd.h>

using namespace slb;
using Clock = std::chrono::steady_clock;

static constexpr std::chrono::milliseconds kLiveInterval(200);

Progress::Progress(int64_t steps)
    : start(Clock::now()), lastLive(start), steps(steps),
      isTerminal(isatty(STDOUT_FILENO)) {}

double Progress::seconds() const {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string Progress::timeLeft() const {
  if (done == 0)
    return "?";
  auto left = int64_t(seconds() / done * (steps - done) + 0.5);
  char text[32];
  if (left >= 3600)
    std::snprintf(text, sizeof text, "%d:%02d:%02d", int(left / 3600),
                  int(left / 60 % 60), int(left % 60));
  else
    std::snprintf(text, sizeof text, "%d:%02d", int(left / 60), int(left % 60));
  return text;
}

void Progress::step(int64_t epoch, int64_t epochs, int64_t step,
                    int64_t stepsPerEpoch) {
  ++done;
  auto now = Clock::now();
  if (!isTerminal || now - lastLive < kLiveInterval)
    return;
  lastLive = now;
  std::printf("\r\033[Kepoch %d/%d  step %d/%d  %s left", int(epoch),
              int(epochs), int(step), int(stepsPerEpoch), timeLeft().c_str());
  std::fflush(stdout);
}

void Progress::clear() {
  if (isTerminal)
    std::printf("\r\033[K");
}

void Progress::epoch(const EpochReport &report) {
  clear();
  std::printf("epoch %3d/%d  loss %.4f  train %6.2f %%  test %6.2f %%",
              int(report.epoch), int(report.epochs), report.loss,
              100 * report.trainAccuracy, 100 * report.testAccuracy);
  if (report.search.weights > 0) {
    if (report.discrete)
      std::printf("  argmax");
    else
      std::printf("  T %7.1f  decided %5.1f %%  gap %.4f", report.temperature,
                  100 * report.search.decided, report.search.gap);
  }
  std::printf("  %s left\n", timeLeft().c_str());
  std::fflush(stdout);
}
