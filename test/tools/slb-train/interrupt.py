# REQUIRES: training
# RUN: rm -rf %t && mkdir %t && python3 %s %t
"""A run that a signal stops and --resume continues gives the same model, byte by
byte, as a run that is left alone; so does a run that is killed at random moments,
and a second run."""

import filecmp
import pathlib
import random
import re
import signal
import subprocess
import sys
import time

folder = pathlib.Path(sys.argv[1])
options = ["slb-train", "--dataset=digits", "--network=digits-cnn", "--threads=1",
           "--epochs=5", "--batch-size=32", "--limit-train=512",
           "--limit-test=32", "--weight-bits=2", "--activation-bits=4"]


def start(name, *more):
    return subprocess.Popen([*options, f"--output={folder / name}", *more],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True)


def finish(process, status):
    out, err = process.communicate()
    assert process.returncode == status, (process.returncode, out, err)
    return out, err


for name in ("alone", "again"):
    finish(start(name), 0)

# A first signal after the first epoch, a second one after another.
checkpoint = folder / "stopped/checkpoint.pt"
more = []
for number in (signal.SIGINT, signal.SIGTERM):
    before = checkpoint.stat().st_mtime_ns if more else 0
    process = start("stopped", *more)
    while not checkpoint.exists() or checkpoint.stat().st_mtime_ns == before:
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    process.send_signal(number)
    _, err = finish(process, 130)
    assert re.search("interrupted at epoch .* --resume continues", err), err
    more = ["--resume"]
finish(start("stopped", *more), 0)

# Killed at any time after the first checkpoint, even while it writes the next.
checkpoint = folder / "killed/checkpoint.pt"
moments = random.Random(1)
for kill in range(4):
    more = ["--resume"] if checkpoint.exists() else []
    before = checkpoint.stat().st_mtime_ns if more else 0
    process = start("killed", *more)
    while process.poll() is None and (
            not checkpoint.exists() or checkpoint.stat().st_mtime_ns == before):
        time.sleep(0.001)
    time.sleep(moments.uniform(0, 0.1))
    process.kill()
    process.communicate()
finish(start("killed", "--resume"), 0)

model = folder / "alone/model.mlir"
for name in ("again", "stopped", "killed"):
    other = folder / name / "model.mlir"
    assert filecmp.cmp(model, other, shallow=False), f"{model} {other} differ"
assert not list(folder.glob("*/*.tmp")), "temporary files are left"
