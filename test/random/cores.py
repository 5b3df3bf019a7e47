#!/usr/bin/env python3
#===- cores.py - Random networks on every target --------------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""Draws random networks, compiles them for targets, and runs their self-checks,
which compare with the reference: on emulated boards, in qemu-user, or natively.
A network must be equal everywhere, or be refused by lines for reasons that are
known. Of c99 every network is built by gcc, by clang and with sanitizers; for
other targets the compilers take turns. The seed gives each network a level of
optimization and a standard of C or C++. One program checks many networks.

Needs slb-random-nets on the path."""

import argparse
import collections
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "mcu"))
import machines  # pylint: disable=wrong-import-position

# Networks that are drawn, compiled and run together.
BATCH = 60
# Bytes of object files in a program: what the smallest board's memory takes.
PROGRAM_BYTES = 440 << 10
LEVELS = ("-O0", "-O1", "-O2", "-O3", "-Os")
# Compilers take designated initializers there, but are not silent about it.
CXX = ("-x", "c++", "-std=c++17", "-fno-exceptions", "-Wno-pedantic")
STANDARDS = (("-std=c99",), ("-std=c99",), ("-std=c2x",), CXX)
WARNINGS = [flag for flag in machines.WARNINGS if not flag.startswith("-std")]
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]

# Why a legal network may be refused. Everything else is a failure.
REASONS = {
    "an activation in a list": "expects a result in a range or odd set .*list<",
    "a quantizer of a scale a channel": "expects a result in a range or odd set .*axis =",
    "a quantizer of floats": "the value of a low-bit layer, or a sum, average or",
    "weights apart from bytes": "expects a filter of at most 8 bits",
    "a layer's input wider than 16 bits": "expects an input of at most 16 bits",
    "a layer's input of a scale a channel": "expects one scale for all of an activation",
    "a set without zero behind a relu": "expects a result from 0 behind a relu",
    # TOSA folds a pool of one pixel, and what cut its image is left.
    "a slice by itself": "'tensor.extract_slice' op is not supported",
    "scales too far apart": "expects scales of a ratio below",
    "sums beyond int32": "may (overflow|not fit|exceed) int32",
}


@dataclasses.dataclass
class Network:
    """One line of slb-random-nets."""

    name: str
    description: str
    errors: str = ""
    crash: str = ""
    refused: str = None

    @property
    def seed(self):
        return int(self.name.removeprefix("net"))


@dataclasses.dataclass
class Compiler:
    name: str
    command: list
    levels: tuple = LEVELS
    is_sanitized: bool = False

    def flags(self, network):
        """Level and standard of a network."""
        level = self.levels[network.seed % len(self.levels)]
        standard = STANDARDS[network.seed // len(LEVELS) % len(STANDARDS)]
        if self.is_sanitized:
            # Sanitized code takes four times as long to optimize.
            level = "-O1" if network.seed % 16 == 0 else "-O0"
        more = ()
        if "gcc" in self.command[0]:
            # GCC 12 warns of overflow in loops over floats that end long before.
            more = ("-Wno-aggressive-loop-optimizations",)
            if len(self.command) > 1 and standard == CXX:
                standard = STANDARDS[0]  # Cross compilers come without C++.
        elif standard == CXX:
            more = ("-Wno-c++20-designator",)
        return (level, *more, *standard)


def list_compilers(target):
    # At -O3 clang 22 gives Helium's conversions of fixed point a register for the
    # position of the point, which they cannot take.
    levels = tuple(l for l in LEVELS if target != "cortex-m55" or l != "-O3")
    commands = machines.MACHINES[target].compilers
    found = [Compiler(name, command, levels) for name, command in commands.items()]
    if target == "c99":
        sanitized = [*commands["clang"], *SANITIZERS]
        found.append(Compiler("sanitizers", sanitized, is_sanitized=True))
    return found


def assign(target, networks):
    """Yields compilers with the networks that they build."""
    compilers = list_compilers(target)
    for i, compiler in enumerate(compilers):
        if target == "c99":
            yield compiler, networks
        else:
            # The levels' turn has passed once until it is the next compiler's.
            step = len(LEVELS) * len(STANDARDS)
            mine = [n for n in networks if (n.seed // step + n.seed) % len(compilers) == i]
            yield compiler, mine


class Build:
    """The networks of one compiler in one folder."""

    def __init__(self, target, compiler, folder):
        self.target, self.compiler = target, compiler
        self.sources = folder / target
        self.folder = self.sources / compiler.name
        self.folder.mkdir(exist_ok=True)
        self.wrong = {}  # Name to message.

    def command(self, flags, sources):
        return [*self.compiler.command, *WARNINGS, *flags, f"-I{machines.HERE}",
                f"-I{self.sources}", "-c", *sources]

    def compile_all(self, networks):
        """Compiles with one command all that have the same flags."""
        groups = collections.defaultdict(list)
        for network in networks:
            groups[self.compiler.flags(network)].append(network)
        for flags, group in groups.items():
            if len(group) > 1 and self.compile(flags, group).returncode == 0:
                continue
            for network in group:
                result = self.compile(flags, [network])
                if result.returncode:
                    self.wrong[network.name] = " ".join(flags) + "\n" + result.stderr

    def compile(self, flags, networks):
        sources = [self.sources / f"{network.name}.c" for network in networks]
        return subprocess.run(self.command(flags, sources), cwd=self.folder,
                              capture_output=True, text=True, check=False)

    def form_programs(self, networks):
        """Returns lists of networks that fit into one program each."""
        programs, size = [[]], 0
        for network in networks:
            if network.name in self.wrong:
                continue
            bytes_ = (self.folder / f"{network.name}.o").stat().st_size
            size += bytes_
            if programs[-1] and size > PROGRAM_BYTES and self.target != "c99":
                programs.append([])
                size = bytes_
            programs[-1].append(network)
        return [program for program in programs if program]

    def run(self, networks):
        """Checks the networks of one program; one by one if it fails."""
        names = [network.name for network in networks]
        main = self.folder / "main.c"
        write_main(names, main, shares_arena=self.target != "c99")
        try:
            subprocess.run(self.command(["-std=c99"], [main]), cwd=self.folder, check=True)
            objects = [self.folder / f"{name}.o" for name in [*names, "main"]]
            link = self.compiler.command if self.compiler.is_sanitized else None
            program = machines.link(self.target, objects, self.folder, link)
            status, text = machines.run(self.target, program)
        except (subprocess.SubprocessError, RuntimeError) as error:
            status, text = 1, str(error)
        if status == 0:
            self.wrong |= dict.fromkeys(text.split(), "differs from the reference")
        elif len(networks) == 1:
            self.wrong[names[0]] = f"ends with {status}: {text.strip()}"
        else:
            for network in networks:
                self.run([network])


def write_main(names, path, shares_arena):
    """Writes a main function that prints the names of networks that differ."""
    arenas = [f"uint64_t {name}[{name.upper()}_ARENA_BYTES / 8 + 1];" for name in names]
    if shares_arena:
        declarations = "static union {\n" + "\n".join(arenas) + "\n} arena;\n"
    else:  # Apart, sanitizers see what lies between them.
        declarations = "".join(f"static {arena}\n" for arena in arenas)
    checks = ""
    for name in names:
        arena = f"arena.{name}" if shares_arena else name
        checks += (f"  memset({arena}, 0x5a, sizeof {arena});\n"
                   f'  if ({name}_self_check({arena}) != 0)\n    board_print("{name} ");\n')
    includes = "".join(f'#include "{name}.h"\n' for name in names)
    path.write_text(f"{includes}#include <board.h>\n#include <string.h>\n{declarations}"
                    f"int main(void) {{\n{checks}  return 0;\n}}\n")


def compile_networks(first, count, targets, folder):
    """Has the networks drawn and compiled to C; returns them."""
    command = ["slb-random-nets", f"--first={first}", f"--count={count}",
               f"--output-dir={folder}", *[f"--target={target}" for target in targets]]
    lines = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [Network(**json.loads(line)) for line in lines.splitlines()]


def find_fault(network):
    """Returns what is wrong with a network that was not compiled, or nothing."""
    if network.crash:
        return f"crashes slb-compile: {network.crash}"
    lines = [line for line in network.errors.splitlines() if ": error: " in line]
    if not lines:
        return f"is refused without an error: {network.errors}"
    for line in lines:
        if not any(re.search(reason, line) for reason in REASONS.values()):
            return f"is refused for no known reason: {line}"
    return None


def shorten(message):
    """Leaves out what linkers and sanitizers add to their errors."""
    lines = [line for line in message.splitlines() if " warning: " not in line]
    return "\n".join(lines[:6])[:600]


class Tally:
    """What became of the networks of all targets."""

    def __init__(self):
        self.equal = collections.Counter()
        self.refused = collections.Counter()
        self.faults = 0

    def add_fault(self, network, place, message):
        self.faults += 1
        print(f"seed {network.seed} {place}: {shorten(message)}\n  ({network.description})",
              flush=True)

    def add_refused(self, network):
        fault = find_fault(network)
        if fault:
            self.add_fault(network, network.refused or "all targets", fault)
            return
        for name, reason in REASONS.items():
            if re.search(reason, network.errors):
                self.refused[name] += 1
                return

    def print(self):
        for name, count in self.refused.most_common():
            print(f"{count} networks refused: {name}")
        for target, count in self.equal.items():
            print(f"{target}: {count} networks equal")
        print(f"{self.faults} faults")


def check_batch(first, count, targets, tally):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        networks = compile_networks(first, count, targets, folder)
        for network in networks:
            if network.crash or network.refused is not None:
                tally.add_refused(network)
        compiled = [n for n in networks if not n.crash and n.refused is None]
        for target in targets:
            wrong = {}
            for compiler, mine in assign(target, compiled):
                build = Build(target, compiler, folder)
                build.compile_all(mine)
                for program in build.form_programs(mine):
                    build.run(program)
                wrong |= {name: f"{target} {compiler.name}: {message}"
                          for name, message in build.wrong.items()}
            for network in compiled:
                if network.name in wrong:
                    tally.add_fault(network, "", wrong[network.name])
            tally.equal[target] += len(compiled) - len(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=10, help="networks a target")
    parser.add_argument("--jobs", type=int, default=1, help="batches at a time")
    parser.add_argument("targets", nargs="*", default=list(machines.MACHINES))
    arguments = parser.parse_args()
    targets = []
    for target in arguments.targets:
        if missing := machines.missing(target):
            print(f"{target}: not checked, as there is no {', '.join(missing)}")
        else:
            targets.append(target)
    tally = Tally()
    end = arguments.first + arguments.count
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        batches = [pool.submit(check_batch, first, min(BATCH, end - first), targets, tally)
                   for first in range(arguments.first, end, BATCH)]
        for batch in batches:
            batch.result()
    tally.print()
    seconds = sum(os.times()[2:4]) / max(arguments.count, 1)
    print(f"{seconds:.2f} seconds of processor time a network")
    return 1 if tally.faults else 0


sys.exit(main())
