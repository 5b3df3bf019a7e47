#!/usr/bin/env python3
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures one convolution layer, 14x14x256 -> 256, 3x3, pad 1.

AArch64 and RISC-V: instructions, counted in qemu-user by count_plugin.c.
x86-64: processor seconds of one thread, in one run with oneDNN's int8
convolution restricted to the same instruction set; ratio is how many times as
fast as that oneDNN is.

Prints a table and writes JSON records, one a line.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
MACS = 14 * 14 * 256 * 256 * 9
WARNINGS = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", f"-I{ROOT}"]
VNNI = ["-march=x86-64-v4", "-mavx512vpopcntdq", "-mavx512vnni"]

# target: (compilers, flags, emulator)
CROSS = {
    "aarch64": ([["aarch64-linux-gnu-gcc"], ["clang-22", "--target=aarch64-linux-gnu"]],
                ["-march=armv8-a", "-static"], ["qemu-aarch64"]),
    "aarch64+dotprod": ([["aarch64-linux-gnu-gcc"], ["clang-22", "--target=aarch64-linux-gnu"]],
                        ["-march=armv8.2-a+dotprod", "-static"], ["qemu-aarch64"]),
    "rv64gc_zbb": ([["riscv64-linux-gnu-gcc"]], ["-march=rv64gc_zbb", "-static"],
                   ["qemu-riscv64", "-cpu", "rv64,zbb=true"]),
}
# target: (flags, DNNL_MAX_CPU_ISA, processor flags it needs)
NATIVE = {
    "x86-64-v3": (["-march=x86-64-v3"], "AVX2", {"avx2"}),
    "x86-64-v4": (VNNI, "AVX512_CORE_VNNI", {"avx512_vpopcntdq", "avx512_vnni"}),
}


def run(command, **options):
    return subprocess.run([str(x) for x in command], check=True, text=True,
                          capture_output=True, **options)


def make_record(target, fields, compiler, level, **measured):
    core, weight_bits, activation_bits, strategy = fields
    return {"target": target, "core": core, "layer": "14x14x256-256-3x3",
            "strategy": strategy, "weight_bits": int(weight_bits),
            "activation_bits": int(activation_bits), "compiler": f"{compiler} {level}",
            "macs": MACS, **measured}


def count(target, compiler, level, folder):
    """Yields a record for each kind of the layer, with instructions."""
    _, flags, emulator = CROSS[target]
    plugin, program = folder / "libcount.so", folder / "count"
    if not plugin.exists():
        run(["gcc", "-O2", "-shared", "-fPIC", "-fvisibility=hidden",
             HERE / "count_plugin.c", "-o", plugin])
    run([*compiler, *WARNINGS, level, *flags, HERE / "Layer.c", HERE / "count.c",
         "-o", program])
    symbols = run(["nm", program]).stdout.splitlines()
    mark = next(s.split()[0] for s in symbols if s.endswith(" markLayer"))
    done = run([emulator[0], "-plugin", f"{plugin},mark=0x{mark}", "-d", "plugin",
                *emulator[1:], program])
    marks = [int(line.split()[1]) for line in done.stderr.splitlines()]
    for i, line in enumerate(done.stdout.splitlines()):
        instructions = marks[2 * i + 1] - marks[2 * i]
        yield make_record(target, line.split(";"), compiler[0], level,
                          instructions=instructions,
                          instructions_per_mac=instructions / MACS,
                          macs_per_instruction=MACS / instructions)


def time(target, compiler, level, folder, rounds):
    """Yields a record for oneDNN, then one for each kind of the layer, with seconds."""
    flags, isa, _ = NATIVE[target]
    layer, program = folder / "Layer.o", folder / "time"
    run([*compiler, *WARNINGS, level, *flags, "-c", HERE / "Layer.c", "-o", layer])
    run(["g++", "-std=c++17", "-O2", f"-I{ROOT}", HERE / "time.cpp", layer, "-ldnnl",
         "-o", program])
    environment = dict(os.environ, DNNL_MAX_CPU_ISA=isa, OMP_NUM_THREADS="1")
    lines = run([program, rounds], env=environment).stdout.splitlines()
    peer = float(lines[0].split(";")[4])
    for line in lines:
        *fields, seconds = line.split(";")
        yield make_record(target, fields, compiler[0], level, seconds=float(seconds),
                          ratio=peer / float(seconds))


def measure(arguments, folder):
    for target, (compilers, _, emulator) in CROSS.items():
        for compiler in compilers:
            if not shutil.which(compiler[0]) or not shutil.which(emulator[0]):
                print(f"{target}: {compiler[0]} or {emulator[0]} is missing, left out",
                      file=sys.stderr)
                continue
            yield from count(target, compiler, arguments.level, folder)
    cpu = pathlib.Path("/proc/cpuinfo").read_text().split()
    for target, (_, _, needs) in NATIVE.items():
        if not needs <= set(cpu) or not pathlib.Path("/usr/include/dnnl.hpp").exists():
            print(f"{target}: this processor or oneDNN is missing, left out",
                  file=sys.stderr)
            continue
        for compiler in (["gcc"], ["clang-22"]):
            yield from time(target, compiler, arguments.level, folder, arguments.rounds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--output", default="edge-host.jsonl", help="JSON records")
    parser.add_argument("--level", default="-O2", help="optimization level")
    parser.add_argument("--rounds", default="51", help="rounds of timed layers")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open(arguments.output, "w") as output:
        for record in measure(arguments, pathlib.Path(folder)):
            output.write(json.dumps(record) + "\n")
            value = (f"{record['macs_per_instruction']:8.2f} MAC/instruction"
                     if "instructions" in record else
                     f"{MACS / record['seconds'] * 1e-9:8.1f} GMAC/s {record['ratio']:5.2f}x")
            print(f"{record['target']:16} W{record['weight_bits']}A{record['activation_bits']} "
                  f"{record['compiler']:26} {record['strategy']:34} {value}")


if __name__ == "__main__":
    main()
