//===- DeviceModule.cpp - the gpu module of searched weights --------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeviceModule.h"
#include "slb/Kernels/DeviceCompiler.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace slb;

/// {0} name, {1} arguments behind the tables, {2} buffers, {3} the op,
/// {4} threads of a block, {5} weights of a chunk.
static constexpr const char *kKernel = R"(
gpu.func @{0}(%layers: !ptr, %chunks: !ptr, %chunkCount: i64{1}) kernel
    attributes {{known_block_size = array<i32: {4}, 1, 1>} {{
  %block = gpu.block_id x
  %blocks = gpu.grid_dim x
  %count = arith.index_cast %chunkCount : i64 to index
  scf.for %c = %block to %count step %blocks {{
    %chunk = arith.index_cast %c : index to i64
    %chunkAt = llvm.getelementptr inbounds %chunks[%chunk]
      : (!ptr, i64) -> !ptr, !llvm.struct<(i32, i32)>
    %layer = llvm.load %chunkAt : !ptr -> i32
    %partAt = llvm.getelementptr inbounds %chunkAt[0, 1]
      : (!ptr) -> !ptr, !llvm.struct<(i32, i32)>
    %part = llvm.load %partAt : !ptr -> i32
    %record = llvm.getelementptr inbounds %layers[%layer]
      : (!ptr, i32) -> !ptr, !llvm.array<7 x i64>
    %countAt = llvm.getelementptr inbounds %record[0]
      : (!ptr) -> !ptr, i64
    %n = llvm.load %countAt : !ptr -> i64
    %strideAt = llvm.getelementptr inbounds %record[1] : (!ptr) -> !ptr, i64
    %stride = llvm.load %strideAt : !ptr -> i64
    %zero = arith.constant 0 : i64
    %c31 = arith.constant 31 : i64
    %c32 = arith.constant 32 : i64
    %roundedUp = arith.addi %n, %c31 : i64
    %words = arith.divui %roundedUp, %c32 : i64
{2}
    %size = arith.constant {5} : index
    %weightCount = arith.index_cast %n : i64 to index
    %partIndex = arith.index_castui %part : i32 to index
    %begin = arith.muli %partIndex, %size : index
    %full = arith.addi %begin, %size : index
    %end = arith.minui %full, %weightCount : index
{3}
  }
  gpu.return
}
)";

/// The address of a buffer, field {1} of the layer's record.
static constexpr const char *kField = R"(
    %{0}At = llvm.getelementptr inbounds %record[{1}] : (!ptr) -> !ptr, i64
    %{0}Pointer = llvm.load %{0}At : !ptr -> !ptr)";

/// The buffer at %{0}Pointer. {0} name, {1} memref type, {2} rank, {3} distance
/// of rows.
static constexpr const char *kBuffer = R"(
    %{0}0 = llvm.mlir.poison : !buffer{2}
    %{0}1 = llvm.insertvalue %{0}Pointer, %{0}0[1] : !buffer{2}
    %{0}2 = llvm.insertvalue %zero, %{0}1[2] : !buffer{2}
    %{0}3 = llvm.insertvalue {3}, %{0}2[4, 0] : !buffer{2}
    %{0} = builtin.unrealized_conversion_cast %{0}3 : !buffer{2} to {1}
)";

static std::string getBuffer(const char *name, int field, const char *type,
                             int rank, const char *distance) {
  return llvm::formatv(kField, name, field).str() +
         llvm::formatv(kBuffer, name, type, rank, distance).str();
}

static std::string getRows(const char *name, int field, const char *type) {
  return getBuffer(name, field, type, 2, "%stride");
}

static std::string getRow(const char *name, int field, const char *type) {
  return getBuffer(name, field, type, 1, "%zero");
}

static std::string getPlanes() {
  return getBuffer("planes", 6, "!planes", 2, "%words");
}

static std::string getKernel(const char *name, const char *arguments,
                             const std::string &buffers,
                             const std::string &op) {
  return llvm::formatv(kKernel, name, arguments, buffers, op, kBlockThreads,
                       kChunkWeights);
}

// The fields are those of SearchTable's records.

static std::string getForward(const std::string &set) {
  std::string op = llvm::formatv(R"(
    slb.search_forward %a, %t, %w, %planes [%begin to %end] set = {0}
      : !logits, f32, !row, !planes)",
                                 set);
  return getKernel(
      "forward", ", %t: f32",
      getRows("a", 2, "!logits") + getRow("w", 5, "!row") + getPlanes(), op);
}

static std::string getBackward(const std::string &set) {
  std::string op = llvm::formatv(R"(
    slb.search_backward %a, %t, %g, %da [%begin to %end] set = {0}
      : !logits, f32, !row, !rows)",
                                 set);
  return getKernel("backward", ", %t: f32",
                   getRows("a", 2, "!logits") + getRows("da", 3, "!rows") +
                       getRow("g", 4, "!row"),
                   op);
}

static std::string getStep(const std::string &set, bool nesterov) {
  std::string op = llvm::formatv(R"(
    slb.search_step %a, %m, %g, %w, %planes, %flips [%begin to %end]
      temperature %t to %next grad_scale %gradScale
      sgd(%rate, %momentum, %decay) {1} set = {0}
      : !logits, !rows, !row, !row, !planes, !counter, f32)",
                                 set, nesterov ? "nesterov" : "");
  std::string buffers =
      getRows("a", 2, "!logits") + getRows("m", 3, "!rows") +
      getRow("g", 4, "!row") + getRow("w", 5, "!row") + getPlanes() +
      llvm::formatv(kBuffer, "flips", "!counter", 1, "%zero").str();
  return getKernel("step",
                   ", %flipsPointer: !ptr, %t: f32, %next: f32, %gradScale: "
                   "f32, %rate: f32, "
                   "%momentum: f32, %decay: f32",
                   buffers, op);
}

std::string slb::getDeviceModule(const SearchVariant &variant,
                                 const SpelledSet &spelled) {
  size_t count = variant.values.size();
  std::string set = "<" + spelled.set + ">" + spelled.scale;
  std::string types = llvm::formatv(
      R"(
!ptr = !llvm.ptr<1>
!buffer1 = !llvm.struct<(ptr<1>, ptr<1>, i64, array<1 x i64>, array<1 x i64>)>
!buffer2 = !llvm.struct<(ptr<1>, ptr<1>, i64, array<2 x i64>, array<2 x i64>)>
!logits = memref<{0}x?x{2}, strided<[?, 1]>, 1>
!rows = memref<{0}x?xf32, strided<[?, 1]>, 1>
!row = memref<?xf32, 1>
!planes = memref<{1}x?xi32, strided<[?, 1]>, 1>
!counter = memref<1xi32, 1>
)",
      count - 1, llvm::Log2_64_Ceil(count),
      variant.bfloat16Logits ? "bf16" : "f32");
  return types + "gpu.module @kernels {\n" + getForward(set) +
         getBackward(set) + getStep(set, variant.nesterov) + "}\n";
}
