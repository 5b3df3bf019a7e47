# RUN: python3 %s %S/Inputs/self-check.c %t
#===- value-sets.py - Networks that use a value set everywhere -------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""For each kind of value set, a network that has it as input, output, activation,
residual, and in every operation between layers: its C finds nothing to differ,
and the sanitizers nothing to say.
"""

import pathlib
import subprocess
import sys

CC = ["clang-22", "-std=c99", "-O0", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror",
      "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]

# A set of each storage, at its limits.
SETS = {
    "sign": "odd<1>", "odd2": "odd<2>", "odd3": "odd<3>", "odd4": "odd<4>",
    "planes": "range<0:7>", "ragged": "range<0:2>", "shifted": "range<3:10>",
    "ternary": "range<-1:1>", "s4": "range<-8:7>", "powers": "list<-4, -1, 0, 1, 2, 8>",
    "zero_point": "range<-77:178>", "negative": "range<-255:0>", "adc": "range<0:4095>",
    "s16": "range<-300:500>", "wide": "list<-1000, 0, 1000>"}
INT32 = "!slb.lowbit<range<-2147483648:2147483647>>"
LINEAR = 3 * 3 * 5


def weights(shape, values, seed):
    """Codes below `values` that look random."""
    if not shape:
        return str((seed * 7919 + 13) % 101 % values)
    return "[" + ", ".join(weights(shape[1:], values, seed * 31 + i) for i in range(shape[0])) + "]"


def network(kind):
    """Results: sums of convolutions and of a pool, the set by thresholds, by a
    multiplier with a residual and by floats, floats, and what is only moved."""
    text, types, results = [], [], []
    image, vector = "tensor<1x3x3x5x!s>", f"tensor<1x{LINEAR}x!s>"

    def layer(name, op, operands, attributes, result):
        text.append(f"  %{name} = {op} {attributes} : {operands} -> {result}")

    def returned(name, result):
        results.append("%" + name)
        types.append(result)

    def conv(name, weight, values, result, epilogue, epilogue_types, attributes=""):
        filters = f"tensor<4x3x3x5x{weight}>"
        codes = weights([4, 3, 3, 5], values, len(name))
        text.append(f"  %{name}_w = slb.constant dense<{codes}> : tensor<4x3x3x5xi8> : {filters}")
        layer(name, f"slb.integer_conv2d %x, %{name}_w {epilogue}", f"({image}, {filters}, {epilogue_types})",
              f"{{pads = array<i64: 1, 0, 2, 0>, layer = \"{name}\"{attributes}}}", result)
        returned(name, result)

    text += ["  %m = arith.constant dense<[3, 1, -1, 2]> : tensor<4xi32>",
             "  %a = arith.constant dense<[0, 5, -7, 1]> : tensor<4xi64>",
             "  %g = arith.constant dense<[1, -1, 1, -1]> : tensor<4xi8>"]
    sums, scaled, small = f"tensor<1x2x3x4x{INT32}>", "tensor<4xi32>, tensor<4xi64>", "tensor<1x2x3x4x!s>"
    conv("by_planes", "!slb.lowbit<list<-1, 0, 1>>", 3, sums, "multiplier = %m addend = %a", scaled)
    conv("by_bytes", "!slb.lowbit<range<-127:127>>", 101, sums, "multiplier = %m addend = %a", scaled)
    count = {"odd<1>": 2, "odd<2>": 4, "odd<3>": 8, "odd<4>": 16}.get(kind)
    if count is None:
        body = kind[kind.index("<") + 1:-1]
        count = len(body.split(",")) if kind.startswith("list") else int(body.split(":")[1]) - int(body.split(":")[0]) + 1
    if count <= 16:
        rows = [[o + 3 * level - 20 for level in range(count - 1)] for o in range(4)]
        text.append(f"  %t = arith.constant dense<{rows}> : tensor<4x{count - 1}xi32>")
        conv("by_thresholds", "!slb.lowbit<odd<2>>", 4, small, "thresholds = %t signs = %g",
             f"tensor<4x{count - 1}xi32>, tensor<4xi8>")
    if not kind.startswith("list"):
        text.append(f"  %r_w = slb.constant dense<{weights([5, 1, 1, 5], 2, 9)}> : tensor<5x1x1x5xi8> : tensor<5x1x1x5x!slb.lowbit<odd<1>>>")
        text += ["  %r_m = arith.constant dense<[3, 1, -1, 2, 5]> : tensor<5xi32>",
                 "  %r_a = arith.constant dense<[0, 5, -7, 1, 2]> : tensor<5xi64>"]
        layer("residual", "slb.integer_conv2d %x, %r_w multiplier = %r_m addend = %r_a residual = %x",
              f"({image}, tensor<5x1x1x5x!slb.lowbit<odd<1>>>, tensor<5xi32>, tensor<5xi64>, {image})",
              "{shift = 2 : i64, residual_multiplier = 3 : i32, layer = \"residual\"}", image)
        returned("residual", image)
        layer("sum", "slb.requantize %x, %residual", f"({image}, {image})",
              "{multiplier = 3 : i32, other_multiplier = -1 : i32, addend = 2 : i64, shift = 1 : i64}", image)
        returned("sum", image)
    layer("max", "slb.pool2d max %x", f"({image})",
          "{kernel = array<i64: 2, 2>, strides = array<i64: 2, 1>, pads = array<i64: 1, 0, 1, 1>}", "tensor<1x2x4x5x!s>")
    returned("max", "tensor<1x2x4x5x!s>")
    layer("total", "slb.pool2d sum %x", f"({image})",
          "{kernel = array<i64: 2, 3>, strides = array<i64: 1, 2>, pads = array<i64: 1, 0, 1, 1>}", "tensor<1x3x2x5xi32>")
    returned("total", "tensor<1x3x2x5xi32>")
    text.append(f"  %both = tensor.concat dim(3) %x, %x : ({image}, {image}) -> tensor<1x3x3x10x!s>")
    returned("both", "tensor<1x3x3x10x!s>")
    text.append(f"  %flat = tensor.collapse_shape %x [[0], [1, 2, 3]] : {image} into {vector}")
    returned("flat", vector)
    text.append(f"  %l_w = slb.constant dense<{weights([2, LINEAR], 2, 5)}> : tensor<2x{LINEAR}xi8> : tensor<2x{LINEAR}x!slb.lowbit<odd<1>>>")
    text += ["  %l_m = arith.constant dense<1> : tensor<2xi32>", "  %l_a = arith.constant dense<0> : tensor<2xi64>"]
    layer("linear", "slb.integer_linear %flat, %l_w multiplier = %l_m addend = %l_a",
          f"({vector}, tensor<2x{LINEAR}x!slb.lowbit<odd<1>>>, tensor<2xi32>, tensor<2xi64>)", "{layer = \"linear\"}",
          f"tensor<1x2x{INT32}>")
    returned("linear", f"tensor<1x2x{INT32}>")
    layer("real", "slb.dequantize %x", f"({image})", "", "tensor<1x3x3x5xf32>")
    returned("real", "tensor<1x3x3x5xf32>")
    layer("real2", "slb.dequantize %z", "(tensor<1x3x3x5x!c>)", "", "tensor<1x3x3x5xf32>")
    returned("real2", "tensor<1x3x3x5xf32>")
    for name, element in (("again", "!s"), ("channels", "!c"), ("columns", "!p")):
        result = f"tensor<1x3x3x5x{element}>"
        layer(name, "slb.quantize %f", "(tensor<1x3x3x5xf32>)", "", result)
        returned(name, result)
    aliases = (f"!s = !slb.lowbit<{kind}, scale = 0.0625>\n"
               f"!c = !slb.lowbit<{kind}, scales = [0.5, 0.25, 0.125, 0.0625, 0.03125] axis = 3>\n"
               f"!p = !slb.lowbit<{kind}, scales = [0.5, 0.25, 0.125] axis = 1>\n")
    return (aliases + f"func.func @net(%x: {image}, %z: tensor<1x3x3x5x!c>, %f: tensor<1x3x3x5xf32>)\n"
            f"    -> ({', '.join(types)}) {{\n" + "\n".join(text) +
            f"\n  return {', '.join(results)} : {', '.join(types)}\n}}\n")


def check(name, main, folder):
    """Compiles and runs the network of a set; returns whether all is equal."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "net.mlir"
    model.write_text(network(SETS[name]))
    for command in (["slb-compile", model, "--self-check", "-o", folder / "net.c"],
                    [*CC, f"-I{folder}", main, folder / "net.c", "-o", folder / "net"], [folder / "net"]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(f"{name}: {done.stderr}{done.stdout}")
            return False
    return True


results = [check(name, sys.argv[1], pathlib.Path(sys.argv[2], name)) for name in SETS]
sys.exit(not all(results))
