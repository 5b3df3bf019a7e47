//===- TileKernels.h - The tile kernels of the core compiled for ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Names the vector kernels of the core that the compiler targets, for programs
// that compare or time them.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_TILEKERNELS_H
#define SLB_TEST_TILEKERNELS_H

// What the kernel of bytes needs for n patches of R values.
#if defined(__AVX2__)
#define TILE_BYTES_SCRATCH(n, r) ((n) * (((r) + 31) / 32 * 64))
#else
#define TILE_BYTES_SCRATCH(n, r) (((n) + 1) * (((r) + 31) / 32 * 32))
#endif

// What the kernel of bytes by bits needs for n patches of R values, rounded up
// to TILE_GROUP.
#if defined(__AVX512VPOPCNTDQ__)
#define TILE_U8_SCRATCH(n, r) (((n) * 2 + 4) * (r))
#elif defined(__riscv)
#define TILE_U8_SCRATCH(n, r) ((n) * (r) + 4 * (n))
#else
#define TILE_U8_SCRATCH(n, r) (((n) + 4) * (r) + 4 * (n))
#endif

#if defined(__AVX512VPOPCNTDQ__)
#include "runtime/avx2/slb_threshold_bits_avx2.h"
#include "runtime/avx512/slb_conv2d_bits_bits_avx512.h"
#include "runtime/avx512/slb_conv2d_bits_bytes_avx512.h"
#include "runtime/avx512/slb_conv2d_u8_bits_avx512.h"
#include "runtime/x86/slb_conv2d_bytes_s8_x86.h"
#define TILE_BITS_BITS slb_conv2d_bits_bits_avx512
#define TILE_BITS_BYTES slb_conv2d_bits_bytes_avx512
#define TILE_U8_BITS slb_conv2d_u8_bits_avx512
#define TILE_BYTES_S8 slb_conv2d_bytes_s8_x86
#define TILE_THRESHOLD_BITS slb_threshold_bits_avx2
enum { TILE_VECTOR_WORDS = 16, TILE_SLOTS = 1, TILE_GROUP = 64 };
#elif defined(__AVX2__)
#include "runtime/avx2/slb_conv2d_bits_bits_avx2.h"
#include "runtime/avx2/slb_conv2d_bits_bytes_avx2.h"
#include "runtime/avx2/slb_conv2d_u8_bits_avx2.h"
#include "runtime/avx2/slb_threshold_bits_avx2.h"
#include "runtime/x86/slb_conv2d_bytes_s8_x86.h"
#define TILE_BITS_BITS slb_conv2d_bits_bits_avx2
#define TILE_BITS_BYTES slb_conv2d_bits_bytes_avx2
#define TILE_U8_BITS slb_conv2d_u8_bits_avx2
#define TILE_BYTES_S8 slb_conv2d_bytes_s8_x86
#define TILE_THRESHOLD_BITS slb_threshold_bits_avx2
enum { TILE_VECTOR_WORDS = 8, TILE_SLOTS = 2, TILE_GROUP = 32 };
#elif defined(__aarch64__)
#include "runtime/neon/slb_conv2d_bits_bits_neon.h"
#include "runtime/neon/slb_conv2d_bits_bytes_neon.h"
#include "runtime/neon/slb_conv2d_bytes_s8_neon.h"
#include "runtime/neon/slb_conv2d_u8_bits_neon.h"
#include "runtime/neon/slb_threshold_bits_neon.h"
#define TILE_BITS_BITS slb_conv2d_bits_bits_neon
#define TILE_BITS_BYTES slb_conv2d_bits_bytes_neon
#define TILE_U8_BITS slb_conv2d_u8_bits_neon
#define TILE_BYTES_S8 slb_conv2d_bytes_s8_neon
#define TILE_THRESHOLD_BITS slb_threshold_bits_neon
enum { TILE_VECTOR_WORDS = 8, TILE_SLOTS = 1, TILE_GROUP = 32 };
#elif defined(TILE_ZBB)
#include "runtime/c99/slb_threshold_bits.h"
#include "runtime/riscv/slb_conv2d_bits_bits_zbb.h"
#define TILE_BITS_BITS slb_conv2d_bits_bits_zbb
#define TILE_THRESHOLD_BITS slb_threshold_bits
enum { TILE_VECTOR_WORDS = 2, TILE_SLOTS = 1 };
#else
#include "runtime/c99/slb_threshold_bits.h"
#include "runtime/riscv/slb_conv2d_bits_bits_rvv.h"
#include "runtime/riscv/slb_conv2d_bits_bytes_rvv.h"
#include "runtime/riscv/slb_conv2d_u8_bits_rvv.h"
#define TILE_BITS_BITS slb_conv2d_bits_bits_rvv
#define TILE_BITS_BYTES slb_conv2d_bits_bytes_rvv
#define TILE_U8_BITS slb_conv2d_u8_bits_rvv
#define TILE_THRESHOLD_BITS slb_threshold_bits
enum { TILE_VECTOR_WORDS = 1, TILE_SLOTS = 1, TILE_GROUP = 32 };
#endif

#endif // SLB_TEST_TILEKERNELS_H
