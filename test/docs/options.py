# RUN: python3 %s %slb_source slb-compile slb-eval slb-opt
"""Every option that the README says a tool has is in the tool's --help."""

import pathlib
import re
import subprocess
import sys

readme = (pathlib.Path(sys.argv[1]) / "README.md").read_text()
tools = readme.split("\n## Tools\n")[1].split("\n## ")[0]
missing = []
for tool in sys.argv[2:]:
    section = re.search(rf"\*\*{tool}\*\*(.*?)(?=\n\*\*|\Z)", tools, re.DOTALL)
    help_text = subprocess.check_output([tool, "--help"], text=True)
    for code in re.findall(r"`([^`]*)`", section.group(1)):
        missing += [f"{tool} --help does not say {option}"
                    for option in re.findall(r"--[a-z][a-z-]*", code)
                    if option not in help_text]
sys.exit("\n".join(missing) or 0)
