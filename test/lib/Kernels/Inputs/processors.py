#===- processors.py - Host kernels for many processors ---------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""processors.py FOLDER: compiles the kernels of searched weights for processors
with and without FMA, masks and bfloat16, and runs those that this machine can
run, by itself or in an emulator. None may need a library but for fmaf, which a
host has, and all must compute the same bits."""

import pathlib
import platform
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[2] / "mcu"))
import machines  # pylint: disable=wrong-import-position

# Triple and processor for LLVM, and the machine that runs programs for it.
X86, ARM = "x86_64-linux-gnu", "aarch64-linux-gnu"
PLAIN = "c99" if platform.machine() == "x86_64" else None
PROCESSORS = [
    (X86, "x86-64", PLAIN),
    (X86, "x86-64-v3", "x86-64-v3"),
    (X86, "x86-64-v4", "x86-64-v4"),
    (X86, "cooperlake", None),
    (ARM, "generic", "aarch64"),
    (ARM, "neoverse-v1", "aarch64"),
]
KERNELS = [(2, "f32"), (3, "bf16"), (8, "bf16")]
ALLOWED = {"fmaf"}


def find_undefined(item):
    command = ["llvm-nm", "--undefined-only", "--just-symbol-name", item]
    return set(subprocess.check_output(command, text=True).split())


def run(machine, item, count, logits, program):
    """Returns what the kernels compute."""
    target = machines.MACHINES[machine]
    types = {"f32": "float", "bf16": "uint16_t"}
    flags = [f"-DCOUNT={count}", f"-DLOGIT={types[logits]}", "-O1", "-Wall", "-Werror"]
    command = [*target.link, *flags, HERE / "search.c", item, "-lm", "-o", program]
    subprocess.run(command, check=True)
    return subprocess.check_output([*target.emulator, program], text=True)


def check(count, logits, folder):
    """Returns the results of the machines that are here."""
    results = {}
    for triple, cpu, machine in PROCESSORS:
        item = folder / f"{cpu}-{count}-{logits}.o"
        command = ["slb-search-object", str(count), triple, cpu, logits]
        item.write_bytes(subprocess.check_output(command))
        undefined = find_undefined(item) - ALLOWED
        assert not undefined, f"{item} needs {undefined}"
        if machine and not machines.missing(machine):
            results[cpu] = run(machine, item, count, logits, item.with_suffix(""))
    return results


ran = set()
for kernels in KERNELS:
    found = check(*kernels, pathlib.Path(sys.argv[1]))
    assert len(set(found.values())) <= 1, f"{kernels}: {found}"
    ran |= set(found)
print("equal on", *sorted(ran))
