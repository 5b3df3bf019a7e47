//===- slb_opaque.h - Hints for compilers of small cores ------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_OPAQUE_H
#define SLB_OPAQUE_H

// These keep the compiler from folding an offset into a pointer, so that the
// offsets of the accesses through it stay in the range of double-word loads and
// stores; and from computing what comes from a value before all that is stored
// above, so that the registers suffice.
#if defined(__arm__)
#define SLB_OPAQUE(pointer) __asm__("" : "+r"(pointer))
#define SLB_FENCE(value) __asm__ volatile("" : "+r"(value))
#else
#define SLB_OPAQUE(pointer) ((void)(pointer))
#define SLB_FENCE(value) ((void)(value))
#endif

/// For functions that several layers call: one copy is small, and as fast.
#define SLB_NOINLINE __attribute__((noinline))

/// For functions whose constant arguments make the difference.
#define SLB_INLINE __attribute__((always_inline)) static inline

#endif // SLB_OPAQUE_H
