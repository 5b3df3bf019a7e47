#===- updates.py - Ways to train searched weights --------------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""One update of searched weights, from dL/dw to the next weights, in several
ways. All start from the same logits and take the same gradients, so they have
to end at the same logits."""

import torch

TEMPERATURE = 4.0
LEARNING_RATE = 0.1
MOMENTUM = 0.9


class Problem:
    """The searched layers of a network: all K logits, and dL/dw."""

    def __init__(self, counts, k, device):
        generator = torch.Generator(device).manual_seed(1)

        def randn(*shape):
            return torch.randn(shape, generator=generator, device=device)

        self.counts, self.k, self.device = counts, k, device
        self.values = [(2 * q - (k - 1)) / (k - 1) for q in range(k)]
        self.logits = [center(randn(k, n)) for n in counts]
        self.grads = [0.01 * randn(n) for n in counts]


def center(logits):
    return logits.sub_(logits.mean(0))


def store(logits):
    """What slb stores of all K logits."""
    return logits[1:] - logits[:1] if len(logits) == 2 else logits[:-1].clone()


class Kernels:
    """torch.ops.slb: every kernel does all layers in one launch."""

    def __init__(self, problem):
        bits = (problem.k - 1).bit_length()
        self.values = problem.values
        self.grads = problem.grads
        self.logits = [store(a) for a in problem.logits]
        self.momentum = [torch.zeros_like(a) for a in self.logits]
        self.weights = [torch.empty_like(g) for g in self.grads]
        self.planes = [
            torch.zeros(bits, (n + 31) // 32, dtype=torch.int32, device=problem.device)
            for n in problem.counts
        ]

    def forward(self):
        torch.ops.slb.search_forward_(
            self.logits, self.weights, self.planes, self.values, TEMPERATURE
        )

    def backward(self):
        for grad, logits in zip(self.grads, self.logits):
            torch.ops.slb.expectation_backward(grad, logits, self.values, TEMPERATURE)

    def update(self):
        torch.ops.slb.search_step_(
            self.logits,
            self.momentum,
            self.grads,
            self.weights,
            self.planes,
            self.values,
            TEMPERATURE,
            TEMPERATURE,
            LEARNING_RATE,
            MOMENTUM,
        )

    def stored(self):
        return self.logits


def expect_by_sum(logits, values):
    return [((a * TEMPERATURE).softmax(0) * values[:, None]).sum(0) for a in logits]


def expect_by_product(logits, values):
    return [values @ (a * TEMPERATURE).softmax(0) for a in logits]


class Eager:
    """PyTorch's operators, autograd and SGD, on all K logits."""

    def __init__(self, problem, expect, **implementation):
        self.values = torch.tensor(problem.values, device=problem.device)
        self.grads = problem.grads
        self.logits = [a.clone().requires_grad_() for a in problem.logits]
        self.optimizer = torch.optim.SGD(
            self.logits, LEARNING_RATE, MOMENTUM, **implementation
        )
        self.expect = expect
        self.take_step = self.optimizer.step

    def update(self):
        weights = self.expect(self.logits, self.values)
        torch.autograd.backward(weights, self.grads)
        self.take_step()
        self.optimizer.zero_grad()

    def stored(self):
        with torch.no_grad():
            return [store(a) for a in self.logits]


class Compiled(Eager):
    """The same through torch.compile: one graph for the weights of all layers,
    one for their gradients, one for the optimizer."""

    def __init__(self, problem):
        torch._dynamo.reset()
        expect = torch.compile(expect_by_sum, fullgraph=True, dynamic=False)
        super().__init__(problem, expect, foreach=True)
        self.take_step = torch.compile(self.optimizer.step, dynamic=False)
