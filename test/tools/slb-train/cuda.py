# REQUIRES: training
# RUN: rm -rf %t && mkdir %t && python3 %s %t %slb_standins
"""`--device=cuda` on the stand-ins for the driver and for LibTorch's CUDA part
trains the network that the CPU trains, by kernels whose every access is checked."""

import json
import os
import pathlib
import subprocess
import sys

folder, standins = pathlib.Path(sys.argv[1]), sys.argv[2]
options = ["slb-train", "--dataset=digits", "--network=digits-cnn", "--threads=1",
           "--epochs=6", "--batch-size=64", "--limit-train=256",
           "--limit-test=100", "--weight-bits=2", "--activation-bits=4"]


def train(name, *more, **environment):
    """Trains, and returns the report."""
    command = [*options, f"--output={folder / name}", *more]
    run = subprocess.run(command, capture_output=True, text=True,
                         env={**os.environ, **environment})
    assert run.returncode == 0, run
    assert "several times slower" not in run.stderr, run.stderr
    return json.loads((folder / name / "training.json").read_text())


def train_on_standins(name, *more):
    """The same on the simulated GPU. Returns what it did, too."""
    report = folder / f"{name}.txt"
    result = train(name, "--device=cuda", *more, LD_LIBRARY_PATH=standins,
                   SLB_CUDA_REPORT=str(report))
    lines = dict(line.rsplit(" ", 1) for line in report.read_text().splitlines())
    return result, {name: int(count) for name, count in lines.items()}


# Sums in another order round otherwise, and training carries that on: logits of
# bfloat16 take steps of 1/256.
for name, tolerance in (("float32", 1e-3), ("bfloat16", 2e-2)):
    cpu = train(f"{name}-cpu", f"--logits-type={name}")
    cuda, counts = train_on_standins(name, f"--logits-type={name}")
    # The last epochs train what the argmax leaves.
    assert counts["launches"] >= cuda["steps"] / 3 > 0, (counts, cuda)
    # One program each for steps and for weights alone.
    assert counts["modules"] <= 2, counts
    difference = abs(cuda["train_loss"] / cpu["train_loss"] - 1)
    assert difference <= tolerance, (cuda, cpu)
    assert abs(cuda["test_accuracy"] - cpu["test_accuracy"]) <= 0.05, (cuda, cpu)
