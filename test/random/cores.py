#!/usr/bin/env python3
#===- cores.py - Random networks on every target --------------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""Compiles random networks for targets and runs the self-checks, which compare
with the reference bit for bit: on emulated boards, in qemu-user, or natively.
The target's compilers take turns; one program checks many networks.

Needs slb-compile and slb-random-nets on the path."""

import argparse
import concurrent.futures
import pathlib
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "mcu"))
import machines  # pylint: disable=wrong-import-position

# Bytes of object files in a program: what the smallest board's memory takes.
PROGRAM_BYTES = 440 << 10


def compile_network(target, compiler, model, folder):
    """Returns the network's object file, or nothing."""
    source = folder / f"{model.stem}.c"
    command = ["slb-compile", model, "-o", source, f"--target={target}"]
    flags = ["-O2"]
    if compiler == "gcc":
        # GCC 12 warns of overflow in loops over floats that end long before.
        flags.append("-Wno-aggressive-loop-optimizations")
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        machines.compile_file(target, compiler, source, flags, source.with_suffix(".o"))
    except subprocess.CalledProcessError:
        return None
    return source.with_suffix(".o")


def form_programs(objects):
    """Returns lists of objects that fit into one program each."""
    programs, size = [[]], 0
    for item in objects:
        size += item.stat().st_size
        if programs[-1] and size > PROGRAM_BYTES:
            programs.append([])
            size = item.stat().st_size
        programs[-1].append(item)
    return programs


def write_main(names, path):
    """Writes a main function that prints the names of networks that differ."""
    includes = "".join(f'#include "{name}.h"\n' for name in names)
    arenas = "".join(
        f"  uint64_t {name}[({name.upper()}_ARENA_BYTES + 7) / 8];\n" for name in names
    )
    checks = "".join(
        f'  if ({name}_self_check(&arena) != 0)\n    board_print("{name} ");\n'
        for name in names
    )
    path.write_text(
        f"{includes}#include <board.h>\n"
        f"static union {{\n{arenas}}} arena;\n"
        f"int main(void) {{\n{checks}  return 0;\n}}\n"
    )


def find_failures(target, compiler, objects, folder):
    """Returns the names of networks whose results differ in one program."""
    names = [item.stem for item in objects]
    main = folder / "main.c"
    write_main(names, main)
    machines.compile_file(target, compiler, main, [], main.with_suffix(".o"))
    program = machines.link(target, [*objects, main.with_suffix(".o")], folder)
    status, text = machines.run(target, program)
    if status == 0:
        return text.split()
    return [f"a program of {' '.join(names)} that ends with {status} {text.strip()}"]


def check(target, models):
    """Prints how many of the networks are equal on a target; returns if all are."""
    missing = machines.missing(target)
    if missing:
        print(f"{target}: not checked, as there is no {', '.join(missing)}")
        return True
    compilers = list(machines.MACHINES[target].compilers)
    wrong = []
    for i, compiler in enumerate(compilers):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            mine = models[i :: len(compilers)]
            objects = [compile_network(target, compiler, m, folder) for m in mine]
            failed = [m.stem for m, item in zip(mine, objects) if not item]
            for program in form_programs([item for item in objects if item]):
                failed += find_failures(target, compiler, program, folder)
        wrong += [f"{compiler}: {item}" for item in failed]
    for item in wrong:
        print(f"{target}: differs or does not build with {item}")
    print(f"{target}: {len(models) - len(wrong)} networks equal, {len(wrong)} not",
          flush=True)
    return not wrong


def check_all(arguments, folder):
    models = sorted(folder.glob("*.mlir"))
    if not models:
        sys.exit(f"cores.py: expects networks, *.mlir, in '{folder}', but got none")
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        return all(list(pool.map(lambda target: check(target, models), arguments.targets)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=pathlib.Path, help="folder of networks that "
                        "slb-random-nets --models-only wrote, instead of new ones")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=10, help="networks a target")
    parser.add_argument("--jobs", type=int, default=1, help="targets at a time")
    parser.add_argument("targets", nargs="*", default=list(machines.MACHINES))
    arguments = parser.parse_args()
    if arguments.models:
        return 0 if check_all(arguments, arguments.models) else 1
    with tempfile.TemporaryDirectory() as folder:
        counts = [f"--first={arguments.first}", f"--count={arguments.count}"]
        command = ["slb-random-nets", "--models-only", f"--keep={folder}"]
        subprocess.run([*command, *counts], check=True)
        return 0 if check_all(arguments, pathlib.Path(folder)) else 1


sys.exit(main())
