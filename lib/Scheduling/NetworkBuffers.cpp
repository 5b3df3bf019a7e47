//===- NetworkBuffers.cpp - when the buffers of a network live ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkBuffers.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;
using namespace slb::bitpack;

/// The allocation or argument that a buffer is, or is a view of.
static Value getRoot(Value buffer) {
  while (auto view = buffer.getDefiningOp<ViewLikeOpInterface>())
    buffer = view.getViewSource();
  return buffer;
}

NetworkBuffers::NetworkBuffers(func::FuncOp func) : func(func) {
  collectAllocations();
  for (const Layer &layer : layers)
    shareInPlace(layer);
}

void NetworkBuffers::collectAllocations() {
  int64_t step = 0;
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
        slot->first = slot->first < 0 ? step : slot->first;
        slot->last = step;
      }
    if (auto layer = dyn_cast<LayerOpInterface>(op))
      layers.push_back({layer, step});
    ++step;
  }
}

memref::AllocOp NetworkBuffers::getAlloc(Value buffer) {
  if (!isa<MemRefType>(buffer.getType()))
    return {};
  return getRoot(buffer).getDefiningOp<memref::AllocOp>();
}

ArenaBuffer *NetworkBuffers::lookup(Value buffer) {
  memref::AllocOp alloc = getAlloc(buffer);
  return alloc ? &slots[slotOf[alloc]] : nullptr;
}

/// Lets the layer's output overwrite an operand that it is the last to read.
void NetworkBuffers::shareInPlace(const Layer &layer) {
  auto [op, step] = layer;
  memref::AllocOp output = getAlloc(op.getOutputMutable().get());
  if (!output || slots[slotOf[output]].first != step)
    return;
  for (OpOperand *operand : op.getInPlaceOperands()) {
    memref::AllocOp source = getAlloc(operand->get());
    if (!source || slots[slotOf[source]].last != step ||
        getStorageBytes(output.getType()) > getStorageBytes(source.getType()))
      continue;
    bool readOtherwise = false;
    for (OpOperand &other : op->getOpOperands())
      readOtherwise |= &other != operand && getAlloc(other.get()) == source;
    if (readOtherwise)
      continue;
    ArenaBuffer &merged = slots[slotOf[source]], &old = slots[slotOf[output]];
    merged.last = old.last;
    old = {0, step, step};
    slotOf[output] = slotOf[source];
    return;
  }
}

void NetworkBuffers::addScratch(const Layer &layer, int64_t bytes) {
  if (bytes == 0)
    return;
  scratchOf.push_back({layer.op, slots.size()});
  slots.push_back({bytes, layer.step, layer.step});
  maxScratch = std::max(maxScratch, bytes);
}

void NetworkBuffers::rewrite(const ArenaPlan &plan) {
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

Value NetworkBuffers::createView(OpBuilder &builder, Location loc,
                                 int64_t offset, MemRefType type) {
  Value shift = arith::ConstantIndexOp::create(builder, loc, offset);
  return memref::ViewOp::create(builder, loc, type, arena, shift, ValueRange());
}
