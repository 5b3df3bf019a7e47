//===- PlanArena.cpp - places all buffers in one arena --------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkBuffers.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "slb/Scheduling/Scheduling.h"
#include "slb/Target/Strategies.h"

using namespace mlir;
using namespace slb;
using namespace slb::bitpack;

namespace slb::bitpack {
#define GEN_PASS_DEF_BITPACKPLANARENAPASS
#include "lib/Scheduling/Passes.h.inc"
} // namespace slb::bitpack

namespace {
struct PlanArena : slb::bitpack::impl::BitpackPlanArenaPassBase<PlanArena> {
  using BitpackPlanArenaPassBase::BitpackPlanArenaPassBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto functions = llvm::to_vector(module.getOps<func::FuncOp>());
    if (functions.size() != 1 || !functions[0].getBody().hasOneBlock()) {
      module.emitError("expects one function of one block to plan, but got ")
          << functions.size() << " functions";
      return signalPassFailure();
    }
    WalkResult verified = module.walk([](LayerOpInterface layer) {
      return WalkResult(verifyStrategy(layer));
    });
    if (verified.wasInterrupted())
      return signalPassFailure();
    NetworkBuffers network(functions[0]);
    for (const NetworkBuffers::Layer &layer : network.getLayers())
      network.addScratch(layer, getScratchLayout(layer.op).bytes);
    const std::vector<ArenaBuffer> &slots = network.getSlots();
    ArenaPlan plan = planArena(slots, alignment);
    setResult("bitpack.arena_bytes", plan.bytes);
    setResult("bitpack.arena_alignment", alignment);
    setResult("bitpack.arena_lower_bound",
              getLifetimeLowerBound(slots, alignment));
    setResult("bitpack.scratch_bytes", network.getMaxScratch());
    network.rewrite(plan);
  }

  void setResult(StringRef name, int64_t bytes) {
    getOperation()->setAttr(name,
                            Builder(&getContext()).getI64IntegerAttr(bytes));
  }
};
} // namespace
