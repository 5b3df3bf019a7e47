//===- startup.c - Boot and semihosting of the emulated Cortex-M boards ---===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Everything an emulated program needs besides newlib's string functions: the
// vector table, the initialization of .data and .bss, the floating-point and
// vector unit, and text and exit status through Arm semihosting.
//
//===----------------------------------------------------------------------===//

#include "board.h"

// Symbols of board.ld.
extern uint32_t board_stack_top[];
extern uint32_t board_data_load[], board_data_begin[], board_data_end[];
extern uint32_t board_bss_begin[], board_bss_end[];

int main(void);

enum { SYS_WRITE0 = 0x04, SYS_EXIT_EXTENDED = 0x20 };
enum { ADP_STOPPED_APPLICATION_EXIT = 0x20026 };

static void semihost(uint32_t operation, const void *argument) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

void board_print(const char *text) { semihost(SYS_WRITE0, text); }

static void exit_with(uint32_t status) {
  const uint32_t block[2] = {ADP_STOPPED_APPLICATION_EXIT, status};
  for (;;)
    semihost(SYS_EXIT_EXTENDED, block);
}

void board_reset(void) {
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
  // CPACR: full access to coprocessors 10 and 11.
  *(volatile uint32_t *)0xe000ed88u |= 0xfu << 20;
  __asm__ volatile("dsb\n\tisb" ::: "memory");
#endif
  const uint32_t *load = board_data_load;
  for (uint32_t *word = board_data_begin; word != board_data_end; ++word)
    *word = *load++;
  for (uint32_t *word = board_bss_begin; word != board_bss_end; ++word)
    *word = 0;
  exit_with((uint32_t)main());
}

static void board_fault(void) {
  board_print("fault\n");
  exit_with(99);
}

typedef void (*vector)(void);

/// The stack pointer at reset, then the handlers of the system exceptions.
__attribute__((section(".vectors"), used)) static const vector vectors[16] = {
    (vector)(uintptr_t)board_stack_top,
    board_reset,
    board_fault,
    board_fault,
    board_fault,
    board_fault,
    board_fault,
    board_fault,
    0,
    0,
    0,
    board_fault,
    board_fault,
    0,
    board_fault,
    board_fault,
};
