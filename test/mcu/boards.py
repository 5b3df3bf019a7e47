#===- boards.py - Build and run programs for emulated Cortex-M boards ------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#

import collections
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
RUNTIME = HERE.parent.parent / "runtime"

Board = collections.namedtuple("Board", "machine triple flags origins")

BOARDS = {
    "cortex-m3": Board(
        "mps2-an385", "thumbv7m-none-eabi", ["-mfloat-abi=soft"], ()
    ),
    "cortex-m4": Board(
        "mps2-an386",
        "thumbv7em-none-eabihf",
        ["-mfpu=fpv4-sp-d16", "-mfloat-abi=hard"],
        (),
    ),
    "cortex-m7": Board(
        "mps2-an500",
        "thumbv7em-none-eabihf",
        ["-mfpu=fpv5-d16", "-mfloat-abi=hard"],
        (),
    ),
    "cortex-m33": Board(
        "mps2-an505",
        "thumbv8m.main-none-eabihf",
        ["-mfpu=fpv5-sp-d16", "-mfloat-abi=hard"],
        ("code_origin=0x10000000", "ram_origin=0x38000000"),
    ),
    "cortex-m55": Board(
        "mps3-an547", "thumbv8.1m.main-none-eabihf", ["-mfloat-abi=hard"], ()
    ),
}

WARNINGS = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]


def compilers(core):
    """Returns the compilers for a core. GCC 12 miscompiles Helium intrinsics."""
    return ["clang"] if core == "cortex-m55" else ["gcc", "clang"]


def command(compiler, core):
    """Returns the command that compiles for a core."""
    board = BOARDS[core]
    flags = [f"-mcpu={core}", *board.flags]
    if compiler == "gcc":
        return ["arm-none-eabi-gcc", "-mthumb", *flags]
    return [
        "clang-22",
        f"--target={board.triple}",
        "-isystem",
        "/usr/include/newlib",
        *flags,
    ]


def build(source, core, compiler, flags, folder):
    """Compiles one source file with the board's start-up code; returns the program."""
    board = BOARDS[core]
    objects = []
    for file, options in ((source, flags), (HERE / "startup.c", ["-O2"])):
        objects.append(folder / (file.stem + ".o"))
        subprocess.run(
            [
                *command(compiler, core),
                *WARNINGS,
                *options,
                f"-I{RUNTIME}",
                "-c",
                file,
                "-o",
                objects[-1],
            ],
            check=True,
        )
    program = folder / "program.elf"
    subprocess.run(
        [
            *command("gcc", core),
            "-nostartfiles",
            "--specs=nosys.specs",
            "-Wl,--no-warn-rwx-segments",
            f"-T{HERE / 'board.ld'}",
            *(f"-Wl,--defsym={origin}" for origin in board.origins),
            *objects,
            "-o",
            program,
        ],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return program


def run(program, core, options=()):
    """Runs a program; returns its exit status and its text."""
    result = subprocess.run(
        [
            "qemu-system-arm",
            "-M",
            BOARDS[core].machine,
            "-nographic",
            "-monitor",
            "none",
            "-serial",
            "none",
            "-semihosting-config",
            "enable=on,target=native",
            "-kernel",
            program,
            *options,
        ],
        stderr=subprocess.PIPE,
        timeout=600,
        text=True,
    )
    return result.returncode, result.stderr
