#===- machine.py - What a measurement ran on --------------------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#

import datetime
import os
import pathlib
import platform
import re


def read(path):
    file = pathlib.Path(path)
    return file.read_text() if file.exists() else ""


def name_processor():
    found = re.search("^model name.*: (.*)", read("/proc/cpuinfo"), re.MULTILINE)
    return found[1] if found else platform.processor()


def describe(device):
    """Returns the date and what tells one run from another; the GPU's name is the
    caller's to add."""
    machine = {"date": datetime.date.today().isoformat(), "device": device}
    if device == "cuda":
        driver = read("/proc/driver/nvidia/version")
        return machine | ({"driver": driver.splitlines()[0]} if driver else {})
    return machine | {"cpu": name_processor(),
                      "load_average": round(os.getloadavg()[0], 1)}
