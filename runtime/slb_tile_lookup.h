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

/// Words of weights whose tables are in memory at a time, words of an entry,
/// and words from one entry of a table to the next: the tables are interleaved,
/// [16][8 * SLB_SLICE][4], so that a load with a small offset reaches each.
enum {
  SLB_SLICE = 2,
  SLB_ENTRY_WORDS = 4,
  SLB_ENTRY_STEP = 8 * SLB_SLICE * SLB_ENTRY_WORDS
};

/// Sets the lanes of `rows` entries to `value`.
static inline void slb_set_lanes(uint32_t *lanes, int32_t rows,
                                 uint32_t value) {
  SLB_FENCE(value); // A call of memset would take longer.
  for (; rows > 0; --rows, lanes += SLB_ENTRY_WORDS)
    lanes[0] = value, lanes[1] = value, lanes[2] = value, lanes[3] = value;
}

/// Stores words q and q + 1 of four entries of a table, a and b plus the sums
/// of the subsets of x0, x1 and of y0, y1, and moves `table` behind them. The
/// table's entry 0 is zero for good, and not stored.
static inline uint32_t *slb_store_sums(uint32_t x0, uint32_t y0, uint32_t x1,
                                       uint32_t y1, uint32_t a, uint32_t b,
                                       int empty, uint32_t *table) {
  if (!empty) {
    table[0] = a;
    table[1] = b;
  }
  table[SLB_ENTRY_STEP] = x0 + a;
  table[SLB_ENTRY_STEP + 1] = y0 + b;
  table[2 * SLB_ENTRY_STEP] = x1 + a;
  table[2 * SLB_ENTRY_STEP + 1] = y1 + b;
  table[3 * SLB_ENTRY_STEP] = x0 + x1 + a;
  table[3 * SLB_ENTRY_STEP + 1] = y0 + y1 + b;
  table += 4 * SLB_ENTRY_STEP;
  SLB_OPAQUE(table);
  return table;
}

// Adds to s0 to s3 the entry of table 8 * word + n that nibble n of w selects.
#if defined(__thumb2__)
// Eight instructions, which compilers do not find by themselves.
#define SLB_LOOKUP(word, n, w)                                                 \
  __asm__("ubfx %[e], %[bits], %[bit], #4\n\t"                                 \
          "add %[e], %[all], %[e], lsl #8\n\t"                                 \
          "ldrd %[x], %[y], [%[e], %[first]]\n\t"                              \
          "add %[a], %[x]\n\t"                                                 \
          "add %[b], %[y]\n\t"                                                 \
          "ldrd %[x], %[y], [%[e], %[second]]\n\t"                             \
          "add %[c], %[x]\n\t"                                                 \
          "add %[d], %[y]"                                                     \
          : [a] "+r"(s0), [b] "+r"(s1), [c] "+r"(s2), [d] "+r"(s3),            \
            [e] "=&r"(e), [x] "=&r"(x), [y] "=&r"(y)                           \
          : [bits] "r"(w), [all] "r"(tables), [bit] "I"(4 * (n)),              \
            [first] "I"(16 * (8 * (word) + (n))),                              \
            [second] "I"(16 * (8 * (word) + (n)) + 8),                         \
            "m"(*(const uint32_t (*)[16 * SLB_ENTRY_STEP]) tables))
#else
#define SLB_LOOKUP(word, n, w)                                                 \
  do {                                                                         \
    e = (((w) >> (4 * (n))) & 15u) * SLB_ENTRY_STEP +                          \
        (8 * (word) + (n)) * SLB_ENTRY_WORDS;                                  \
    x = tables[e];                                                             \
    y = tables[e + 1];                                                         \
    s0 += x;                                                                   \
    s1 += y;                                                                   \
    x = tables[e + 2];                                                         \
    y = tables[e + 3];                                                         \
    s2 += x;                                                                   \
    s3 += y;                                                                   \
  } while (0)
#endif

// Adds to s0 to s3 the entries that the eight nibbles of a word of a slice
// select.
#define SLB_LOOKUP_WORD(word, w)                                               \
  do {                                                                         \
    SLB_LOOKUP(word, 0, w);                                                    \
    SLB_LOOKUP(word, 1, w);                                                    \
    SLB_LOOKUP(word, 2, w);                                                    \
    SLB_LOOKUP(word, 3, w);                                                    \
    SLB_LOOKUP(word, 4, w);                                                    \
    SLB_LOOKUP(word, 5, w);                                                    \
    SLB_LOOKUP(word, 6, w);                                                    \
    SLB_LOOKUP(word, 7, w);                                                    \
  } while (0)

/// slb_lookup_rows with a constant `first`.
SLB_INLINE void slb_lookup_slice(const uint32_t *tables,
                                 const uint32_t *weights, int32_t words,
                                 int32_t step, int32_t rows, int first,
                                 uint32_t bias, uint32_t *lanes) {
  uint32_t e, x, y;
  SLB_OPAQUE(tables);
  if (words == SLB_SLICE) {
    for (; rows > 0; --rows, lanes += SLB_ENTRY_WORDS, weights += step) {
      uint32_t s0 = first ? bias : lanes[0];
      uint32_t s1 = first ? bias : lanes[1];
      uint32_t s2 = first ? bias : lanes[2];
      uint32_t s3 = first ? bias : lanes[3];
      const uint32_t w = weights[0];
      const uint32_t next = weights[1];
      SLB_LOOKUP_WORD(0, w);
      SLB_LOOKUP_WORD(1, next);
      lanes[0] = s0, lanes[1] = s1, lanes[2] = s2, lanes[3] = s3;
    }
    return;
  }
  for (; rows > 0; --rows, lanes += SLB_ENTRY_WORDS, weights += step) {
    uint32_t s0 = first ? bias : lanes[0];
    uint32_t s1 = first ? bias : lanes[1];
    uint32_t s2 = first ? bias : lanes[2];
    uint32_t s3 = first ? bias : lanes[3];
    const uint32_t w = weights[0];
    SLB_LOOKUP_WORD(0, w);
    lanes[0] = s0, lanes[1] = s1, lanes[2] = s2, lanes[3] = s3;
  }
}

/// Adds the entries that the `words` <= SLB_SLICE words of each of `rows` rows
/// of weights select to the rows' lanes [rows][4], or to the bias if the slice
/// is the first of a block. `weights` points at the slice's words of row 0; a
/// row is `step` words long.
static void slb_lookup_rows(const uint32_t *tables, const uint32_t *weights,
                            int32_t words, int32_t step, int32_t rows,
                            int first, uint32_t bias, uint32_t *lanes) {
  if (first)
    slb_lookup_slice(tables, weights, words, step, rows, 1, bias, lanes);
  else
    slb_lookup_slice(tables, weights, words, step, rows, 0, bias, lanes);
}

/// Adds all inputs of a slice, entry 15 of each table, to the lanes of `total`.
static void slb_total_slice(const uint32_t *tables, int32_t groups,
                            uint32_t *total) {
  const uint32_t *entry = tables + 15 * SLB_ENTRY_STEP;
  uint32_t s0 = total[0], s1 = total[1], s2 = total[2], s3 = total[3];
  for (; groups > 0; --groups, entry += SLB_ENTRY_WORDS)
    s0 += entry[0], s1 += entry[1], s2 += entry[2], s3 += entry[3];
  total[0] = s0, total[1] = s1, total[2] = s2, total[3] = s3;
}

#endif // SLB_TILE_LOOKUP_H
