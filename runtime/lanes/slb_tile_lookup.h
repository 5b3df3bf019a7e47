//===- slb_tile_lookup.h - Table lookup with packed pixels ----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_LOOKUP_H
#define SLB_TILE_LOOKUP_H

#include "slb_opaque.h"

#include <stdint.h>

// An entry packs one number for each of 8 or 16 pixels into lanes of 16 or 8
// bits of four words. Lanes never overflow, so that one addition of two words
// adds their lanes. A table holds the 16 subset sums of four inputs; eight
// tables serve one word of weights. One lookup then stands for 4 * 8 or 4 * 16
// multiplications of activations with a plane of the weights.

/// Words of weights whose tables are in memory at a time, words of an entry, of
/// a table, and of all of them.
enum {
  SLB_SLICE = 2,
  SLB_ENTRY_WORDS = 4,
  SLB_TABLE_WORDS = 16 * SLB_ENTRY_WORDS,
  SLB_TABLES_WORDS = 8 * SLB_SLICE * SLB_TABLE_WORDS
};

/// Sets an entry's lanes to `value`.
static inline void slb_set_lanes(uint32_t *lanes, uint32_t value) {
  SLB_FENCE(value); // A call of memset would take longer.
  lanes[0] = value, lanes[1] = value, lanes[2] = value, lanes[3] = value;
}

/// Sets entry 0 of all tables, the sum of no inputs, for good.
static void slb_clear_tables(uint32_t *tables) {
  for (int32_t i = 0; i < SLB_TABLES_WORDS; i += SLB_TABLE_WORDS)
    slb_set_lanes(tables + i, 0);
}

// Stores words 0 and 1 of an entry.
#if defined(__thumb2__)
// One instruction, which GCC does not find.
#define SLB_STORE_PAIR(x, y, entry)                                            \
  __asm__ volatile("strd %0, %1, [%2, %3]"                                     \
                   :                                                           \
                   : "r"(x), "r"(y), "r"(table),                               \
                     "i"(4 * SLB_ENTRY_WORDS * (entry))                        \
                   : "memory")
#else
#define SLB_STORE_PAIR(x, y, entry)                                            \
  (table[(entry) * SLB_ENTRY_WORDS] = (x),                                     \
   table[(entry) * SLB_ENTRY_WORDS + 1] = (y))
#endif

/// Stores words 0 and 1 of entries 1 to 15 of a table, the sums of the subsets
/// of four numbers x_i and of four numbers y_i.
SLB_INLINE void slb_store_subsets(uint32_t x0, uint32_t x1, uint32_t x2,
                                  uint32_t x3, uint32_t y0, uint32_t y1,
                                  uint32_t y2, uint32_t y3, uint32_t *table) {
  const uint32_t x01 = x0 + x1;
  const uint32_t y01 = y0 + y1;
  SLB_STORE_PAIR(x0, y0, 1);
  SLB_STORE_PAIR(x1, y1, 2);
  SLB_STORE_PAIR(x01, y01, 3);
  SLB_STORE_PAIR(x2, y2, 4);
  SLB_STORE_PAIR(x0 + x2, y0 + y2, 5);
  SLB_STORE_PAIR(x1 + x2, y1 + y2, 6);
  SLB_STORE_PAIR(x01 + x2, y01 + y2, 7);
  SLB_STORE_PAIR(x3, y3, 8);
  SLB_STORE_PAIR(x0 + x3, y0 + y3, 9);
  SLB_STORE_PAIR(x1 + x3, y1 + y3, 10);
  SLB_STORE_PAIR(x01 + x3, y01 + y3, 11);
  x2 += x3;
  y2 += y3;
  SLB_STORE_PAIR(x2, y2, 12);
  SLB_STORE_PAIR(x0 + x2, y0 + y2, 13);
  SLB_STORE_PAIR(x1 + x2, y1 + y2, 14);
  SLB_STORE_PAIR(x01 + x2, y01 + y2, 15);
}

// SLB_LOOKUP_HALF and SLB_LOOKUP_WORD add to s0 to s3 the entries that 16 or 32
// bits of w select of the tables from `at` on. They may change w, and the
// second one moves `at` to the last four of its tables.
#if defined(__thumb2__)
// Compilers would take more registers and instructions.
#define SLB_ADD_ENTRY(select, first, second)                                   \
  select "ldrd %[x], %[y], [%[e], #" first "]\n\t"                             \
         "add %[a], %[x]\n\t"                                                  \
         "add %[b], %[y]\n\t"                                                  \
         "ldrd %[x], %[y], [%[e], #" second "]\n\t"                            \
         "add %[c], %[x]\n\t"                                                  \
         "add %[d], %[y]\n\t"
#define SLB_ADD_ENTRIES(select0, select1, select2, select3)                    \
  SLB_ADD_ENTRY(select0, "0", "8")                                             \
  SLB_ADD_ENTRY(select1, "256", "264")                                         \
  SLB_ADD_ENTRY(select2, "512", "520")                                         \
  SLB_ADD_ENTRY(select3, "768", "776")
#if defined(__ARM_FEATURE_DSP)
// Even and odd groups of four bits as 16 * n, one in each byte.
#define SLB_SPLIT                                                              \
  "and %[odd], %[w], #0xf0f0f0f0\n\t"                                          \
  "lsl %[w], %[w], #4\n\t"                                                     \
  "and %[w], %[w], #0xf0f0f0f0\n\t"
#define SLB_SELECT(bits, byte) "uxtab %[e], %[at], %[" bits "]" byte "\n\t"
#define SLB_ADD_LOW                                                            \
  SLB_ADD_ENTRIES(SLB_SELECT("w", ""), SLB_SELECT("odd", ""),                  \
                  SLB_SELECT("w", ", ror #8"), SLB_SELECT("odd", ", ror #8"))
