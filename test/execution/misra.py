"""Prints what cppcheck's MISRA addon says about required and mandatory rules in C
files, which are given as arguments; status 1 if there is anything."""

import re
import subprocess
import sys

# Advisory rules of MISRA C:2012; all others are required or mandatory.
ADVISORY = set("""1.2 2.3 2.4 2.5 2.6 2.7 4.2 5.9 8.7 8.9 8.11 8.13 10.5 11.4 11.5
    12.1 12.3 12.4 13.3 13.4 15.1 15.4 15.5 17.5 17.8 18.4 18.5 19.2 20.1 20.5
    21.12""".split())


def get_hits(source):
    """Returns the addon's lines. One file at a time: names are one file's own."""
    run = subprocess.run(
        ["cppcheck", "--addon=misra", "--std=c99", "--inline-suppr", "--quiet",
         "--template={file}:{line}: {id}", source],
        capture_output=True, text=True, check=True)
    rules = re.findall(r"^(.*misra-c2012-([\d.]+))$", run.stderr, re.MULTILINE)
    if not rules:
        return [f"{source}: expects hits of advisory rules at least, but cppcheck "
                f"says: {run.stderr}"]
    return [line for line, rule in rules if rule not in ADVISORY]


hits = [hit for source in sys.argv[1:] for hit in get_hits(source)]
sys.exit("\n".join(hits) or 0)
