#===- train.py - Searched weights in a PyTorch program ---------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#
"""Trains a small network on the digits. The weights of its two hidden layers are
searched among 2^bits values with torch.ops.slb."""

import argparse
import gzip
import pathlib

import torch
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEARNING_RATE = 0.5
MOMENTUM = 0.9
# The inverse temperature of each part of the training. Towards the end the
# expectation of a weight is almost one of its values.
TEMPERATURES = (1, 4, 16, 64, 256, 1024)
# High enough for the expectation to be the value with the largest logit.
ARGMAX = 1e8


class SearchedLinear(nn.Module):
    def __init__(self, inputs, outputs, bits):
        super().__init__()
        k = 2**bits
        self.values = [(2 * q - (k - 1)) / (k - 1) for q in range(k)]
        logits = 0.5 * torch.randn(k, outputs, inputs)
        logits -= logits.mean(0)
        # Zero-sum logits: all but the last, or the difference of two.
        stored = logits[1:] - logits[:1] if k == 2 else logits[:-1]
        self.logits = nn.Parameter(stored.clone())

    def forward(self, x, temperature):
        weights = torch.ops.slb.expectation(self.logits, self.values, temperature)
        return nn.functional.linear(x, weights)


class FusedLinear(SearchedLinear):
    """Keeps the weights that the last step left. Autograd ends at them."""

    def __init__(self, inputs, outputs, bits):
        super().__init__(inputs, outputs, bits)
        self.logits.requires_grad_(False)
        self.momentum = torch.zeros_like(self.logits)
        self.weights = torch.empty(outputs, inputs, requires_grad=True)
        words = (outputs * inputs + 31) // 32
        self.planes = torch.empty(bits, words, dtype=torch.int32)

    def forward(self, x, temperature):
        return nn.functional.linear(x, self.weights)


class Network(nn.Module):
    def __init__(self, layer, bits):
        super().__init__()
        self.hidden = nn.ModuleList([layer(64, 128, bits), layer(128, 128, bits)])
        self.norms = nn.ModuleList([nn.BatchNorm1d(128), nn.BatchNorm1d(128)])
        self.last = nn.Linear(128, 10)

    def forward(self, x, temperature):
        # Batch norm hides the scale of the weights.
        for layer, norm in zip(self.hidden, self.norms):
            x = norm(layer(x, temperature)).relu()
        return self.last(x)


class FusedSGD:
    """SGD on the logits of FusedLinear layers: one pass over their memory from
    dL/dw to the next weights."""

    def __init__(self, layers):
        self.values = layers[0].values
        self.weights = [layer.weights for layer in layers]
        self.logits = [layer.logits for layer in layers]
        self.momentum = [layer.momentum for layer in layers]
        self.planes = [layer.planes for layer in layers]

    @torch.no_grad()
    def set_temperature(self, temperature):
        self.temperature = temperature
        torch.ops.slb.search_forward_(
            self.logits, self.weights, self.planes, self.values, temperature
        )

    @torch.no_grad()
    def step(self):
        torch.ops.slb.search_step_(
            self.logits,
            self.momentum,
            [weights.grad for weights in self.weights],
            self.weights,
            self.planes,
            self.values,
            self.temperature,
            self.temperature,
            LEARNING_RATE,
            MOMENTUM,
        )

    def zero_grad(self):
        for weights in self.weights:
            weights.grad = None


def load(name):
    with gzip.open(ROOT / "data/digits" / name, "rt") as lines:
        rows = [
            list(map(int, line.split(",")))
            for line in lines
            if line.strip() and not line.startswith("#")
        ]
    table = torch.tensor(rows)
    return table[:, :64] / 16.0, table[:, 64]


def train(network, searched, epochs):
    images, labels = load("optdigits.tra.gz")
    others = [p for n, p in network.named_parameters() if not n.endswith("logits")]
    optimizers = [searched, torch.optim.SGD(others, 0.05, MOMENTUM)]
    for epoch in range(epochs):
        temperature = TEMPERATURES[epoch * len(TEMPERATURES) // epochs]
        if isinstance(searched, FusedSGD):
            searched.set_temperature(temperature)
        # The last images do not fill a batch, whose size compilers like fixed.
        for batch in torch.randperm(len(images)).split(64)[:-1]:
            outputs = network(images[batch], temperature)
            nn.functional.cross_entropy(outputs, labels[batch]).backward()
            for optimizer in optimizers:
                optimizer.step()
                optimizer.zero_grad()


@torch.no_grad()
def test(network, searched):
    if isinstance(searched, FusedSGD):
        searched.set_temperature(ARGMAX)
    images, labels = load("optdigits.tes.gz")
    outputs = network.eval()(images, ARGMAX)
    return (outputs.argmax(1) == labels).float().mean().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bits", type=int, default=1, help="of a weight (1)")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--fused", action="store_true", help="use search_step_")
    parser.add_argument("--compile", action="store_true", help="use torch.compile")
    parser.add_argument(
        "--library", type=pathlib.Path, default=ROOT / "build/lib/libslb_torch.so"
    )
    arguments = parser.parse_args()
    torch.ops.load_library(arguments.library)
    torch.manual_seed(1)
    network = Network(FusedLinear if arguments.fused else SearchedLinear, arguments.bits)
    layers = list(network.hidden)
    if arguments.fused:
        searched = FusedSGD(layers)
    else:
        logits = [layer.logits for layer in layers]
        searched = torch.optim.SGD(logits, LEARNING_RATE, MOMENTUM)
    if arguments.compile:
        # The temperature is a constant of a graph: each new one compiles anew.
        network.compile(fullgraph=True, dynamic=False)
    train(network, searched, arguments.epochs)
    print(f"accuracy with argmax weights: {100 * test(network, searched):.2f} %")


main()
