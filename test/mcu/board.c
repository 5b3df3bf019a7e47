//===- board.c - Numbers as text ------------------------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "board.h"

void board_print_number(int32_t value) {
  char digits[12];
  char *first = digits + sizeof(digits) - 1;
  uint32_t rest = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
  *first = '\0';
  do {
    *--first = (char)('0' + rest % 10u);
    rest /= 10u;
  } while (rest != 0);
  if (value < 0)
    *--first = '-';
  board_print(first);
}
