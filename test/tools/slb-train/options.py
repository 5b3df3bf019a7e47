# REQUIRES: training
# RUN: rm -rf %t && mkdir %t && python3 %s %t
"""What options of the training step change, and what they must not."""

import filecmp
import json
import pathlib
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
options = ["slb-train", "--dataset=digits", "--network=digits-cnn", "--threads=1",
           "--epochs=6", "--batch-size=32", "--limit-train=960",
           "--limit-test=300", "--weight-bits=2", "--activation-bits=4"]


def train(name, *more):
    """Trains, and returns the report."""
    command = [*options, f"--output={folder / name}", *more]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return json.loads((folder / name / "training.json").read_text())


def has_same_model(name):
    return filecmp.cmp(folder / "plain/model.mlir", folder / name / "model.mlir",
                       shallow=False)


plain = train("plain")
assert plain["test_accuracy"] > 0.85, plain
assert plain["step_seconds"] > 0 and plain["peak_bytes"] > 1e7, plain

# A limit that no gradient reaches changes nothing; a low one does.
train("high", "--clip-gradient-norm=1e6")
assert has_same_model("high")
assert train("low", "--clip-gradient-norm=0.1")["steps"] == plain["steps"]
assert not has_same_model("low")

# Parts of a batch differ in their batch statistics, and little else.
for name, option in (("parts", "--accumulate=3"), ("short", "--logits-type=bfloat16")):
    report = train(name, option)
    assert not has_same_model(name)
    assert report["steps"] == plain["steps"], report
    assert report["test_accuracy"] > 0.85, report

# One checkpoint holds one type of logits.
run = subprocess.run([*options, f"--output={folder / 'short'}", "--resume"],
                     stderr=subprocess.PIPE, text=True)
assert run.returncode == 1, run
assert "expects --logits-type=float32, but got logits-type=bfloat16" in run.stderr, run
