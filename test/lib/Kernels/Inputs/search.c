/*===- search.c - what kernels of searched weights compute
------------------===*\
|*
|* Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

/* Calls the kernels of an object file with pseudo-random logits and prints a
   hash of all that they write. COUNT is the number of values, LOGIT the type
   that logits are stored in. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ROWS = COUNT - 1, BITS = 4, WEIGHTS = 77, STRIDE = 80, WORDS = 3 };

typedef struct {
  void *base, *first;
  int64_t offset, sizes[2], strides[2];
} Matrix;
typedef struct {
  void *base, *first;
  int64_t offset, size, stride;
} Row;

void _mlir_ciface_forward(Matrix *logits, Row *weights, Matrix *planes,
                          int64_t begin, int64_t end, float t);
void _mlir_ciface_backward(Matrix *logits, Row *grad, Matrix *result,
                           int64_t begin, int64_t end, float t);
void _mlir_ciface_step(Matrix *logits, Matrix *momentum, Row *grad,
                       Row *weights, Matrix *planes, Row *flips, int64_t begin,
                       int64_t end, float t, float next, float grad_scale,
                       float rate, float momentum_factor, float decay);

static LOGIT logits[ROWS][STRIDE];
static float momentum[ROWS][STRIDE], result[ROWS][STRIDE];
static float grad[WEIGHTS], weights[WEIGHTS];
static uint32_t planes[BITS][WORDS];
static int32_t flips;
static uint64_t hash = 0xcbf29ce484222325u;

static float get_random(void) {
  static uint32_t state = 1;
  state = state * 1664525u + 1013904223u;
  return (float)(int32_t)state / 2147483648.0f;
}

static void add(const void *data, size_t size) {
  const uint8_t *bytes = data;
  for (size_t i = 0; i < size; ++i)
    hash = (hash ^ bytes[i]) * 0x100000001b3u;
}

/* A float as it is stored, or its upper half. */
static void store(LOGIT *logit, float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  bits >>= 32 - 8 * sizeof *logit;
  memcpy(logit, &bits, sizeof *logit);
}

static Matrix get_matrix(void *data, int64_t rows, int64_t columns,
                         int64_t stride) {
  Matrix matrix = {data, data, 0, {rows, columns}, {stride, 1}};
  return matrix;
}

static Row get_row(void *data, int64_t size) {
  Row row = {data, data, 0, size, 1};
  return row;
}

int main(void) {
  int bits = 1;
  while (1 << bits < COUNT)
    ++bits;
  for (int row = 0; row < ROWS; ++row)
    for (int i = 0; i < WEIGHTS; ++i) {
      store(&logits[row][i], 2 * get_random());
      momentum[row][i] = get_random();
    }
  for (int i = 0; i < WEIGHTS; ++i)
    grad[i] = get_random();
  Matrix a = get_matrix(logits, ROWS, WEIGHTS, STRIDE);
  Matrix m = get_matrix(momentum, ROWS, WEIGHTS, STRIDE);
  Matrix da = get_matrix(result, ROWS, WEIGHTS, STRIDE);
  Matrix p = get_matrix(planes, bits, WORDS, WORDS);
  Row g = get_row(grad, WEIGHTS), w = get_row(weights, WEIGHTS);
  Row f = get_row(&flips, 1);
  for (float t = 1; t < 2000; t *= 6) {
    _mlir_ciface_forward(&a, &w, &p, 0, WEIGHTS, t);
    add(weights, sizeof weights);
    add(planes, sizeof planes);
    _mlir_ciface_backward(&a, &g, &da, 0, WEIGHTS, t);
    add(result, sizeof result);
    _mlir_ciface_step(&a, &m, &g, &w, &p, &f, 0, WEIGHTS, t, 1.5f * t, 0.5f,
                      0.25f, 0.9f, 0.01f);
    add(logits, sizeof logits);
    add(momentum, sizeof momentum);
    add(weights, sizeof weights);
    add(planes, sizeof planes);
    add(&flips, sizeof flips);
  }
  printf("%016" PRIx64 " after %d flips\n", hash, (int)flips);
  return 0;
}
