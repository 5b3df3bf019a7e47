# REQUIRES: python-torch
# RUN: %torch_python %s %slb_torch
"""torch.ops.slb keeps PyTorch's rules: schemas, fake tensors, autograd's
registration, tracing with fixed and with dynamic shapes."""

import sys

import torch

torch.ops.load_library(sys.argv[1])
slb = torch.ops.slb
VALUES = {2: [-1.0, 1.0], 4: [-1.0, -1 / 3, 1 / 3, 1.0]}
SHAPES = [(5, 7), (64,)]


def make_layers(k):
    stored = [torch.randn(k - 1, *shape) for shape in SHAPES]
    momentum = [torch.randn_like(logits) for logits in stored]
    grads = [torch.randn(shape) for shape in SHAPES]
    weights = [torch.zeros(shape) for shape in SHAPES]
    planes = [
        torch.zeros(k // 2, (grad.numel() + 31) // 32, dtype=torch.int32)
        for grad in grads
    ]
    return stored, momentum, grads, weights, planes


for k, values in VALUES.items():
    stored, momentum, grads, weights, planes = make_layers(k)
    logits = stored[0].clone().requires_grad_()
    torch.library.opcheck(slb.expectation.default, (logits, values, 2.0))
    transposed = torch.randn(k - 1, 7, 5).transpose(1, 2)
    meta = slb.expectation_backward(
        grads[0].to("meta"), transposed.to("meta"), values, 2.0
    )
    assert meta.is_contiguous()
    for rows in (stored[0], transposed, stored[0].bfloat16()):
        torch.library.opcheck(slb.expectation.default, (rows, values, 2.0))
        torch.library.opcheck(
            slb.expectation_backward.default, (grads[0], rows, values, 2.0)
        )
    torch.library.opcheck(
        slb.search_forward_.default, (stored, weights, planes, values, 2.0)
    )
    torch.library.opcheck(
        slb.search_step_.default,
        (stored, momentum, grads, weights, planes, values, 2.0, 2.0, 0.1, 0.9),
    )

    # The same gradient through a compiled graph, bit by bit.
    slb.expectation(logits, values, 2.0).backward(grads[0])
    eager, logits.grad = logits.grad, None
    graph = torch.compile(slb.expectation, fullgraph=True, backend="aot_eager")
    graph(logits, values, 2.0).backward(grads[0])
    assert torch.equal(logits.grad, eager)

    # There is no second derivative, and nobody gets a wrong one.
    weights = slb.expectation(logits, values, 2.0)
    (slope,) = torch.autograd.grad(weights.sum(), logits, create_graph=True)
    try:
        slope.sum().backward()
    except RuntimeError as error:
        assert "not implemented" in str(error), error
    else:
        sys.exit("a second derivative was taken")
