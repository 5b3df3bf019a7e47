//===- InterpreterTest.cpp - each instruction, and each fault -------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/ptx/Interpreter.h"
#include "test/ptx/Parser.h"
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

using namespace slb::ptx;

namespace {

/// A kernel with a buffer of 64-bit words, one a thread, whose address for this
/// thread is in %rd0.
std::string getKernel(const std::string &body) {
  return R"(
.version 7.0
.target sm_80
.address_size 64
.visible .entry k(
	.param .u64 .ptr .global .align 1 k_param_0, // a comment
	.param .f32 k_param_1
)
.maxntid 64, 1, 1
{
	.reg .pred %p<4>;
	.reg .b16 %rs<4>;
	.reg .b32 %r<10>;
	.reg .b64 %rd<10>;
	ld.param.b64 %rd9, [k_param_0];
	ld.param.b32 %r9, [k_param_1];
	mov.u32 %r0, %tid.x;
	mul.wide.u32 %rd8, %r0, 8;
	add.s64 %rd0, %rd9, %rd8;
)" + body +
         "\n\tret;\n}\n";
}

/// Runs a kernel on one block. Errors come back.
std::string runOn(uint64_t *words, size_t bytes, const std::string &body,
                  unsigned threads = 32, Options options = {},
                  Memory::Rights rights = {}) {
  Program program;
  std::string error;
  if (!parse(getKernel(body), program, error))
    return error;
  Memory memory;
  memory.add(words, bytes, rights);
  float scalar = 1.5f;
  void *arguments[] = {&words, &scalar};
  launch(program.kernels.at("k"), {1, threads}, arguments, options, memory,
         error);
  return error;
}

/// What the thread 0 stores after `body`, which leaves it in %rd1.
uint64_t compute(const std::string &body, uint64_t input = 0) {
  alignas(16) uint64_t words[32] = {input};
  EXPECT_EQ(runOn(words, sizeof(words), body + "\nst.global.b64 [%rd0], %rd1;"),
            "");
  return words[0];
}

/// The same of a result of 32 bits in %r1.
uint32_t compute32(const std::string &body) {
  return uint32_t(compute(body + "\ncvt.u64.u32 %rd1, %r1;"));
}

float computeFloat(const std::string &body) {
  uint32_t bits = compute32(body);
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

/// What a predicate in %p1 selects.
bool test(const std::string &body) {
  return compute32(body + "\nselp.b32 %r1, 1, 0, %p1;");
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

TEST(PtxInstructions, Floats) {
  EXPECT_EQ(computeFloat("add.rn.f32 %r1, 0f3F800000, 0f40000000;"), 3);
  EXPECT_EQ(computeFloat("sub.rn.f32 %r1, 0f3F800000, 0f40000000;"), -1);
  EXPECT_EQ(computeFloat("mul.rn.f32 %r1, %r9, 0f40000000;"), 3);
  EXPECT_EQ(computeFloat("neg.f32 %r1, %r9;"), -1.5f);
  // (1 + 2^-12)^2 - 1 in one rounding.
  EXPECT_EQ(computeFloat("fma.rn.f32 %r1, 0f3F800800, 0f3F800800, 0fBF800000;"),
            0x1p-11f + 0x1p-24f);
  EXPECT_EQ(computeFloat("ex2.approx.ftz.f32 %r1, 0fC0000000;"), 0.25f);
  EXPECT_EQ(computeFloat("ex2.approx.ftz.f32 %r1, 0fC3000000;"), 0); // -128
  EXPECT_EQ(computeFloat("ex2.approx.ftz.f32 %r1, 0fFF800000;"), 0);
  EXPECT_EQ(computeFloat("div.approx.f32 %r1, %r9, 0f40000000;"), 0.75f);
  EXPECT_EQ(computeFloat("div.approx.f32 %r1, %r9, 0f7E800000;"), 0x1.8p-126f);
  EXPECT_EQ(computeFloat("div.approx.f32 %r1, %r9, 0f7E800001;"), 0);
}

TEST(PtxInstructions, PairsOfFloats) {
  const std::string pairs =
      "mov.b64 %rd2, {0f3F800000, 0f40000000};"
      "mov.b64 %rd3, {0f40400000, 0f40800000};"; // 1,2;3,4
  auto second = [&](const std::string &op) {
    return computeFloat(pairs + op + "mov.b64 {_, %r1}, %rd1;");
  };
  auto first = [&](const std::string &op) {
    return computeFloat(pairs + op + "mov.b64 {%r1, _}, %rd1;");
  };
  EXPECT_EQ(first("add.rn.f32x2 %rd1, %rd2, %rd3;"), 4);
  EXPECT_EQ(second("add.rn.f32x2 %rd1, %rd2, %rd3;"), 6);
  EXPECT_EQ(second("sub.rn.f32x2 %rd1, %rd2, %rd3;"), -2);
  EXPECT_EQ(second("mul.rn.f32x2 %rd1, %rd2, %rd3;"), 8);
  EXPECT_EQ(first("fma.rn.f32x2 %rd1, %rd2, %rd3, %rd3;"), 6);
  EXPECT_EQ(second("fma.rn.f32x2 %rd1, %rd2, %rd3, %rd3;"), 12);
}

TEST(PtxInstructions, ApproximationsMayBeOff) {
  const char *body = "ex2.approx.ftz.f32 %r1, 0f3F800000;"
                     "div.approx.f32 %r2, 0fC0000000, 0f40000000;"
                     "mov.b64 %rd1, {%r1, %r2}; st.global.b64 [%rd0], %rd1;";
  uint64_t words[32];
  Options options;
  options.approximationUlps = 2;
  ASSERT_EQ(runOn(words, sizeof(words), body, 32, options), "");
  EXPECT_EQ(words[0], 0xBF800002'40000002u);
  options.approximationUlps = -2;
  ASSERT_EQ(runOn(words, sizeof(words), body, 32, options), "");
  EXPECT_EQ(words[0], 0xBF7FFFFE'3FFFFFFEu);
}

TEST(PtxInstructions, Integers) {
  EXPECT_EQ(compute32("add.s32 %r1, -1, 3;"), 2u);
  EXPECT_EQ(compute("add.s64 %rd1, 4294967295, 1;"), 0x100000000u);
  EXPECT_EQ(compute32("neg.s32 %r1, 5;"), uint32_t(-5));
  EXPECT_EQ(compute("mul.wide.u32 %rd1, -1, 2;"), 0x1FFFFFFFEu);
  EXPECT_EQ(compute("mul.wide.s32 %rd1, -1, 2;"), uint64_t(-2));
  EXPECT_EQ(compute("mul.lo.s64 %rd1, -3, 5;"), uint64_t(-15));
  EXPECT_EQ(compute("mad.lo.s64 %rd1, 3, 5, 4;"), 19u);
  EXPECT_EQ(compute("min.u64 %rd1, -1, 7;"), 7u);
  EXPECT_EQ(compute32("shl.b32 %r1, 3, 31;"), 0x80000000u);
  EXPECT_EQ(compute32("shl.b32 %r1, 3, 32;"), 0u);
  EXPECT_EQ(compute("shl.b64 %rd1, 3, 32;"), 0x300000000u);
  EXPECT_EQ(compute32("shr.u32 %r1, -1, 31;"), 1u);
  EXPECT_EQ(compute("shr.u64 %rd1, -1, 64;"), 0u);
  EXPECT_EQ(compute32("popc.b32 %r1, 0xF0F0;"), 8u);
  EXPECT_EQ(compute32("bfe.u32 %r1, 0xABCD, 4, 8;"), 0xBCu);
  EXPECT_EQ(compute32("prmt.b32 %r1, 0x44332211, 0x88776655, 0x7610U;"),
            0x88772211u);
  EXPECT_EQ(compute32("prmt.b32 %r1, 0x80, 0, 0x888U;"), 0x80FFFFFFu);
}

TEST(PtxInstructions, Bits) {
  EXPECT_EQ(compute32("and.b32 %r1, 12, 10;"), 8u);
  EXPECT_EQ(compute32("or.b32 %r1, 12, 10;"), 14u);
  EXPECT_EQ(compute32("xor.b32 %r1, 12, 10;"), 6u);
  EXPECT_EQ(compute("or.b64 %rd1, 0xF00000000, 1;"), 0xF00000001u);
  EXPECT_EQ(compute("and.b64 %rd1, -1, 7;"), 7u);
  const std::string ab = "setp.eq.b32 %p2, 1, 1; setp.ne.b64 %p3, 1, 1;";
  EXPECT_TRUE(test(ab + "or.pred %p1, %p2, %p3;"));
  EXPECT_FALSE(test(ab + "and.pred %p1, %p2, %p3;"));
  EXPECT_TRUE(test(ab + "xor.pred %p1, %p2, %p3;"));
}

TEST(PtxInstructions, MovesAndConversions) {
  EXPECT_EQ(compute("mov.b64 %rd1, -1;"), ~uint64_t(0));
  EXPECT_EQ(compute("mov.b64 %rd1, {1, 2};"), 0x200000001u);
  EXPECT_EQ(
      compute32("mov.b32 {%rs0, %rs1}, 0x20001; mov.b32 %r1, {%rs1, %rs0};"),
      0x10002u);
  EXPECT_EQ(compute32("mov.b32 %r2, 0x20001; cvt.u32.u16 %r1, 5;"
                      "{ .reg .b16 tmp; mov.b32 {tmp, %rs1}, %r2; }"
                      "cvt.u32.u16 %r1, %rs1;"),
            2u);
  EXPECT_EQ(compute32("mov.b64 %rd2, -2; cvt.u32.u64 %r1, %rd2;"),
            uint32_t(-2));
  EXPECT_EQ(compute("mov.b32 %r2, -2; cvt.u64.u32 %rd1, %r2;"), 0xFFFFFFFEu);
  EXPECT_EQ(compute32("mov.b16 %rs0, 0x7FC0; setp.eq.b32 %p1, 1, 2;"
                      "selp.b16 %rs1, %rs0, 3, %p1; cvt.u32.u16 %r1, %rs1;"),
            3u);
  EXPECT_EQ(computeFloat("setp.eq.b32 %p1, 1, 1; selp.f32 %r1, %r9, 0f0, %p1;"),
            1.5f);
}

TEST(PtxInstructions, Comparisons) {
  EXPECT_TRUE(test("setp.lt.s32 %p1, -1, 1;"));
  EXPECT_FALSE(test("setp.lt.u32 %p1, -1, 1;"));
  EXPECT_TRUE(test("setp.le.s64 %p1, -1, -1;"));
  EXPECT_TRUE(test("setp.ge.u64 %p1, -1, 1;"));
  EXPECT_TRUE(test("setp.gt.u32 %p1, 2, 1;"));
  EXPECT_TRUE(test("setp.gt.f32 %p1, %r9, 0f3F800000;"));
  const std::string nan = "0f7FC00000";
  for (const char *name : {"eq", "ne", "lt", "le", "gt", "ge", "num"})
    EXPECT_FALSE(
        test(std::string("setp.") + name + ".f32 %p1, %r9, " + nan + ";"));
  for (const char *name : {"equ", "neu", "ltu", "leu", "gtu", "geu", "nan"})
    EXPECT_TRUE(
        test(std::string("setp.") + name + ".f32 %p1, %r9, " + nan + ";"));
  EXPECT_FALSE(test("setp.leu.f32 %p1, %r9, 0f3F800000;"));
}

TEST(PtxInstructions, Memory) {
  alignas(16) uint64_t words[32] = {1, 2, 3, 4};
  const char *body = "setp.ne.b32 %p1, %r0, 0; @%p1 bra $L__BB0_1;"
                     "ld.global.v2.b64 {%rd1, %rd2}, [%rd9];"
                     "ld.global.v4.b32 {%r1, _, %r2, _}, [%rd9+16];"
                     "ld.global.b16 %r3, [%rd9+8];"
                     "st.global.v2.b64 [%rd9+32], {%rd2, %rd1};"
                     "st.global.v4.b16 [%rd9+48], {%r1, %r2, %r3, 7};"
                     "st.global.b64 [%rd9+-0], 9;"
                     "$L__BB0_1:";
  EXPECT_EQ(runOn(words, sizeof(words), body), "");
  EXPECT_EQ(words[0], 9u);
  EXPECT_EQ(words[4], 2u);
  EXPECT_EQ(words[5], 1u);
  EXPECT_EQ(words[6], 0x7'0002'0004'0003u);
}

TEST(PtxInstructions, AtomicsOfAllThreads) {
  uint64_t words[1] = {5};
  EXPECT_EQ(runOn(words, 8, "atom.global.add.u32 %r1, [%rd9], 2;", 64), "");
  EXPECT_EQ(words[0], 5u + 64 * 2);
}

TEST(PtxInstructions, ShufflesOfBothOrders) {
  // Threads meet again behind a branch that parts them.
  const char *body = "mov.b32 %r1, 0; setp.lt.u32 %p1, %r0, 7;"
                     "@!%p1 bra $L__BB0_1;"
                     "mov.b32 %r1, 100;"
                     "$L__BB0_1: add.s32 %r1, %r1, %r0;"
                     "shfl.sync.bfly.b32 %r2, %r1, 4, 31, -1;"
                     "cvt.u64.u32 %rd1, %r2; st.global.b64 [%rd0], %rd1;";
  for (unsigned order : {0, 1, 2, 3}) {
    uint64_t words[64];
    Options options;
    options.shuffle = order;
    EXPECT_EQ(runOn(words, sizeof(words), body, 64, options), "");
    for (unsigned i = 0; i < 64; ++i)
      EXPECT_EQ(words[i], (i ^ 4) + ((i ^ 4) < 7 ? 100 : 0));
  }
}

TEST(PtxInstructions, Loops) {
  EXPECT_EQ(compute32("mov.b32 %r1, 0; $L__BB0_1: add.s32 %r1, %r1, 3;"
                      "setp.lt.s32 %p1, %r1, 10; @%p1 bra $L__BB0_1;"
                      "bra.uni $L__BB0_2; $L__BB0_2:"),
            12u);
}

//===----------------------------------------------------------------------===//
// Faults
//===----------------------------------------------------------------------===//

void expectFault(const std::string &body, const std::string &message,
                 Memory::Rights rights = {}) {
  alignas(16) uint64_t words[32] = {};
  std::string error = runOn(words, sizeof(words), body, 32, {}, rights);
  EXPECT_NE(error.find(message), std::string::npos)
      << "expected: " << message << "\nbut got: " << error;
}

TEST(PtxFaults, OutOfBounds) {
  expectFault(
      "ld.global.b64 %rd1, [%rd0+8];",
      "k, line 20, block 0: 'ld.global.b64 %rd1, [%rd0+8];' reads 8 bytes "
      "out of bounds (thread 31)");
  expectFault("ld.global.b32 %r1, [%rd9+-4];", "reads 4 bytes out of bounds");
  // The first half of a vector is inside.
  expectFault("st.global.v2.b64 [%rd9+248], {%rd9, %rd9};",
              "writes 16 bytes out of bounds");
}

TEST(PtxFaults, Misaligned) {
  expectFault("ld.global.v4.b32 {%r1, %r2, %r3, %r4}, [%rd9+8];",
              "reads 16 bytes misaligned, 8 behind a multiple (thread 0)");
}

TEST(PtxFaults, Rights) {
  expectFault("ld.global.b64 %rd1, [%rd0];",
              "reads 8 bytes of a buffer that it must not", {false, true});
  expectFault("st.global.b64 [%rd0], 1;",
              "writes 8 bytes of a buffer that it must not", {true, false});
  expectFault("atom.global.add.u32 %r1, [%rd9], 1;",
              "adds to 4 bytes of a buffer that it must not", {true, false});
}

TEST(PtxFaults, Races) {
  const char *race = "in a race with another thread";
  expectFault("st.global.b32 [%rd9], %r0;", race);
  expectFault("ld.global.b64 %rd1, [%rd9]; st.global.b64 [%rd0], 1;", race);
  expectFault("st.global.b64 [%rd0], 1; ld.global.b64 %rd1, [%rd9];", race);
  expectFault("st.global.b64 [%rd0], 1; atom.global.add.u32 %r1, [%rd9], 1;",
              race);
  expectFault("atom.global.add.u32 %r1, [%rd9], 1; ld.global.b32 %r1, [%rd9];",
              race);
}

TEST(PtxFaults, RegistersThatNothingWrote) {
  expectFault("add.s32 %r1, %r2, 1;", "reads %r2, which nothing has written");
  expectFault("@%p1 ret;", "reads %p1, which nothing has written");
  // Written on one way of two.
  expectFault("setp.lt.u32 %p1, %r0, 7; @%p1 bra $L__BB0_1; mov.b32 %r1, 1;"
              "$L__BB0_1: add.s32 %r2, %r1, 1;",
              "reads %r1, which nothing has written (thread 0)");
}

TEST(PtxFaults, BranchesAndShuffles) {
  expectFault("setp.lt.u32 %p1, %r0, 7; @%p1 bra.uni $L__BB0_1;"
              "$L__BB0_1:",
              "parts the threads of a warp");
  expectFault("setp.lt.u32 %p1, %r0, 7; @%p1 bra $L__BB0_1;"
              "shfl.sync.bfly.b32 %r1, %r0, 1, 31, -1; ret;"
              "$L__BB0_1: shfl.sync.bfly.b32 %r1, %r0, 1, 31, -1;",
              "waits for threads that never come");
  expectFault("shfl.sync.bfly.b32 %r1, %r0, 1, 31, 0xFFFF;",
              "is run by other threads than it names (thread 0)");
  expectFault("setp.lt.u32 %p1, %r0, 31; @!%p1 ret;"
              "shfl.sync.bfly.b32 %r1, %r0, 1, 31, -1;",
              "takes from a thread that is not there (thread 30)");
  expectFault("setp.lt.u32 %p1, %r0, 7;"
              "@%p1 shfl.sync.bfly.b32 %r1, %r0, 1, 31, -1;",
              "is run by other threads than it names");
}

TEST(PtxFaults, Launches) {
  uint64_t words[128];
  EXPECT_EQ(runOn(words, sizeof(words), "", 65),
            "k: expects 1 to 64 threads a block, but got 65");
}

TEST(PtxFaults, Texts) {
  expectFault("add.f64 %rd1, %rd2, %rd3;",
              "line 20: unknown instruction 'add.f64'");
  expectFault("add.s32 %r1, %r20, 1;",
              "expects a register or a number, but got '%r20'");
  expectFault("add.s32 %r1, 1;", "expects ',', but got ';'");
  expectFault("ld.global.v2.b32 %r1, [%rd0];", "expects 2 elements");
  expectFault("ld.param.b32 %r1, [k_param_0];",
              "expects a parameter of 4 bytes");
  expectFault("bra $L__BB0_7;", "expects a label $L__BB0_7 in k");
  expectFault("@%r1 ret;", "expects a predicate");
  Program program;
  std::string error;
  EXPECT_FALSE(parse(".version 7.0\n.target sm_80\n.address_size 64\n"
                     ".extern .shared .b8 x[];",
                     program, error));
  EXPECT_EQ(error, "line 4: expects '.visible', but got '.extern': .extern "
                   ".shared .b8 x[];");
}

} // namespace
