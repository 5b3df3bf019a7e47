//===- PlanArena.cpp - places all buffers in one arena --------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "slb/Scheduling/ArenaPlanner.h"
#include "slb/Scheduling/Scheduling.h"
#include "slb/Target/Strategies.h"

using namespace mlir;
using namespace slb;
using namespace slb::bitpack;

namespace slb::bitpack {
#define GEN_PASS_DEF_BITPACKPLANARENAPASS
#include "lib/Scheduling/Passes.h.inc"
} // namespace slb::bitpack

/// The allocation or argument that a buffer is, or is a view of.
static Value getRoot(Value buffer) {
  while (auto view = buffer.getDefiningOp<ViewLikeOpInterface>())
    buffer = view.getViewSource();
  return buffer;
}

namespace {
/// The buffers of one function. A slot is one or more allocations, of which
/// each overwrites the one before in place, or the scratch of one layer.
class ArenaFunction {
public:
  explicit ArenaFunction(func::FuncOp func) : func(func) {
    collectAllocations();
    for (auto [step, op] : llvm::enumerate(steps))
      if (auto layer = dyn_cast<LayerOpInterface>(op)) {
        shareInPlace(layer, step);
        addScratch(layer, step);
      }
  }

  const std::vector<ArenaBuffer> &getSlots() const { return slots; }
  int64_t getScratchBytes() const { return maxScratch; }

  /// Turns allocations and scratch to views of a new last argument.
  void rewrite(const ArenaPlan &plan) {
    OpBuilder builder(func.getContext());
    auto type = MemRefType::get({plan.bytes}, builder.getI8Type());
    unsigned index = func.getNumArguments();
    (void)func.insertArgument(index, type, {}, func.getLoc());
    arena = func.getArgument(index);
    for (auto [alloc, slot] : slotOf) {
      builder.setInsertionPoint(alloc);
      Value view = createView(builder, alloc.getLoc(), plan.offsets[slot],
                              alloc.getType());
      alloc.replaceAllUsesWith(view);
      alloc.erase();
    }
    for (auto [layer, slot] : scratchOf) {
      builder.setInsertionPoint(layer);
      auto type = MemRefType::get({slots[slot].bytes}, builder.getI8Type());
      layer.getScratchMutable().assign(
          createView(builder, layer.getLoc(), plan.offsets[slot], type));
    }
  }

private:
  void collectAllocations() {
    for (Operation &op : func.getBody().front()) {
      if (auto alloc = dyn_cast<memref::AllocOp>(op)) {
        slotOf[alloc] = slots.size();
        slots.push_back({getStorageBytes(alloc.getType()), -1, -1});
        continue;
      }
      if (isa<ViewLikeOpInterface>(op))
        continue;
      for (Value operand : op.getOperands())
        if (ArenaBuffer *slot = lookup(operand)) {
          slot->first = slot->first < 0 ? steps.size() : slot->first;
          slot->last = steps.size();
        }
      steps.push_back(&op);
    }
  }

  memref::AllocOp getAlloc(Value buffer) {
    if (!isa<MemRefType>(buffer.getType()))
      return {};
    return getRoot(buffer).getDefiningOp<memref::AllocOp>();
  }

  ArenaBuffer *lookup(Value buffer) {
    memref::AllocOp alloc = getAlloc(buffer);
    return alloc ? &slots[slotOf[alloc]] : nullptr;
  }

  /// Lets the layer's output overwrite an operand that it is the last to read.
  void shareInPlace(LayerOpInterface layer, int64_t step) {
    memref::AllocOp output = getAlloc(layer.getOutputMutable().get());
    if (!output || slots[slotOf[output]].first != step)
      return;
    for (OpOperand *operand : layer.getInPlaceOperands()) {
      memref::AllocOp source = getAlloc(operand->get());
      if (!source || slots[slotOf[source]].last != step ||
          getStorageBytes(output.getType()) > getStorageBytes(source.getType()))
        continue;
      bool readOtherwise =
          llvm::any_of(layer->getOpOperands(), [&](auto &other) {
            return &other != operand && getAlloc(other.get()) == source;
          });
      if (readOtherwise)
        continue;
      ArenaBuffer &merged = slots[slotOf[source]], &old = slots[slotOf[output]];
      merged.last = old.last;
      old = {0, step, step};
      slotOf[output] = slotOf[source];
      return;
    }
  }

  void addScratch(LayerOpInterface layer, int64_t step) {
    int64_t bytes = getScratchLayout(layer).bytes;
    if (bytes == 0)
      return;
    scratchOf.push_back({layer, slots.size()});
    slots.push_back({bytes, step, step});
    maxScratch = std::max(maxScratch, bytes);
  }

  Value createView(OpBuilder &builder, Location loc, int64_t offset,
                   MemRefType type) {
    Value shift = arith::ConstantIndexOp::create(builder, loc, offset);
    return memref::ViewOp::create(builder, loc, type, arena, shift,
                                  ValueRange());
  }

  func::FuncOp func;
  SmallVector<Operation *> steps;
  std::vector<ArenaBuffer> slots;
  llvm::MapVector<memref::AllocOp, size_t> slotOf;
  SmallVector<std::pair<LayerOpInterface, size_t>> scratchOf;
  int64_t maxScratch = 0;
  Value arena;
};

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
    ArenaFunction function(functions[0]);
    const std::vector<ArenaBuffer> &slots = function.getSlots();
    ArenaPlan plan = planArena(slots, alignment);
    setResult("bitpack.arena_bytes", plan.bytes);
    setResult("bitpack.arena_alignment", alignment);
    setResult("bitpack.arena_lower_bound",
              getLifetimeLowerBound(slots, alignment));
    setResult("bitpack.scratch_bytes", function.getScratchBytes());
    function.rewrite(plan);
  }

  void setResult(StringRef name, int64_t bytes) {
    getOperation()->setAttr(name,
                            Builder(&getContext()).getI64IntegerAttr(bytes));
  }
};
} // namespace
