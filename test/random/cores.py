#!/usr/bin/env python3
#===- cores.py - Random networks on every target --------------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""Compiles random networks for targets and runs each one's self-check, which
compares with the reference: on emulated boards, in qemu-user, or natively.

Needs slb-compile and slb-random-nets on the path."""

import argparse
import pathlib
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "mcu"))
import boards  # pylint: disable=wrong-import-position

# How to compile for a target that is no board, and what runs the program.
HOSTS = {
    "c99": ([["gcc"], ["clang-22"]], []),
    "x86-64-v3": (
        [["gcc", "-march=x86-64-v3"], ["clang-22", "-march=x86-64-v3"]],
        [],
    ),
    "x86-64-v4": (
        [
            [compiler, "-march=x86-64-v4", "-mavx512vpopcntdq", "-mavx512vnni"]
            for compiler in ("gcc", "clang-22")
        ],
        [],
    ),
    "aarch64": (
        [
            ["aarch64-linux-gnu-gcc", "-march=armv8-a"],
            ["clang-22", "--target=aarch64-linux-gnu", "-march=armv8-a"],
        ],
        ["qemu-aarch64"],
    ),
    "aarch64+dotprod": (
        [
            ["aarch64-linux-gnu-gcc", "-march=armv8.2-a+dotprod"],
            ["clang-22", "--target=aarch64-linux-gnu", "-march=armv8.2-a+dotprod"],
        ],
        ["qemu-aarch64"],
    ),
    "rv64gcv_zbb": (
        [["riscv64-linux-gnu-gcc", "-march=rv64gc_zbb"]],
        ["qemu-riscv64", "-cpu", "rv64,zbb=true"],
    ),
}

MAIN = """#include "net.c"

int main(void) { return net_self_check() != 0; }
"""


def run_on_board(core, main, folder):
    """Returns what is wrong, or nothing."""
    for compiler in boards.compilers(core):
        # GCC 12 warns of overflow in loops over floats that end long before.
        flags = ["-O2"]
        if compiler == "gcc":
            flags.append("-Wno-aggressive-loop-optimizations")
        try:
            program = boards.build(main, core, compiler, flags, folder)
        except subprocess.CalledProcessError:
            return f"{compiler} does not build it"
        status, text = boards.run(program, core)
        if status != 0:
            return f"built by {compiler} it ends with {status} {text.strip()}"
    return None


def run_on_host(target, main, folder):
    compilers, emulator = HOSTS[target]
    for compiler in compilers:
        program = folder / "program"
        command = [*compiler, *boards.WARNINGS, "-O2", "-static", main]
        if subprocess.run([*command, "-o", program], check=False).returncode:
            return f"{compiler[0]} does not build it"
        status = subprocess.run([*emulator, program], check=False).returncode
        if status != 0:
            return f"built by {compiler[0]} it ends with {status}"
    return None


def check(model, target):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        command = ["slb-compile", model, "-o", folder / "net.c", "--name=net"]
        options = [f"--target={target}", "--self-check", "--static-arena"]
        if subprocess.run(
            [*command, *options], stdout=subprocess.DEVNULL, check=False
        ).returncode:
            return "slb-compile fails"
        main = folder / "main.c"
        main.write_text(MAIN)
        run = run_on_board if target in boards.BOARDS else run_on_host
        return run(target, main, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=10, help="networks a target")
    parser.add_argument("targets", nargs="*", default=[*boards.BOARDS, *HOSTS])
    arguments = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        counts = [f"--first={arguments.first}", f"--count={arguments.count}"]
        subprocess.run(
            ["slb-random-nets", "--models-only", f"--keep={folder}", *counts],
            check=True,
        )
        models = sorted(pathlib.Path(folder).glob("*.mlir"))
        for target in arguments.targets:
            wrong = 0
            for model in models:
                problem = check(model, target)
                if problem:
                    wrong += 1
                    print(f"{target} {model.stem}: {problem}", flush=True)
            failures += wrong
            print(f"{target}: {len(models) - wrong} networks equal, {wrong} not",
                  flush=True)
    return 1 if failures else 0


sys.exit(main())
