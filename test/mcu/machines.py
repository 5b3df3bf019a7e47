#===- machines.py - Build and run programs for every target ----------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""What compiles, links and runs programs for the targets of slb-compile:
emulated Cortex-M boards, qemu-user, or this machine. Programs say what they
have to say by board.h, whose functions are in the machine's start-up file."""

import dataclasses
import functools
import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
WARNINGS = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
# Its string.h, which names no architecture, serves all cores without a libc.
NEWLIB = ["-isystem", "/usr/include/newlib"]
BOARD = ["-nographic", "-monitor", "none", "-serial", "none"]
BOARD += ["-semihosting-config", "enable=on,target=native", "-kernel"]


@dataclasses.dataclass
class Machine:
    """`compilers` and `link` are commands to which flags and files are added,
    `emulator` one to which the program is; none where it runs by itself."""

    compilers: dict
    link: list
    emulator: list = dataclasses.field(default_factory=list)
    start: str = "hosted.c"
    cpu_flags: tuple = ()


def board(core, machine, triple, fpu=(), origins=(), with_gcc=True):
    flags = ["-mthumb", f"-mcpu={core}", *fpu]
    gcc = ["arm-none-eabi-gcc", *flags]
    clang = ["clang-22", f"--target={triple}", *NEWLIB, *flags]
    script = [f"-T{HERE / 'board.ld'}", "-Wl,--no-warn-rwx-segments"]
    script += [f"-Wl,--defsym={origin}" for origin in origins]
    return Machine(
        {"gcc": gcc, "clang": clang} if with_gcc else {"clang": clang},
        [*gcc, "-nostartfiles", "--specs=nosys.specs", *script],
        ["qemu-system-arm", "-M", machine, *BOARD],
        "startup.c",
    )


def aarch64(march):
    gcc = ["aarch64-linux-gnu-gcc", march]
    clang = ["clang-22", "--target=aarch64-linux-gnu", march]
    return Machine(
        {"gcc": gcc, "clang": clang}, [*gcc, "-static"], ["qemu-aarch64", "-cpu", "max"]
    )


def riscv32():
    core = ["-march=rv32imc", "-mabi=ilp32"]
    gcc = ["riscv64-unknown-elf-gcc", *NEWLIB, *core]
    clang = ["clang-22", "--target=riscv32-unknown-elf", *NEWLIB, *core]
    return Machine(
        {"gcc": gcc, "clang": clang},
        [*gcc, "-nostdlib", "-Wl,--no-relax"],
        ["qemu-riscv32", "-cpu", "rv32,f=false,d=false"],
        "riscv.c",
    )


def riscv64():
    # GCC 12 has no vectors; it links.
    clang = ["clang-22", "--target=riscv64-linux-gnu", "-march=rv64gcv_zbb"]
    return Machine(
        {"clang": clang},
        ["riscv64-linux-gnu-gcc", "-march=rv64gc", "-static"],
        ["qemu-riscv64", "-cpu", "rv64,zbb=true,v=true,vext_spec=v1.0"],
    )


def native(flags=(), cpu_flags=()):
    gcc = ["gcc", *flags]
    return Machine(
        {"gcc": gcc, "clang": ["clang-22", *flags]}, gcc, cpu_flags=cpu_flags
    )


HARD = ["-mfloat-abi=hard"]
MACHINES = {
    "c99": native(),
    # A board whose core runs its instructions, too: that of QEMU's Cortex-M0 has
    # 16 KB of memory.
    "cortex-m0": board(
        "cortex-m0", "mps2-an385", "thumbv6m-none-eabi", ["-mfloat-abi=soft"]
    ),
    "cortex-m3": board(
        "cortex-m3", "mps2-an385", "thumbv7m-none-eabi", ["-mfloat-abi=soft"]
    ),
    "cortex-m4": board(
        "cortex-m4",
        "mps2-an386",
        "thumbv7em-none-eabihf",
        ["-mfpu=fpv4-sp-d16", *HARD],
    ),
    "cortex-m7": board(
        "cortex-m7", "mps2-an500", "thumbv7em-none-eabihf", ["-mfpu=fpv5-d16", *HARD]
    ),
    "cortex-m33": board(
        "cortex-m33",
        "mps2-an505",
        "thumbv8m.main-none-eabihf",
        ["-mfpu=fpv5-sp-d16", *HARD],
        ("code_origin=0x10000000", "ram_origin=0x38000000"),
    ),
    # GCC 12 miscompiles Helium intrinsics.
    "cortex-m55": board(
        "cortex-m55", "mps3-an547", "thumbv8.1m.main-none-eabihf", HARD, with_gcc=False
    ),
    "aarch64": aarch64("-march=armv8-a"),
    "aarch64+dotprod": aarch64("-march=armv8.2-a+dotprod"),
    "x86-64-v3": native(["-march=x86-64-v3"], ("avx2",)),
    "x86-64-v4": native(
        ["-march=x86-64-v4", "-mavx512vpopcntdq", "-mavx512vnni"],
        ("avx512bw", "avx512_vpopcntdq", "avx512_vnni"),
    ),
    "rv32imc": riscv32(),
    "rv64gcv_zbb": riscv64(),
}


