//===- insn_count.c - QEMU plugin that counts executed instructions -------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Prints how many instructions were executed before each call of a marker
// function:
//   qemu-system-arm ... -plugin ./insn_count.so,mark=0x1234 -d plugin
// where 0x1234 is the marker's first instruction. The count of a region is the
// difference between the markers around it. An instruction that a predicate
// or a condition turns off counts too, as it takes its slot on the core.
//
// The declarations are those of the emulator's plugin interface, version 1,
// whose header distributions do not ship.
//
//===----------------------------------------------------------------------===//

#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_info_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };
enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };

typedef void (*tb_callback)(qemu_plugin_id_t, struct qemu_plugin_tb *);
typedef void (*insn_callback)(unsigned int cpu, void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, tb_callback);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *,
                                                 size_t index);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *,
                                            insn_callback,
                                            enum qemu_plugin_cb_flags,
                                            void *data);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *,
                                                enum qemu_plugin_op,
                                                void *counter, uint64_t value);
void qemu_plugin_outs(const char *text);

#define EXPORT __attribute__((visibility("default")))

EXPORT int qemu_plugin_version = 1;

static uint64_t executed;
static uint64_t marker;

static void print_count(unsigned int cpu, void *data) {
  (void)cpu;
  (void)data;
  char line[32];
  snprintf(line, sizeof(line), "mark %" PRIu64 "\n", executed);
  qemu_plugin_outs(line);
}

/// Instruments a block of code when the emulator translates it.
static void instrument(qemu_plugin_id_t id, struct qemu_plugin_tb *block) {
  (void)id;
  const size_t count = qemu_plugin_tb_n_insns(block);
  for (size_t i = 0; i < count; ++i) {
    struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(block, i);
    if (qemu_plugin_insn_vaddr(insn) == marker)
      qemu_plugin_register_vcpu_insn_exec_cb(insn, print_count,
                                             QEMU_PLUGIN_CB_NO_REGS, NULL);
    qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64,
                                               &executed, 1);
  }
}

EXPORT int qemu_plugin_install(qemu_plugin_id_t id,
                               const struct qemu_info_t *info, int argc,
                               char **argv) {
  (void)info;
  if (argc != 1 || strncmp(argv[0], "mark=", 5) != 0) {
    fprintf(stderr, "insn_count: expects mark=<address>\n");
    return 1;
  }
  marker = strtoull(argv[0] + 5, NULL, 0);
  qemu_plugin_register_vcpu_tb_trans_cb(id, instrument);
  return 0;
}
