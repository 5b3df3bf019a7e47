#===- triton_step.py - The fused step in Triton ----------------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""The fused step as one writes it by hand: K - 1 stored logits, one pass. To its
advantage, all layers lie in one buffer, and it neither packs the argmax nor
counts flips."""

import math

import torch
import triton
import triton.language as tl

from updates import LEARNING_RATE, MOMENTUM, TEMPERATURE, store


@triton.jit
def load_rows(base, n, offsets, K: tl.constexpr):
    rows = ()
    for k in tl.static_range(K - 1):
        rows = rows + (tl.load(base + k * n + offsets, mask=offsets < n),)
    return rows


@triton.jit
def expect(rows, scale, K: tl.constexpr):
    """The probabilities of the stored rows and the expected weight. `scale` is
    the temperature times log2(e)."""
    if K == 2:
        p = 1 / (1 + tl.exp2(-scale * rows[0]))
        return (p,), 2 * p - 1
    else:
        last = -rows[0]
        for k in tl.static_range(1, K - 1):
            last -= rows[k]
        largest = last
        for k in tl.static_range(K - 1):
            largest = tl.maximum(largest, rows[k])
        total = tl.exp2((last - largest) * scale)
        weight = total
        powers = ()
        for k in tl.static_range(K - 1):
            power = tl.exp2((rows[k] - largest) * scale)
            powers = powers + (power,)
            total += power
            weight += power * ((2 * k - (K - 1)) / (K - 1))
        inverse = 1 / total
        p = ()
        for k in tl.static_range(K - 1):
            p = p + (powers[k] * inverse,)
        return p, weight * inverse


@triton.autotune(
    [
        triton.Config({"BLOCK": block}, num_warps=warps)
        for block in (256, 512, 1024)
        for warps in (4, 8)
    ],
    key=["n", "K"],
    restore_value=["logits", "momentum"],
)
@triton.jit
def step_kernel(
    logits, momentum, grad, weights, n, scale, temperature, rate, factor,
    K: tl.constexpr, BLOCK: tl.constexpr,
):  # fmt: skip
    n = n.to(tl.int64)
    offsets = tl.program_id(0).to(tl.int64) * BLOCK + tl.arange(0, BLOCK)
    mask = offsets < n
    rows = load_rows(logits, n, offsets, K)
    speeds = load_rows(momentum, n, offsets, K)
    slope = tl.load(grad + offsets, mask=mask) * temperature
    p, weight = expect(rows, scale, K)
    moved = ()
    for k in tl.static_range(K - 1):
        if K == 2:
            # The gradient of two logits for one difference, twice as fast.
            direction = 2 * slope * p[k] * (1 - weight)
        else:
            direction = slope * p[k] * ((2 * k - (K - 1)) / (K - 1) - weight)
        speed = factor * speeds[k] + direction
        row = rows[k] - rate * speed
        tl.store(momentum + k * n + offsets, speed, mask=mask)
        tl.store(logits + k * n + offsets, row, mask=mask)
        moved = moved + (row,)
    _, weight = expect(moved, scale, K)
    tl.store(weights + offsets, weight, mask=mask)


class Triton:
    def __init__(self, problem):
        self.counts, self.k = problem.counts, problem.k
        self.logits = torch.cat([store(a) for a in problem.logits], 1)
        self.momentum = torch.zeros_like(self.logits)
        self.grad = torch.cat(problem.grads)
        self.weights = torch.empty_like(self.grad)

    def update(self):
        n = self.grad.numel()
        step_kernel[lambda config: (triton.cdiv(n, config["BLOCK"]),)](
            self.logits, self.momentum, self.grad, self.weights, n,
            TEMPERATURE * math.log2(math.e), TEMPERATURE, LEARNING_RATE, MOMENTUM,
            K=self.k,
        )  # fmt: skip

    def stored(self):
        return self.logits.split(self.counts, 1)
