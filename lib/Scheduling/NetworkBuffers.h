//===- NetworkBuffers.h - when the buffers of a network live ----*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_SCHEDULING_NETWORKBUFFERS_H
#define SLB_LIB_SCHEDULING_NETWORKBUFFERS_H

#include "dialects/bitpack/IR/BitpackDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "slb/Scheduling/ArenaPlanner.h"
#include "llvm/ADT/MapVector.h"

namespace slb::bitpack {

/// The buffers of one bufferized function. A slot is one or more allocations,
/// of which each overwrites the one before in place, or the scratch of one
/// layer.
class NetworkBuffers {
public:
  explicit NetworkBuffers(mlir::func::FuncOp func);

  struct Layer {
    LayerOpInterface op;
    int64_t step;
  };
  llvm::ArrayRef<Layer> getLayers() const { return layers; }
  const std::vector<ArenaBuffer> &getSlots() const { return slots; }

  void addScratch(const Layer &layer, int64_t bytes);
  int64_t getMaxScratch() const { return maxScratch; }

  /// Turns allocations and scratch to views of a new last argument.
  void rewrite(const ArenaPlan &plan);

private:
  void collectAllocations();
  mlir::memref::AllocOp getAlloc(mlir::Value buffer);
  ArenaBuffer *lookup(mlir::Value buffer);
  void shareInPlace(const Layer &layer);
  mlir::Value createView(mlir::OpBuilder &builder, mlir::Location loc,
                         int64_t offset, mlir::MemRefType type);

  mlir::func::FuncOp func;
  llvm::SmallVector<Layer> layers;
  std::vector<ArenaBuffer> slots;
  llvm::MapVector<mlir::memref::AllocOp, size_t> slotOf;
  llvm::SmallVector<std::pair<LayerOpInterface, size_t>> scratchOf;
  int64_t maxScratch = 0;
  mlir::Value arena;
};

} // namespace slb::bitpack

#endif // SLB_LIB_SCHEDULING_NETWORKBUFFERS_H
