#===- counting.py - Exact instruction counts in QEMU ------------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#

import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


def build_plugin(folder):
    """Builds the counting plugin."""
    plugin = folder / "insn_count.so"
    subprocess.run(
        [
            "cc",
            "-O2",
            "-Wall",
            "-Wextra",
            "-shared",
            "-fPIC",
            "-fvisibility=hidden",
            HERE / "insn_count.c",
            "-o",
            plugin,
        ],
        check=True,
    )
    return plugin


def marker(program):
    """Returns the address of the marker function."""
    symbols = subprocess.run(
        ["arm-none-eabi-nm", program], check=True, capture_output=True, text=True
    ).stdout
    for line in symbols.splitlines():
        fields = line.split()
        if fields[-1] == "mark":
            return int(fields[0], 16)
    raise LookupError("expects the function 'mark' in the program")


def options(plugin, program):
    """Returns QEMU's options that print a line each time `mark` is called."""
    return ["-plugin", f"{plugin},mark={marker(program)}", "-d", "plugin"]


def marks(text):
    """Returns the instructions before each call of `mark`, from QEMU's text."""
    lines = text.splitlines()
    return [int(line.split()[1]) for line in lines if line.startswith("mark")]
