//===- Opcodes.cpp - instructions of PTX that slb's kernels use -----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Opcodes.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>

using namespace slb::ptx;

//===----------------------------------------------------------------------===//
// From bits to values and back
//===----------------------------------------------------------------------===//

template <typename T> static T fromBits(uint64_t bits) {
  if constexpr (std::is_same_v<T, bool>)
    return bits & 1;
  T value;
  std::memcpy(&value, &bits, sizeof(T));
  return value;
}

template <typename T> static uint64_t toBits(T value) {
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(T));
  return bits;
}

namespace {
/// f32x2.
struct Pair {
  float first, second;
};

/// `Function` in every thread. It takes one to three values.
template <auto Function> struct EachLane;
template <typename R, typename... A, R (*Function)(A...)>
struct EachLane<Function> {
  static void run(Lanes &result, const Lanes *const *operands) {
    run(result, operands, std::index_sequence_for<A...>());
  }
  static Opcode getOpcode() {
    Opcode opcode;
    opcode.operandCount = sizeof...(A);
    opcode.compute = run;
    return opcode;
  }

private:
  template <size_t... I>
  static void run(Lanes &result, const Lanes *const *operands,
                  std::index_sequence<I...>) {
    for (int lane = 0; lane < kWarpLanes; ++lane)
      result[lane] = toBits(Function(fromBits<A>((*operands[I])[lane])...));
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

static Pair operator+(Pair a, Pair b) {
  return {a.first + b.first, a.second + b.second};
}
static Pair operator-(Pair a, Pair b) {
  return {a.first - b.first, a.second - b.second};
}
static Pair operator*(Pair a, Pair b) {
  return {a.first * b.first, a.second * b.second};
}

template <typename T> static T add(T a, T b) { return a + b; }
template <typename T> static T subtract(T a, T b) { return a - b; }
template <typename T> static T multiply(T a, T b) { return a * b; }
template <typename T> static T multiplyAdd(T a, T b, T c) { return a * b + c; }
template <typename T> static T negate(T a) { return T(0) - a; }
template <typename T> static T minimum(T a, T b) { return std::min(a, b); }
template <typename T> static T bitAnd(T a, T b) { return a & b; }
template <typename T> static T bitOr(T a, T b) { return a | b; }
template <typename T> static T bitXor(T a, T b) { return a ^ b; }
template <typename T> static T select(T a, T b, bool p) { return p ? a : b; }
template <typename To, typename From> static To convert(From a) { return a; }
template <typename To, typename From> static To multiplyWide(From a, From b) {
  return To(a) * To(b);
}
template <typename T> static T shiftLeft(T a, uint32_t count) {
  return count < 8 * sizeof(T) ? a << count : 0;
}
template <typename T> static T shiftRight(T a, uint32_t count) {
  return count < 8 * sizeof(T) ? a >> count : 0;
}

static float negateFloat(float a) { return -a; }
static float fuse(float a, float b, float c) { return std::fma(a, b, c); }
static Pair fusePair(Pair a, Pair b, Pair c) {
  return {std::fma(a.first, b.first, c.first),
          std::fma(a.second, b.second, c.second)};
}

static uint32_t countBits(uint32_t a) { return __builtin_popcount(a); }

/// bfe: `length` bits from bit `position` on.
static uint32_t extractBits(uint32_t a, uint32_t position, uint32_t length) {
  position &= 255;
  length &= 255;
  uint32_t bits = shiftRight(a, position);
  return length < 32 ? bits & ((uint32_t(1) << length) - 1) : bits;
}

/// prmt: each nibble of `selector` names one of eight bytes, or its sign.
static uint32_t permuteBytes(uint32_t a, uint32_t b, uint32_t selector) {
  uint64_t bytes = a | uint64_t(b) << 32;
  uint32_t result = 0;
  for (unsigned i = 0; i < 4; ++i) {
    unsigned nibble = selector >> (4 * i) & 15;
    uint32_t byte = bytes >> (8 * (nibble & 7)) & 255;
    if (nibble & 8)
      byte = byte & 128 ? 255 : 0;
    result |= byte << (8 * i);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Approximations
//===----------------------------------------------------------------------===//

static int approximationUlps = 0;

void slb::ptx::setApproximationError(int ulps) { approximationUlps = ulps; }

static float addError(float value) {
  if (!std::isfinite(value) || value == 0)
    return value;
  float end = std::numeric_limits<float>::infinity();
  if ((approximationUlps < 0) != (value < 0))
    end = -end;
  for (int i = 0; i < std::abs(approximationUlps); ++i)
    value = std::nextafter(value, end);
  return value;
}

/// ex2.approx.ftz: numbers that are not normal become 0.
static float approximateExp2(float a) {
  if (std::isnan(a))
    return a;
  // 2^x of x that small is 1, and of 0 it is exact.
  if (std::fabs(a) < std::numeric_limits<float>::min())
    return 1;
  float power = addError(float(std::exp2(double(a))));
  return power < std::numeric_limits<float>::min() ? 0 : power;
}

/// div.approx: a divisor above 2^126 gives 0, and NaN of infinity.
static float approximateDivision(float a, float b) {
  if (std::fabs(b) > 0x1p126f && std::isfinite(b))
    return std::isinf(a) ? std::numeric_limits<float>::quiet_NaN()
                         : a * std::copysign(0.0f, b);
  return addError(a / b);
}

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

template <typename T> static bool isEqual(T a, T b) { return a == b; }
template <typename T> static bool isLess(T a, T b) { return a < b; }
template <typename T> static bool isLessEqual(T a, T b) { return a <= b; }
template <typename T> static bool isGreater(T a, T b) { return a > b; }
template <typename T> static bool isGreaterEqual(T a, T b) { return a >= b; }
template <typename T> static bool isNotEqual(T a, T b) {
  return a < b || a > b;
}
/// What is true of NaN too.
template <bool (*Compare)(float, float)>
static bool orUnordered(float a, float b) {
  return std::isunordered(a, b) || Compare(a, b);
}
static bool isNan(float a, float b) { return std::isunordered(a, b); }
static bool isNumber(float a, float b) { return !std::isunordered(a, b); }

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

using Table = std::map<std::string, Opcode>;

template <auto Function> static void compute(Table &table, std::string name) {
  table[name] = EachLane<Function>::getOpcode();
}

static void fillFloats(Table &table) {
  compute<add<float>>(table, "add.rn.f32");
  compute<subtract<float>>(table, "sub.rn.f32");
  compute<multiply<float>>(table, "mul.rn.f32");
  compute<fuse>(table, "fma.rn.f32");
  compute<add<Pair>>(table, "add.rn.f32x2");
  compute<subtract<Pair>>(table, "sub.rn.f32x2");
  compute<multiply<Pair>>(table, "mul.rn.f32x2");
  compute<fusePair>(table, "fma.rn.f32x2");
  compute<negateFloat>(table, "neg.f32");
  compute<approximateExp2>(table, "ex2.approx.ftz.f32");
  compute<approximateDivision>(table, "div.approx.f32");
  compute<select<float>>(table, "selp.f32");
}

template <typename T> static void fillBits(Table &table, std::string type) {
  compute<bitAnd<T>>(table, "and" + type);
  compute<bitOr<T>>(table, "or" + type);
  compute<bitXor<T>>(table, "xor" + type);
  if constexpr (!std::is_same_v<T, bool>)
    compute<select<T>>(table, "selp" + type);
}

// Unsigned types: signed sums would overflow, and have the same bits.
static void fillIntegers(Table &table) {
  compute<add<uint32_t>>(table, "add.s32");
  compute<add<uint64_t>>(table, "add.s64");
  compute<negate<uint32_t>>(table, "neg.s32");
  compute<multiply<uint32_t>>(table, "mul.lo.s32");
  compute<multiply<uint64_t>>(table, "mul.lo.s64");
  compute<multiplyAdd<uint64_t>>(table, "mad.lo.s64");
  compute<multiplyWide<uint64_t, uint32_t>>(table, "mul.wide.u32");
  compute<multiplyWide<int64_t, int32_t>>(table, "mul.wide.s32");
  compute<minimum<uint64_t>>(table, "min.u64");
  compute<shiftLeft<uint32_t>>(table, "shl.b32");
  compute<shiftLeft<uint64_t>>(table, "shl.b64");
  compute<shiftRight<uint32_t>>(table, "shr.u32");
  compute<shiftRight<uint64_t>>(table, "shr.u64");
  compute<extractBits>(table, "bfe.u32");
  compute<permuteBytes>(table, "prmt.b32");
  compute<countBits>(table, "popc.b32");
  compute<convert<uint32_t, uint16_t>>(table, "cvt.u32.u16");
  compute<convert<uint16_t, uint32_t>>(table, "cvt.u16.u32");
  compute<convert<uint64_t, uint32_t>>(table, "cvt.u64.u32");
  compute<convert<uint32_t, uint64_t>>(table, "cvt.u32.u64");
}

template <typename T>
static void fillComparisons(Table &table, std::string type) {
  compute<isEqual<T>>(table, "setp.eq" + type);
  compute<isNotEqual<T>>(table, "setp.ne" + type);
  compute<isLess<T>>(table, "setp.lt" + type);
  compute<isLessEqual<T>>(table, "setp.le" + type);
  compute<isGreater<T>>(table, "setp.gt" + type);
  compute<isGreaterEqual<T>>(table, "setp.ge" + type);
}

static void fillUnorderedComparisons(Table &table) {
  compute<orUnordered<isEqual<float>>>(table, "setp.equ.f32");
  compute<orUnordered<isNotEqual<float>>>(table, "setp.neu.f32");
  compute<orUnordered<isLess<float>>>(table, "setp.ltu.f32");
  compute<orUnordered<isLessEqual<float>>>(table, "setp.leu.f32");
  compute<orUnordered<isGreater<float>>>(table, "setp.gtu.f32");
  compute<orUnordered<isGreaterEqual<float>>>(table, "setp.geu.f32");
  compute<isNan>(table, "setp.nan.f32");
  compute<isNumber>(table, "setp.num.f32");
}

static Opcode getAccess(Opcode::Kind kind, unsigned bytes, unsigned vector) {
  Opcode opcode;
  opcode.kind = kind;
  opcode.bytes = bytes;
  opcode.vector = vector;
  return opcode;
}

static void fillMoves(Table &table) {
  for (const char *type : {".b16", ".b32", ".b64", ".u32", ".u64", ".f32"})
    table[std::string("mov") + type] =
        getAccess(Opcode::Move, std::stoi(type + 2) / 8, 1);
  for (const char *type : {".b32", ".b64"})
    table[std::string("ld.param") + type] =
        getAccess(Opcode::Parameter, std::stoi(type + 2) / 8, 1);
  for (unsigned bytes : {2, 4, 8})
    for (unsigned vector : {1, 2, 4}) {
      std::string type = vector == 1 ? "" : ".v" + std::to_string(vector);
      type += ".b" + std::to_string(8 * bytes);
      table["ld.global" + type] = getAccess(Opcode::Load, bytes, vector);
      table["st.global" + type] = getAccess(Opcode::Store, bytes, vector);
    }
  table["atom.global.add.u32"] = getAccess(Opcode::AtomicAdd, 4, 1);
}

static void fillControl(Table &table) {
  Opcode shuffle;
  shuffle.kind = Opcode::Shuffle;
  shuffle.operandCount = 4;
  table["shfl.sync.bfly.b32"] = shuffle;
  Opcode branch;
  branch.kind = Opcode::Branch;
  table["bra"] = branch;
  branch.isUniform = true;
  table["bra.uni"] = branch;
  table["ret"].kind = Opcode::Return;
}

static Table getTable() {
  Table table;
  fillFloats(table);
  fillIntegers(table);
  fillBits<bool>(table, ".pred");
  fillBits<uint16_t>(table, ".b16");
  fillBits<uint32_t>(table, ".b32");
  fillBits<uint64_t>(table, ".b64");
  fillComparisons<float>(table, ".f32");
  fillUnorderedComparisons(table);
  for (const char *kind : {".b", ".u"}) {
    fillComparisons<uint32_t>(table, std::string(kind) + "32");
    fillComparisons<uint64_t>(table, std::string(kind) + "64");
  }
  fillComparisons<int32_t>(table, ".s32");
  fillComparisons<int64_t>(table, ".s64");
  fillMoves(table);
  fillControl(table);
  return table;
}

const Opcode *slb::ptx::findOpcode(const std::string &name) {
  static const Table table = getTable();
  auto at = table.find(name);
  return at == table.end() ? nullptr : &at->second;
}
