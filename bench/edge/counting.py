#===- counting.py - Exact instruction counts of models in QEMU --------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#

import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent.parent / "test" / "mcu"))

import machines  # noqa: E402

# The plugin counts up to each call of `mark`: before and after each layer, for
# each vector of the self-check.
MAIN = """#include "net.h"

void mark(void);
__attribute__((noinline)) void mark(void) { __asm__ volatile("" ::: "memory"); }

void net_layer_begin(int32_t index, const char *name, const void *output,
                     size_t bytes) {
  (void)index, (void)name, (void)output, (void)bytes;
  mark();
}

void net_layer_end(int32_t index, const char *name, const void *output,
                   size_t bytes) {
  (void)index, (void)name, (void)output, (void)bytes;
  mark();
}

int main(void) {
  static uint64_t arena[(NET_ARENA_BYTES + 7) / 8];
  return net_self_check(arena) != 0;
}
"""


def build_plugin(folder):
    plugin = folder / "insn_count.so"
    flags = ["-O2", "-Wall", "-Wextra", "-shared", "-fPIC", "-fvisibility=hidden"]
    subprocess.run(["cc", *flags, HERE / "insn_count.c", "-o", plugin], check=True)
    return plugin


def read_symbols(program):
    """Yields address, size and name of a program's functions."""
    lines = subprocess.run(
        ["llvm-nm-22", "--print-size", program], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    for fields in map(str.split, lines):
        if len(fields) == 4 and fields[2] in "tT":
            yield int(fields[0], 16), int(fields[1], 16), fields[3]


def generate(model, target, folder, name="net", options=()):
    """Generates C for a target; returns slb-compile's report."""
    command = ["slb-compile", model, f"--target={target}", "-o", folder / f"{name}.c"]
    command += [f"--report={folder / 'report.json'}", *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return json.loads((folder / "report.json").read_text())


def count(plugin, target, compiler, level, folder):
    """Builds what generate() wrote with hooks; returns the instructions of each
    layer."""
    (folder / "main.c").write_text(MAIN)
    objects = []
    for name in ("net", "main"):
        objects.append(folder / f"{name}.o")
        machines.compile_file(target, compiler, folder / f"{name}.c", [level], objects[-1])
    program = machines.link(target, objects, folder)
    marker = next(a for a, _, name in read_symbols(program) if name == "mark")
    options = ["-plugin", f"{plugin},mark={marker & ~1}", "-d", "plugin"]
    status, text = machines.run(target, program, options)
    if status != 0:
        raise RuntimeError(f"{target}: expects the reference's bits, but got: {text}")
    marks = [int(line.split()[1]) for line in text.splitlines()]
    return [after - before for before, after in zip(marks[::2], marks[1::2])]


def measure_code(target, compiler, folder):
    """Returns the bytes of the functions of the network without hooks, at -O2."""
    item = folder / "plain.o"
    machines.compile_file(target, compiler, folder / "plain.c", ["-O2"], item)
    return sum(size for _, size, name in read_symbols(item)
               if not name.startswith("plain_self_check"))


def measure(plugin, model, target, folder):
    """Yields, for each compiler, its name with the best level, the report with
    the instructions of each layer, and their sum."""
    generate(model, target, folder, name="plain")
    report = generate(model, target, folder, options=["--profile"])
    layers = len(report["layers"])
    for compiler in machines.MACHINES[target].compilers:
        best = None
        for level in ("-O2", "-O3"):
            counts = count(plugin, target, compiler, level, folder)
            total = sum(counts[:layers])
            if best is None or total < best["instructions"]:
                named = [dict(layer, instructions=instructions) for layer, instructions
                         in zip(report["layers"], counts)]
                best = dict(report, compiler=f"{compiler} {level}", layers=named,
                            instructions=total,
                            code_bytes=measure_code(target, compiler, folder))
        yield best
