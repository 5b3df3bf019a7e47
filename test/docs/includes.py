# RUN: python3 %s %slb_source %slb_tools/..
"""Who includes and links whom is as CONTRIBUTING's table of folders says."""

import collections
import functools
import pathlib
import re
import subprocess
import sys

source, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
# What headers of others are called; a header without a folder is the system's.
OTHERS = {
    "mlir": "MLIR", "llvm": "MLIR", "torch": "LibTorch", "ATen": "LibTorch",
    "c10": "LibTorch", "fmt": "fmt", "zlib.h": "zlib",
}
problems = []


def read_table():
    """Returns what each folder may include: folders, and names of others."""
    text = (source / "CONTRIBUTING.md").read_text()
    table = text.split("\n## Where things are\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \|.*\| ([^|]*) \|$", table, re.MULTILINE)
    rooms = [room for room, _ in rows]
    words = rooms + sorted(set(OTHERS.values()))
    return {
        room: set(words if may == "all of them" else re.findall(r"[\w/]+", may))
        | {room}
        for room, may in rows
    }


MAY_INCLUDE = read_table()


def get_room(path):
    """Returns the row of the table that a file belongs to."""
    parts = path.relative_to(source).parts
    if parts[:2] == ("include", "slb"):
        parts = ("lib", *parts[2:])
    for length in range(len(parts) - 1, 0, -1):
        if "/".join(parts[:length]) in MAY_INCLUDE:
            return "/".join(parts[:length])
    problems.append(f"{path}: its folder has no row in CONTRIBUTING's table")
    return None


def allows(room, other):
    """Whether `room` may include `other`, a row of the table or one within."""
    return any(other == may or other.startswith(may + "/")
               for may in MAY_INCLUDE[room])


@functools.lru_cache(maxsize=None)
def get_includes(path):
    """Returns the files of ours and the names of others that a file includes."""
    ours, others = [], set()
    for name in re.findall(r'^\s*#\s*include\s+["<]([^">]+)[">]',
                           path.read_text(), re.MULTILINE):
        places = [path.parent, source, source / "include"]
        found = [place / name for place in places if (place / name).is_file()]
        if found:
            ours.append(found[0].resolve())
        elif name.split("/")[0] in OTHERS:
            others.add(OTHERS[name.split("/")[0]])
    return ours, others


def check_includes(path):
    room = get_room(path)
    if not room:
        return
    ours, others = get_includes(path)
    found = collections.OrderedDict.fromkeys(filter(None, map(get_room, ours)))
    for other in [*found, *sorted(others)]:
        if not allows(room, other):
            problems.append(f"{path.relative_to(source)}: {room} may not "
                            f"include {other}")


def reach_others(path):
    """Returns the names of others that a file includes, by whatever way."""
    seen, todo, others = set(), [path], set()
    while todo:
        file = todo.pop()
        if file in seen:
            continue
        seen.add(file)
        ours, names = get_includes(file)
        todo += ours
        others |= names
    return others


def get_closure(rooms):
    """Returns every folder that a program of these may come to link."""
    closure, todo = set(), set(rooms)
    while todo:
        room = todo.pop()
        if room not in closure:
            closure.add(room)
            todo |= {other for other in MAY_INCLUDE
                     if other != room and allows(room, other)}
    return closure


def get_linked_rooms(tool):
    """Returns the folders whose libraries are linked into a tool."""
    query = subprocess.run(["ninja", "-C", build, "-t", "query", f"bin/{tool}"],
                           capture_output=True, text=True, check=True).stdout
    archives = re.findall(r"^\s*\|? ?((?:lib|dialects)/\S*\.a)$", query, re.M)
    if not archives:
        problems.append(f"bin/{tool}: no library of ours among its inputs:\n{query}")
    return {room for archive in archives
            if (room := get_room(source / archive))}


def check_links(main):
    """A tool links what its includes lead to, and nothing beside it."""
    tool = main.parent.name
    rooms = {get_room(path) for path in get_includes(main)[0]} - {None}
    for room in sorted(get_linked_rooms(tool) - get_closure(rooms)):
        problems.append(f"bin/{tool}: links {room}, which none of "
                        f"{', '.join(sorted(rooms))} may include")


files = [path for folder in ("dialects", "include", "lib", "runtime", "tools")
         for path in sorted((source / folder).rglob("*"))
         if path.suffix in (".h", ".cpp", ".c")]
for file in files:
    check_includes(file)
    if {"MLIR", "LibTorch"} <= reach_others(file):
        problems.append(f"{file.relative_to(source)}: includes MLIR and LibTorch")
for main in sorted((source / "tools").glob("*/*.cpp")):
    if (build / "bin" / main.parent.name).exists():
        check_links(main)
if "lib/Kernels" in get_linked_rooms("slb-compile"):
    problems.append("bin/slb-compile: links the kernels of training")
sys.exit("\n".join(problems) or 0)