# SLB_HOST_CPU makes a processor look like an older one: what that one lacks, by
# the beginnings of the flags' names, and what tells libraries so.
OLDER = {"x86-64": ("avx", "fma", "bmi"), "x86-64-v2": ("avx", "fma", "bmi"),
         "x86-64-v3": ("avx512",)}
LIBRARIES = {"ATEN_CPU_CAPABILITY": ("default", "avx2"),
             "ONEDNN_MAX_CPU_ISA": ("SSE41", "AVX2"),
             "MKL_ENABLE_INSTRUCTIONS": ("SSE4_2", "AVX2")}


def environment():
    """Returns the variables by which tests see the processor they should."""
    cpu = os.environ.get("SLB_HOST_CPU")
    if not cpu:
        return {}
    level = int(cpu == "x86-64-v3")
    libraries = {name: levels[level] for name, levels in LIBRARIES.items()}
    return {"SLB_HOST_CPU": cpu, **(libraries if cpu in OLDER else {})}


@functools.lru_cache
def processor_flags():
    cpu = pathlib.Path("/proc/cpuinfo")
    flags = cpu.read_text().split() if cpu.exists() else []
    hidden = OLDER.get(os.environ.get("SLB_HOST_CPU"), ())
    return frozenset(flag for flag in flags if not flag.startswith(hidden or "/"))


def missing(target):
    """Returns what this machine lacks to run programs of a target."""
    machine = MACHINES[target]
    commands = [*machine.compilers.values(), machine.link, machine.emulator]
    programs = dict.fromkeys(command[0] for command in commands if command)
    absent = [name for name in programs if not shutil.which(name)]
    return absent + [f for f in machine.cpu_flags if f not in processor_flags()]


def compile_file(target, compiler, source, flags, output):
    """Compiles one source file."""
    command = [*MACHINES[target].compilers[compiler], *WARNINGS, *flags, f"-I{HERE}"]
    subprocess.run([*command, "-c", source, "-o", output], check=True)


def link(target, objects, folder, command=None):
    """Links object files with the machine's start-up code, by another command than
    the machine's if there is one; returns the program."""
    machine = MACHINES[target]
    objects = list(objects)
    for source in (machine.start, "board.c"):
        objects.append(folder / f"{source}.o")
        if objects[-1].exists():
            continue
        # So GCC does not make a call of memcpy of memcpy's own loop.
        flags = ["-O1", "-fno-builtin", "-fno-strict-aliasing"]
        compiler = next(iter(machine.compilers))
        compile_file(target, compiler, HERE / source, flags, objects[-1])
    program = folder / "program"
    command = [*(command or machine.link), *objects, "-lgcc", "-o", program]
    # What linkers write where they succeed is about system calls that newlib
    # lacks and nothing calls.
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(result.stderr)
    return program


def build(target, compiler, source, flags, folder):
    """Compiles and links one source file; returns the program."""
    output = folder / (source.stem + ".o")
    compile_file(target, compiler, source, flags, output)
    return link(target, [output], folder)


def run(target, program, options=()):
    """Runs a program, with options of the emulator; returns its exit status and
    its text."""
    emulator = MACHINES[target].emulator
    result = subprocess.run(
        [*emulator[:1], *options, *emulator[1:], program],
        stderr=subprocess.PIPE,
        timeout=600,
        text=True,
        check=False,
    )
    return result.returncode, result.stderr
