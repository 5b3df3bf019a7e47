# REQUIRES: training
# RUN: rm -rf %t && mkdir %t && python3 %s %t
"""With as many threads a run gives the same model, byte by byte. With another
number the sums of some layers have another order: results differ in their last
bits, and what training makes of these. A run that goes on with another number is
warned of."""

import filecmp
import json
import pathlib
import re
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
options = ["slb-train", "--dataset=digits", "--network=digits-cnn", "--epochs=4",
           "--batch-size=64", "--limit-train=960", "--limit-test=300",
           "--weight-bits=2", "--activation-bits=4"]


def train(name, threads, *more):
    """Trains; returns what was written on the standard error."""
    command = [*options, f"--output={folder / name}", f"--threads={threads}", *more]
    return subprocess.run(command, check=True, text=True, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE).stderr


def read(name):
    return json.loads((folder / name / "training.json").read_text())


for name, threads in (("one", 1), ("two", 2), ("again", 2)):
    train(name, threads)
assert filecmp.cmp(folder / "two/model.mlir", folder / "again/model.mlir",
                   shallow=False), "two threads do not repeat"
accuracies = [read(name)["test_accuracy"] for name in ("one", "two")]
assert abs(accuracies[0] - accuracies[1]) < 0.05, accuracies

train("halves", 2, "--max-steps=30")
error = train("halves", 1, "--max-steps=40", "--resume")
assert re.search("warning: the run goes on with 1 thread of a CPU .* after 2 threads "
                 "of a CPU .*: where sums have another order their last bits differ",
                 error), error
error = train("halves", 1, "--resume")
assert "warning: the run goes on" not in error, error
assert read("halves")["data_digest"] == read("one")["data_digest"]
