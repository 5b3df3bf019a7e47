# Configuration of the lit test suite; build with the target `check-slb`.

import os
import subprocess

import lit.formats
import lit.TestingConfig

config.name = "slb"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".py"]
config.excludes = ["lit.cfg.py", "CMakeLists.txt", "Inputs", "unit",
                   "mcu", "qemu-user"]
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

# Generated C must compile without a warning under these.
strict = "-std=c99 -Wall -Wextra -Wpedantic -Wconversion -Werror"
config.substitutions.append(("%cc", "cc -O2 " + strict))
config.substitutions.append(("%cxx", "c++ -Wall -Wextra -Werror"))
