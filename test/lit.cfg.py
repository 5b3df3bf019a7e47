# Configuration of the lit test suite; build with the target `check-slb`.

import glob
import os
import platform
import shutil
import subprocess
import sys

import lit.formats
import lit.TestingConfig

config.name = "slb"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".c", ".py"]
config.excludes = ["lit.cfg.py", "CMakeLists.txt", "Inputs", "unit"]
# Programs for other cores and their tools, which tests run.
config.excludes += ["machines.py", "board.c", "hosted.c", "kernels.c", "riscv.c"]
config.excludes += ["startup.c", "equality.c", "cores.py"]
config.excludes += ["misra.py", "standards.py"]
# What fuzzers read may have any name.
config.excludes += ["corpus"]
config.test_source_root = os.path.join(config.slb_source_root, "test")
config.test_exec_root = os.path.join(config.slb_binary_root, "test")

path = [config.slb_tools_dir, config.llvm_tools_dir, os.environ["PATH"]]
config.environment["PATH"] = os.pathsep.join(path)
config.substitutions.append(("%slb_source", config.slb_source_root))
config.substitutions.append(("%slb_tools", config.slb_tools_dir))
config.substitutions.append(
    ("%fails", "python3 " + config.slb_source_root + "/test/Inputs/fails.py"))

if config.slb_enable_training:
    config.available_features.add("training")
    # Libraries that stand in for a GPU's: see test/ptx.
    config.substitutions.append(
        ("%slb_standins", config.slb_binary_root + "/test/ptx"))
    # The same networks once more tell nothing: other builds run a part of them.
    config.available_features.add("every-random-network")

# ptxas of a toolkit, or of the wheel nvidia-cuda-nvcc in the virtual environment
# of scripts/setup.sh. Tests that need it say `REQUIRES: ptxas`.
wheels = os.path.join(config.slb_source_root, ".venv", "lib", "python3*",
                      "site-packages", "nvidia", "cu*", "bin")
folders = [os.environ["PATH"], "/usr/local/cuda/bin"] + glob.glob(wheels)
ptxas = shutil.which("ptxas", path=os.pathsep.join(folders))
if ptxas:
    config.available_features.add("ptxas")
    config.substitutions.append(("%ptxas", ptxas))
else:
    lit_config.note("no ptxas on PATH, in /usr/local/cuda or in .venv: its "
                    "tests are skipped (pip install nvidia-cuda-nvcc)")

# A Python whose torch fits libslb_torch. Tests that need it say `REQUIRES:
# python-torch`.
python = config.slb_torch_python
question = "import torch; print(torch.__version__)"
if config.slb_enable_training:
    answer = subprocess.run([python, "-c", question], capture_output=True, text=True)
    version = answer.stdout.strip() or "none"
    if version.startswith("2.11."):
        config.available_features.add("python-torch")
        config.substitutions.append(("%torch_python", python))
        config.substitutions.append(
            ("%slb_torch", config.slb_binary_root + "/lib/libslb_torch.so"))
    else:
        lit_config.note(f"the torch of '{python}' is {version}, not 2.11: the tests "
                        "of torch.ops.slb in Python are skipped (pip install "
                        "torch==2.11.0, cmake -DSLB_TORCH_PYTHON=...)")

# Targets whose programs this machine can build and run: features of their names.
sys.path.append(os.path.join(config.test_source_root, "mcu"))
import machines  # noqa: E402

config.environment.update(machines.environment())
for target in machines.MACHINES:
    missing = machines.missing(target)
    if missing:
        lit_config.note(f"no {', '.join(missing)}: the tests on {target} are skipped")
    else:
        config.available_features.add(target)

# The emulator of a processor that has AVX2 and no more.
if platform.machine() == "x86_64" and shutil.which("qemu-x86_64"):
    config.available_features.add("haswell")
    absent = "".join(f",-{f}" for f in ("invpcid", "pcid", "tsc-deadline", "x2apic"))
    config.substitutions.append(("%haswell", "qemu-x86_64 -cpu Haswell-noTSX" + absent))

if shutil.which("cppcheck"):
    config.available_features.add("cppcheck")
else:
    lit_config.note("no cppcheck: the test of MISRA rules is skipped")

# Generated C must compile without a warning under these.
strict = "-std=c99 -Wall -Wextra -Wpedantic -Wconversion -Werror"
config.substitutions.append(("%cc", "cc -O2 " + strict))
config.substitutions.append(("%cxx", "c++ -Wall -Wextra -Werror"))
