# Configuration of the lit test suite; build with the target `check-slb`.

import glob
import os
import shutil
import subprocess

import lit.formats
import lit.TestingConfig

config.name = "slb"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".c", ".py"]
config.excludes = ["lit.cfg.py", "CMakeLists.txt", "Inputs", "unit"]
config.test_source_root = os.path.join(config.slb_source_root, "test")
config.test_exec_root = os.path.join(config.slb_binary_root, "test")

path = [config.slb_tools_dir, config.llvm_tools_dir, os.environ["PATH"]]
config.environment["PATH"] = os.pathsep.join(path)
config.substitutions.append(("%slb_source", config.slb_source_root))

if config.slb_enable_training:
    config.available_features.add("training")

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

# Generated C must compile without a warning under these.
strict = "-std=c99 -Wall -Wextra -Wpedantic -Wconversion -Werror"
config.substitutions.append(("%cc", "cc -O2 " + strict))
config.substitutions.append(("%cxx", "c++ -Wall -Wextra -Werror"))
