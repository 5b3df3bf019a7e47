//===- riscv.c - Start and text of RISC-V programs without a libc ---------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// For qemu-user, which loads the program, sets the stack pointer and answers
// Linux's system calls. The functions on memory are those that compilers call.
//
//===----------------------------------------------------------------------===//

#include "board.h"

#include <string.h>

enum { SYS_WRITE = 64, SYS_EXIT_GROUP = 94, STANDARD_ERROR = 2 };

int main(void);
void _start(void);

static void call_system(long number, long first, const void *second,
                        size_t third) {
  register long a0 __asm__("a0") = first;
  register const void *a1 __asm__("a1") = second;
  register size_t a2 __asm__("a2") = third;
  register long a7 __asm__("a7") = number;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
}

void board_print(const char *text) {
  size_t length = 0;
  while (text[length] != '\0')
    ++length;
  call_system(SYS_WRITE, STANDARD_ERROR, text, length);
}

void _start(void) {
  const int status = main();
  for (;;)
    call_system(SYS_EXIT_GROUP, status, 0, 0);
}

/// Copies words where both are aligned, as such cores have no other loads.
void *memcpy(void *restrict target, const void *restrict source, size_t size) {
  unsigned char *to = target;
  const unsigned char *from = source;
  if ((((uintptr_t)to | (uintptr_t)from) & 3u) == 0)
    for (; size >= 4; size -= 4, to += 4, from += 4)
      *(uint32_t *)(void *)to = *(const uint32_t *)(const void *)from;
  for (; size != 0; --size)
    *to++ = *from++;
  return target;
}

void *memset(void *target, int value, size_t size) {
  unsigned char *to = target;
  const uint32_t word = 0x01010101u * (unsigned char)value;
  for (; size != 0 && ((uintptr_t)to & 3u) != 0; --size)
    *to++ = (unsigned char)value;
  for (; size >= 4; size -= 4, to += 4)
    *(uint32_t *)(void *)to = word;
  for (; size != 0; --size)
    *to++ = (unsigned char)value;
  return target;
}

int memcmp(const void *left, const void *right, size_t size) {
  const unsigned char *a = left;
  const unsigned char *b = right;
  for (; size != 0; --size, ++a, ++b)
    if (*a != *b)
      return *a - *b;
  return 0;
}
