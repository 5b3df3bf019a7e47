//===- NetworkText.h - what random networks are written with ----*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Networks are text, which can say whatever the parser reads. Types alone are
// MLIR's, as they know how they are printed.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_RANDOM_NETWORKTEXT_H
#define SLB_TEST_RANDOM_NETWORKTEXT_H

#include "RandomNetwork.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include <random>

namespace slb {

class Random {
public:
  explicit Random(uint64_t seed) : generator(seed) {}

  // Not std::uniform_int_distribution: its numbers differ between libraries.
  int64_t integer(int64_t lo, int64_t hi) {
    return int64_t(uint64_t(lo) +
                   generator() % (uint64_t(hi) - uint64_t(lo) + 1));
  }
  double real(double lo, double hi) {
    return lo + (hi - lo) * double(generator() >> 11) * 0x1p-53;
  }
  bool chance(int percent) { return integer(0, 99) < percent; }
  template <typename Range> const auto &pick(const Range &range) {
    return *(std::begin(range) + integer(0, std::size(range) - 1));
  }

private:
  std::mt19937_64 generator;
};

/// Of a tensor's elements, roughly, so that what follows can be drawn to fit.
struct Moments {
  double mean = 0, variance = 1;
  double getDeviation() const;
  /// Of a sum of `count` products with independent factors of such moments.
  Moments getDot(Moments factor, int64_t count) const;
  Moments scaled(double factor) const;
};

/// A value of the network.
struct Term {
  std::string name;
  mlir::RankedTensorType type;
  Moments moments;
  /// All paths compute the same bits: what is float and rounded in an order of
  /// its own cannot be quantized and compared.
  bool isExact = true;
  bool isRectified = false; ///< No element is negative.

  mlir::ArrayRef<int64_t> getShape() const { return type.getShape(); }
  int64_t getRank() const { return type.getRank(); }
  int64_t getChannels() const { return getShape().back(); }
  LowBitType getLowBit() const { return slb::getLowBitType(type); }
  bool isFloat() const { return type.getElementType().isF32(); }
};

/// Of a convolution of one image; `out` is the size of its result.
struct Geometry {
  int64_t kernel[2], strides[2], dilations[2], pads[4];
  int64_t groups = 1, channels = 1;
  int64_t out[2];
};

/// Of a pool.
struct Windows {
  int64_t kernel[2], strides[2], pads[4];
  int64_t out[2];
  bool isWhole; ///< No part of the padded image is left over.
};

/// A network of which text and description grow.
class NetworkText {
public:
  explicit NetworkText(uint64_t seed);

  /// The network returns `results`.
  RandomNetwork finish(mlir::ArrayRef<Term> results);

protected:
  using Shape = mlir::ArrayRef<int64_t>;

  /// Adds to the description, and to the features unless it is a detail.
  void tell(const llvm::Twine &feature, const llvm::Twine &detail = "");
  void tellSet(llvm::StringRef role, ValueSetAttr set);

  // Types.
  ValueSetAttr odd(int64_t bits) const;
  ValueSetAttr range(int64_t lo, int64_t hi) const;
  ValueSetAttr drawList();
  /// Of weights of magnitudes that let int32 hold `inputs`, the largest sum of
  /// inputs, times them, if there are any.
  ValueSetAttr drawWeightSet(double inputs = 0);
  ValueSetAttr drawWideSet();
  ValueSetAttr drawActivationSet();
  /// Real values reach about so far.
  LowBitType drawScale(ValueSetAttr set, double reach);
  mlir::RankedTensorType floats(Shape shape) const;
  mlir::RankedTensorType integers(Shape shape) const;

  // Sizes.
  int64_t drawChannels();
  llvm::SmallVector<int64_t> drawShape(int64_t rank);
  /// Of a convolution of `x`, or one whose result is as large as its image.
  Geometry drawGeometry(const Term &x, bool keepsSize = false);
  Windows drawWindows(const Term &x, bool overlap);

  // Operations.
  Term addArgument(mlir::RankedTensorType type, Moments moments);
  /// Writes `%N = text`, and returns %N.
  std::string define(const llvm::Twine &text);
  /// `operation` is what stands in front of the types.
  Term emit(const llvm::Twine &operation, mlir::ArrayRef<Term> operands,
            mlir::RankedTensorType type, Moments moments);
  /// The same elements in another shape; `keyword` stands between the types.
  Term move(const llvm::Twine &operation, const Term &x,
            llvm::StringRef keyword, Shape shape);
  template <typename T>
  Term constant(mlir::RankedTensorType type, mlir::ArrayRef<T> values) {
    return rawConstant(type, {reinterpret_cast<const char *>(values.data()),
                              values.size() * sizeof(T)});
  }
  Term floatConstant(Shape shape, llvm::function_ref<double(int64_t)> get);
  /// Low-bit weights of that set; at times all of them are equal.
  Term drawWeights(Shape shape, ValueSetAttr set);
  Term concat(mlir::ArrayRef<Term> terms);
  Term flatten(const Term &x);

  /// `layer = "..."`, or nothing where a layer has no name.
  std::string drawLayerName();
  /// Some of `pool`: its last, and others by chance.
  llvm::SmallVector<Term> drawResults(mlir::ArrayRef<Term> pool);

  Random random;
  mlir::MLIRContext context;
  std::string phase;

private:
  ValueSetAttr drawAnyWeightSet();
  Term rawConstant(mlir::RankedTensorType type, mlir::ArrayRef<char> bytes);
  std::string drawName();

  std::string arguments, body, resources;
  RandomNetwork network;
  int64_t values = 0, layers = 0;
};

std::string getText(mlir::Type type);
/// The largest magnitude of a set's integers.
int64_t getReach(ValueSetAttr set);
Moments getMoments(ValueSetAttr set);
/// `name = array<i64: ...>`
std::string getAttribute(llvm::StringRef name, mlir::ArrayRef<int64_t> values);
std::string getGeometryText(const Geometry &g);
/// Elements of a row of the filter.
int64_t getRowLength(const Geometry &g, const Term &x);

RandomNetwork drawRealNetwork(uint64_t seed);
RandomNetwork drawIntegerNetwork(uint64_t seed);

} // namespace slb

#endif // SLB_TEST_RANDOM_NETWORKTEXT_H
