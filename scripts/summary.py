"""Prints the demo's results from the files that its steps left in a folder."""

import json
import os
import subprocess
import sys


def load(folder, name):
    with open(os.path.join(folder, name)) as file:
        return json.load(file)


def read_code_bytes(folder):
    """Bytes of code and constants, as `size` counts them (text)."""
    table = subprocess.check_output(["size", os.path.join(folder, "net.o")])
    return int(table.split(b"\n")[1].split()[0])


def read_weights_bytes(folder):
    table = subprocess.check_output(["nm", "-S", os.path.join(folder, "net.o")])
    rows = [row.split() for row in table.decode().splitlines()]
    return sum(int(row[1], 16) for row in rows if row[-1].endswith("_weights"))


def main(folder):
    training = load(folder, "training.json")
    evaluation = load(folder, "eval.json")
    report = load(folder, "report.json")
    print(f"accuracy on {evaluation['samples']} test digits")
    print(f"  trained network  {100 * training['test_accuracy']:6.2f} %")
    print(f"  reference        {100 * evaluation['reference_top1']:6.2f} %")
    print(f"  net.c            {100 * evaluation['c_top1']:6.2f} %")
    print(f"outputs of net.c that differ from the reference's: "
          f"{evaluation['outputs_differing']}")
    print(f"flash: {read_weights_bytes(folder)} bytes of weights, "
          f"{report['flash_bytes']} with multipliers and addends, "
          f"{read_code_bytes(folder)} with the code")
    print(f"RAM: {report['arena_bytes']} bytes "
          f"(lower bound {report['arena_lower_bound']})")


main(sys.argv[1])
