#===- onnxruntime_peer.py - Time onnxruntime's int8 convolution -------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""Usage: onnxruntime_peer.py SIDE CHANNELS ROUNDS. Prints onnxruntime's version and
the median processor seconds of its 3x3 convolution of u8 with s8 to u8, channels
last, on one thread."""

import statistics
import sys
import time

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper

RUNS = 4  # In a row, as in time.cpp.


def make_model(side, channels):
    random = numpy.random.default_rng(1)
    weights = random.integers(-127, 128, (channels, channels, 3, 3), numpy.int8)
    constants = {
        "x_scale": numpy.float32(0.01), "x_zero": numpy.uint8(0),
        "w": weights, "w_scale": numpy.float32(0.01), "w_zero": numpy.int8(0),
        "y_scale": numpy.float32(0.05), "y_zero": numpy.uint8(0),
    }
    convolution = helper.make_node(
        "QLinearConv", ["x", *constants], ["y"], domain="com.microsoft",
        channels_last=1, kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    image = [1, side, side, channels]
    graph = helper.make_graph(
        [convolution], "wide",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, image)],
        [helper.make_tensor_value_info("y", TensorProto.UINT8, image)],
        [onnx.numpy_helper.from_array(numpy.asarray(value), name)
         for name, value in constants.items()])
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def main():
    side, channels, rounds = map(int, sys.argv[1:])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        make_model(side, channels).SerializeToString(), options,
        providers=["CPUExecutionProvider"])
    image = numpy.random.default_rng(2).integers(
        0, 256, (1, side, side, channels), numpy.uint8)
    # Bound, so that no run copies the image or allocates the result.
    binding = session.io_binding()
    binding.bind_cpu_input("x", image)
    binding.bind_output("y")
    seconds = []
    for _ in range(rounds):
        start = time.process_time_ns()
        for _ in range(RUNS):
            session.run_with_iobinding(binding)
        seconds.append((time.process_time_ns() - start) * 1e-9 / RUNS)
    print(f"{onnxruntime.__version__};{statistics.median(seconds):.9f}")


main()
