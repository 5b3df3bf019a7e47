#!/usr/bin/env python3
#===- standards.py - Generated C at every level and standard ---------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""Compiles the C of networks for every target, by every compiler of it, at every
level of optimization, as every standard of C, and as C++: no compiler has
anything to say. --all takes every level with every standard, else each level
once and each standard once.

Needs slb-compile on the path."""

import argparse
import concurrent.futures
import itertools
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import machines

LEVELS = ("-O0", "-Og", "-O1", "-Os", "-O2", "-O3")
STANDARDS = ("-std=c99", "-std=c11", "-std=c17", "-std=c2x", "-std=c++17")
WARNINGS = [flag for flag in machines.WARNINGS if not flag.startswith("-std")]
# C++ before 2020 has designated initializers as extensions, on which compilers
# remark if asked to be pedantic; GCC 12's own header of AVX-512 warns as C++.
CXX_WARNINGS = ["-Wall", "-Wextra", "-Werror", "-Wno-uninitialized"]


def get_commands(target, compiler, everything):
    """Yields the compiler's command with each choice of flags."""
    command = machines.MACHINES[target].compilers[compiler]
    pairs = itertools.product(LEVELS, STANDARDS)
    if not everything:
        pairs = [(level, "-std=c99") for level in LEVELS]
        pairs += [("-O2", standard) for standard in STANDARDS[1:]]
    for level, standard in pairs:
        if "++" not in standard:
            yield [*command, *WARNINGS, level, standard]
            continue
        cxx = get_cxx(command[0])
        if shutil.which(cxx):
            yield [cxx, *command[1:], *CXX_WARNINGS, level, standard, "-x", "c++"]


def get_cxx(compiler):
    """Returns the C++ compiler beside a C compiler."""
    return compiler.replace("gcc", "g++").replace("clang", "clang++")


def compile_network(command, source, folder):
    """Returns what the compiler says, or nothing."""
    result = subprocess.run([*command, "-c", source, "-o", os.devnull], cwd=folder,
                            capture_output=True, text=True, check=False)
    if result.returncode == 0 and not result.stderr:
        return ""
    return " ".join(map(str, [*command, source])) + "\n" + result.stderr


def write_networks(models, targets, folder):
    """Compiles each model for each target; yields target and C file."""
    for target, model in itertools.product(targets, models):
        source = folder / target / (model.stem + ".c")
        source.parent.mkdir(exist_ok=True)
        subprocess.run(["slb-compile", model, f"--target={target}", "-o", source],
                       stdout=subprocess.DEVNULL, check=True)
        yield target, source


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+", type=pathlib.Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--target", action="append", choices=machines.MACHINES)
    options = parser.parse_args()
    targets = options.target or [
        target for target, machine in machines.MACHINES.items()
        if all(shutil.which(command[0]) for command in machine.compilers.values())]
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(compile_network, command, source, folder)
                for target, source in write_networks(options.models, targets,
                                                     pathlib.Path(folder))
                for compiler in machines.MACHINES[target].compilers
                for command in get_commands(target, compiler, options.all)]
        said = [text for job in jobs if (text := job.result())]
    print(f"{len(jobs)} compilations for {len(targets)} targets, "
          f"{len(said)} with something to say")
    sys.exit("\n".join(said) or 0)


if __name__ == "__main__":
    main()
