//===- board.h - What an emulated board offers its program ----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_MCU_BOARD_H
#define SLB_TEST_MCU_BOARD_H

#include <stdint.h>

/// Writes text to the emulator's standard error.
void board_print(const char *text);

/// Writes a decimal number to the emulator's standard error.
void board_print_number(int32_t value);

/// Entry point: initializes memory, calls main, and ends the emulator with its
/// result as exit status.
void board_reset(void);

#endif // SLB_TEST_MCU_BOARD_H
