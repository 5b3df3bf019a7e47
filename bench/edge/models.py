#===- models.py - Layers and networks to measure ----------------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""Writes models with random weights, in the IR of phase `fused`."""

import dataclasses
import math
import random

LAYERS = {
    # Name: side, input channels, output channels, kernel, groups.
    "conv3x3": (16, 32, 64, 3, 1),
    "conv1x1": (16, 32, 64, 1, 1),
    "depthwise": (16, 64, 64, 3, 64),
    "wide": (14, 256, 256, 3, 1),
}


@dataclasses.dataclass
class Tensor:
    value: str
    side: int
    channels: int
    set: str

    @property
    def type(self):
        shape = f"1x{self.side}x{self.side}x{self.channels}"
        return f"tensor<{shape}x!slb.lowbit<{self.set}>>"


def activation_set(bits):
    return f"range<0:{2**bits - 1}>"


def top(value_set):
    """Returns the largest integer of a range."""
    return int(value_set[:-1].split(":")[1])


class Model:
    """Lines of a function; each step appends some and returns their result."""

    def __init__(self, side, channels):
        self.random = random.Random(1)
        self.input = Tensor("%input", side, channels, activation_set(8))
        self.lines = []

    def add(self, text):
        self.lines.append(f"  %{len(self.lines)} = {text}")
        return f"%{len(self.lines) - 1}"

    def draw_weights(self, shape, bits):
        """Returns value and type; 8 bits are a range, fewer are odd integers."""
        values, weights = (255, "range<-127:127>") if bits == 8 else (
            2**bits, f"odd<{bits}>")
        codes = bytes(self.random.randrange(values) for _ in range(math.prod(shape)))
        shape = "x".join(map(str, shape))
        kind = f"tensor<{shape}x!slb.lowbit<{weights}>>"
        text = f'slb.constant dense<"0x{codes.hex()}"> : tensor<{shape}xi8> : {kind}'
        return self.add(text), kind

    def draw_floats(self, count, middle, spread):
        values = ", ".join(
            f"{middle + spread * self.random.uniform(-1, 1):.6e}" for _ in range(count)
        )
        kind = f"tensor<{count}xf32>"
        return self.add(f"arith.constant dense<[{values}]> : {kind}"), kind

    def draw_epilogue(self, x, products, weight_bits, levels, channels):
        """Returns scale and shift that spread the sums over the result's levels."""
        weight = 127 if weight_bits == 8 else 2**weight_bits - 1
        scale = levels / 2 / (math.sqrt(products) * weight * top(x.set))
        return (self.draw_floats(channels, scale, scale / 4),
                self.draw_floats(channels, levels / 2, levels / 16))

    def convolution(self, name, x, channels, kernel, weight_bits, result, *, groups=1,
                    stride=1, residual=None):
        shape = (channels, kernel, kernel, x.channels // groups)
        weights, weight_type = self.draw_weights(shape, weight_bits)
        y = Tensor("", x.side // stride, channels, result)
        (scale, scales), (shift, _) = self.draw_epilogue(
            x, math.prod(shape[1:]), weight_bits, top(result), channels)
        pad = kernel // 2
        attributes = (f'layer = "{name}", groups = {groups} : i64, strides = '
                      f"array<i64: {stride}, {stride}>, pads = array<i64: "
                      f"{pad}, {pad}, {pad}, {pad}>")
        operands, types = f"{x.value}, {weights} scale = {scale} shift = {shift}", [
            x.type, weight_type, scales, scales]
        if residual:
            operands += f" residual = {residual.value}"
            types.append(residual.type)
        y.value = self.add(f"slb.fused_conv2d {operands} {{{attributes}}} : "
                           f"({', '.join(types)}) -> {y.type}")
        return y

    def classifier(self, x, classes):
        """Average over the image, then a layer of 8 bits."""
        real = f"tensor<1x{x.side}x{x.side}x{x.channels}xf32>"
        floats = self.add(f"slb.dequantize {x.value} : ({x.type}) -> {real}")
        zero = self.add('"tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : '
                        "() -> tensor<1xf32>")
        mean = Tensor("", 1, x.channels, activation_set(8))
        pooled = f"tensor<1x1x1x{x.channels}xf32>"
        text = (f"tosa.avg_pool2d {floats}, {zero}, {zero} {{acc_type = f32, kernel = "
                f"array<i64: {x.side}, {x.side}>, pad = array<i64: 0, 0, 0, 0>, "
                f"stride = array<i64: 1, 1>}} : ({real}, tensor<1xf32>, "
                f"tensor<1xf32>) -> {pooled}")
        mean.value = self.add(f"slb.quantize {self.add(text)} : ({pooled}) -> {mean.type}")
        flat = f"tensor<1x{x.channels}x!slb.lowbit<{mean.set}>>"
        row = self.add(f"tensor.collapse_shape {mean.value} [[0], [1, 2, 3]] : "
                       f"{mean.type} into {flat}")
        weights, weight_type = self.draw_weights((classes, x.channels), 8)
        (scale, scales), (shift, _) = self.draw_epilogue(mean, x.channels, 8, 255, classes)
        result = f"tensor<1x{classes}xf32>"
        return self.add(f"slb.fused_linear {row}, {weights} scale = {scale} shift = "
                        f'{shift} {{layer = "fc"}} : ({flat}, {weight_type}, {scales}, '
                        f"{scales}) -> {result}"), result

    def text(self, value, kind):
        return (f"func.func @net(%input: {self.input.type}) -> {kind} {{\n"
                + "\n".join(self.lines) + f"\n  return {value} : {kind}\n}}\n")


def layer(name, weight_bits, activation_bits):
    """Returns a model of one layer."""
    side, channels, outputs, kernel, groups = LAYERS[name]
    model = Model(side, channels)
    model.input.set = activation_set(activation_bits)
    y = model.convolution("layer", model.input, outputs, kernel, weight_bits,
                          activation_set(activation_bits), groups=groups)
    return model.text(y.value, y.type)


def resnet8(weight_bits, activation_bits):
    """Returns the residual network of MLPerf Tiny; its first and last layer have
    8 bits."""
    activations = activation_set(activation_bits)
    model = Model(32, 3)
    x = model.convolution("stem", model.input, 16, 3, 8, activations)
    for stack, channels in enumerate((16, 32, 64), start=1):
        name, stride = f"stack{stack}", 1 if stack == 1 else 2
        y = model.convolution(f"{name}_conv1", x, channels, 3, weight_bits, activations,
                              stride=stride)
        if stride != 1:
            x = model.convolution(f"{name}_shortcut", x, channels, 1, weight_bits,
                                  "range<-128:127>", stride=stride)
        x = model.convolution(f"{name}_conv2", y, channels, 3, weight_bits, activations,
                              residual=x)
    return model.text(*model.classifier(x, 10))
