//===- count_plugin.c - QEMU plugin that counts instructions --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Prints "<mark> <instructions so far>" each time the instruction at an address
// given by mark=ADDRESS is reached. Declares what it uses of version 1 of
// QEMU's plugin interface, as distributions ship no header.
//
//===----------------------------------------------------------------------===//

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef uint64_t qemu_plugin_id_t;
typedef void (*TranslationCallback)(qemu_plugin_id_t, struct qemu_plugin_tb *);
typedef void (*ExecutionCallback)(unsigned, void *);

extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t,
                                                  TranslationCallback);
extern void
qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *, int,
                                           void *, uint64_t);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *,
                                                   ExecutionCallback, int,
                                                   void *);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *
qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
extern void qemu_plugin_outs(const char *);

EXPORT int qemu_plugin_version = 1;

static uint64_t instructions;
static uint64_t marks[8];
static int markCount;

static void printMark(unsigned cpu, void *address) {
  char line[64];
  (void)cpu;
  snprintf(line, sizeof line, "%#llx %llu\n",
           (unsigned long long)(uintptr_t)address,
           (unsigned long long)instructions);
  qemu_plugin_outs(line);
}

static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb *block) {
  (void)id;
  for (size_t i = 0; i < qemu_plugin_tb_n_insns(block); ++i) {
    struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(block, i);
    const uint64_t address = qemu_plugin_insn_vaddr(insn);
    for (int k = 0; k < markCount; ++k)
      if (marks[k] == address)
        qemu_plugin_register_vcpu_insn_exec_cb(insn, printMark, 0,
                                               (void *)(uintptr_t)address);
    qemu_plugin_register_vcpu_insn_exec_inline(insn, 0, &instructions, 1);
  }
}

EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc,
                               char **argv) {
  (void)info;
  for (int i = 0; i < argc; ++i)
    if (strncmp(argv[i], "mark=", 5) == 0 && markCount < 8)
      marks[markCount++] = strtoull(argv[i] + 5, NULL, 0);
  qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
  return 0;
}
