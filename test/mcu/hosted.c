//===- hosted.c - Text of programs that have an operating system ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "board.h"

#include <stdio.h>

void board_print(const char *text) { fputs(text, stderr); }
