"""fails.py REGEX COMMAND...: the command fails as a tool should.

It prints one line on its standard error, which the expression matches as a
whole, and at most one note. Its status is not zero, no signal ends it, and it
leaves no file in the working folder, which it also has for temporary ones.
"""

import os
import re
import subprocess
import sys


def list_files():
    return {os.path.join(folder, name)
            for folder, folders, names in os.walk(".")
            for name in folders + names}


expected, command = sys.argv[1], sys.argv[2:]
before = list_files()
run = subprocess.run(command, stdin=subprocess.DEVNULL,
                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                     env={**os.environ, "TMPDIR": os.getcwd()}, text=True)
lines = run.stderr.splitlines()
notes = [line for line in lines if ": note: " in line]
problems = []
if run.returncode <= 0:
    problems.append(f"expects a positive status, but got {run.returncode}")
if len(lines) - len(notes) != 1 or len(notes) > 1:
    problems.append(f"expects one line and at most one note, but got {len(lines)}")
elif not re.fullmatch(expected, lines[0]):
    problems.append(f"expects the line '{expected}'")
if list_files() != before:
    problems.append(f"expects no new file, but got {list_files() - before}")
if problems:
    sys.exit("\n".join([" ".join(command), *problems, "standard error:", *lines]))