#define SLB_ADD_HIGH                                                           \
  SLB_ADD_ENTRIES(                                                             \
      SLB_SELECT("w", ", ror #16"), SLB_SELECT("odd", ", ror #16"),            \
      SLB_SELECT("w", ", ror #24"), SLB_SELECT("odd", ", ror #24"))
#else
#define SLB_SPLIT
#define SLB_SELECT(bit)                                                        \
  "ubfx %[e], %[w], #" bit ", #4\n\t"                                          \
  "add %[e], %[at], %[e], lsl #4\n\t"
#define SLB_ADD_LOW                                                            \
  SLB_ADD_ENTRIES(SLB_SELECT("0"), SLB_SELECT("4"), SLB_SELECT("8"),           \
                  SLB_SELECT("12"))
#define SLB_ADD_HIGH                                                           \
  SLB_ADD_ENTRIES(SLB_SELECT("16"), SLB_SELECT("20"), SLB_SELECT("24"),        \
                  SLB_SELECT("28"))
#endif
#define SLB_LOOKUP(text, w)                                                    \
  do {                                                                         \
    uint32_t odd, e, x, y;                                                     \
    __asm__(text                                                               \
            : [a] "+r"(s0), [b] "+r"(s1), [c] "+r"(s2), [d] "+r"(s3),          \
              [at] "+r"(at), [w] "+r"(w), [odd] "=&r"(odd), [e] "=&r"(e),      \
              [x] "=&r"(x), [y] "=&r"(y)                                       \
            : "m"(*(const uint32_t (*)[8 * SLB_TABLE_WORDS]) at));             \
  } while (0)
#define SLB_LOOKUP_HALF(w) SLB_LOOKUP(SLB_SPLIT SLB_ADD_LOW, w)
#define SLB_LOOKUP_WORD(w)                                                     \
  SLB_LOOKUP(SLB_SPLIT SLB_ADD_LOW "add %[at], #1024\n\t" SLB_ADD_HIGH, w)
#else
#define SLB_LOOKUP_HALF(w)                                                     \
  do {                                                                         \
    const uint32_t *entry = at;                                                \
    _Pragma("GCC unroll 4") for (int32_t n = 0; n < 4; ++n) {                  \
      const uint32_t *x = entry + (w & 15u) * SLB_ENTRY_WORDS;                 \
      s0 += x[0], s1 += x[1], s2 += x[2], s3 += x[3];                          \
      entry += SLB_TABLE_WORDS;                                                \
      w >>= 4;                                                                 \
    }                                                                          \
  } while (0)
#define SLB_LOOKUP_WORD(w)                                                     \
  do {                                                                         \
    SLB_LOOKUP_HALF(w);                                                        \
    at += 4 * SLB_TABLE_WORDS;                                                 \
    SLB_LOOKUP_HALF(w);                                                        \
  } while (0)
#endif

/// Weights of a slice: row r has words weights[r * step] and
/// weights[r * step + next]; and its lanes, which `lane_step` words separate.
typedef struct slb_slice {
  const uint32_t *weights;
  int32_t next, step, rows, lane_step;
} slb_slice;

/// slb_lookup_rows with a constant number of words. What is added to begins at
/// `from` and goes on by from_step.
SLB_INLINE void slb_lookup_slice(const uint32_t *tables, const slb_slice *slice,
                                 int32_t words, const uint32_t *from,
                                 int32_t from_step, uint32_t *lanes) {
  const uint32_t *weights = slice->weights;
  const int32_t next = slice->next;
  const uint32_t *at = tables;
  for (int32_t rows = slice->rows; rows > 0; --rows) {
    uint32_t s0 = from[0], s1 = from[1], s2 = from[2], s3 = from[3];
    uint32_t w = weights[0];
    SLB_LOOKUP_WORD(w);
    if (words == SLB_SLICE) {
      w = weights[next];
      at += 4 * SLB_TABLE_WORDS;
      SLB_LOOKUP_WORD(w);
    }
    at -= (8 * words - 4) * SLB_TABLE_WORDS;
    lanes[0] = s0, lanes[1] = s1, lanes[2] = s2, lanes[3] = s3;
    from += from_step;
    lanes += slice->lane_step;
    weights += slice->step;
  }
}

/// Adds the entries that the `words` <= SLB_SLICE words of each row of a slice
/// of weights select to the rows' lanes, or to the bias if the slice is the
/// first of a block.
SLB_NOINLINE static void slb_lookup_rows(const uint32_t *tables,
                                         const slb_slice *slice, int32_t words,
                                         int first, uint32_t bias,
                                         uint32_t *lanes) {
  const uint32_t start[SLB_ENTRY_WORDS] = {bias, bias, bias, bias};
  const uint32_t *from = first ? start : lanes;
  const int32_t from_step = first ? 0 : slice->lane_step;
  if (words == SLB_SLICE)
    slb_lookup_slice(tables, slice, SLB_SLICE, from, from_step, lanes);
  else
    slb_lookup_slice(tables, slice, 1, from, from_step, lanes);
}

/// Adds all inputs of a slice, entry 15 of each table, to the lanes of `total`.
static void slb_total_slice(const uint32_t *tables, int32_t groups,
                            uint32_t *total) {
  const uint32_t *entry = tables + 15 * SLB_ENTRY_WORDS;
  uint32_t s0 = total[0], s1 = total[1], s2 = total[2], s3 = total[3];
  for (; groups > 0; --groups, entry += SLB_TABLE_WORDS)
    s0 += entry[0], s1 += entry[1], s2 += entry[2], s3 += entry[3];
  total[0] = s0, total[1] = s1, total[2] = s2, total[3] = s3;
}

#endif // SLB_TILE_LOOKUP_H
