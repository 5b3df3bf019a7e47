#===- timing.py - Time generated layers against oneDNN on x86 ---------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#

import importlib.util
import os
import pathlib
import subprocess
import sys

import counting
import models
from counting import machines

HERE = pathlib.Path(__file__).resolve().parent
ROUNDS = 51
# What DNNL_MAX_CPU_ISA restricts oneDNN to.
ISAS = {"x86-64-v3": "AVX2", "x86-64-v4": "AVX512_CORE_VNNI"}
HEADERS = [pathlib.Path(p, "oneapi/dnnl/dnnl.hpp") for p in
           ("/usr/include", "/usr/local/include")]


def missing(target):
    """Returns what this machine lacks to time a target."""
    found = any(header.exists() for header in HEADERS)
    return machines.missing(target) + ([] if found else ["oneDNN (libdnnl-dev)"])


def write_layers(names, path):
    """Writes the networks, each with buffers of its own, for time.cpp."""
    side, inputs, outputs, _, _ = models.LAYERS["wide"]
    assert inputs == outputs
    text = "".join(f'#include "{name}.h"\n' for name in names)
    text += f"enum {{ LayerSize = {side}, LayerChannels = {inputs} }};\n"
    for name in names:
        prefix = name.upper()
        text += (f"static uint64_t {name}_arena[({prefix}_ARENA_BYTES + 7) / 8];\n"
                 f"static {prefix}_INPUT_TYPE {name}_in[{prefix}_INPUT_SIZE];\n"
                 f"static {prefix}_OUTPUT_TYPE {name}_out[{prefix}_OUTPUT_SIZE];\n")
    text += "static const Network networks[] = {\n"
    for name in names:
        text += (f'    {{"{name}", {name}_in, sizeof {name}_in,\n'
                 f"     [] {{ {name}_run({name}_in, {name}_out, {name}_arena); }}}},\n")
    path.write_text(text + "};\n")


def build(target, compiler, level, names, folder):
    """Builds the networks with one compiler, and time.cpp around them."""
    write_layers(names, folder / "layers.h")
    objects = []
    for name in names:
        objects.append(folder / f"{name}.o")
        machines.compile_file(target, compiler, folder / f"{name}.c", [level], objects[-1])
    command = ["g++", "-std=c++17", "-O2", f"-I{folder}", HERE / "time.cpp", *objects]
    subprocess.run([*command, "-ldnnl", "-o", folder / "time"], check=True)
    return folder / "time"


def time_onnxruntime(target):
    """Returns name and seconds of onnxruntime's convolution, where Python has it.
    It takes the best instructions that the processor has, so it stands beside the
    largest target only."""
    modules = ("onnx", "onnxruntime")
    if target != "x86-64-v4" or not all(map(importlib.util.find_spec, modules)):
        return []
    side, channels, *_ = models.LAYERS["wide"]
    command = [sys.executable, HERE / "onnxruntime_peer.py", side, channels, ROUNDS]
    line = subprocess.run(list(map(str, command)), check=True, capture_output=True,
                          text=True).stdout
    version, seconds = line.split(";")
    return [(f"onnxruntime {version}", float(seconds))]


def measure(target, paths, folder, level="-O2"):
    """Times one-layer models on one thread. Yields, for each compiler, its name,
    the seconds of oneDNN, and a tuple for each peer and each model: products, bits of
    weights and activations, strategy, seconds."""
    known = {}
    for path in paths:
        (layer,) = counting.generate(path, target, folder, name=path.stem)["layers"]
        fields = ("macs", "weight_bits", "activation_bits", "strategy")
        known[path.stem] = tuple(layer[field] for field in fields)
    environment = dict(os.environ, DNNL_MAX_CPU_ISA=ISAS[target], OMP_NUM_THREADS="1")
    for compiler in machines.MACHINES[target].compilers:
        program = build(target, compiler, level, list(known), folder)
        lines = subprocess.run([program, str(ROUNDS)], env=environment, check=True,
                               capture_output=True, text=True).stdout.splitlines()
        (onednn, seconds), *ours = (line.split(";") for line in lines)
        macs, *_ = next(iter(known.values()))
        peers = [(f"oneDNN {onednn}", float(seconds)), *time_onnxruntime(target)]
        times = [(macs, 8, 8, name, each) for name, each in peers]
        times += [(*known[name], float(each)) for name, each in ours]
        yield f"{compiler} {level}", float(seconds), times
