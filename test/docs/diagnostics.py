# RUN: python3 %s %slb_source
"""Every diagnostic stands in a test: the longest piece of what it says, without
the words that all of them share. A piece that several diagnostics say stands in as
many places."""

import collections
import pathlib
import re
import sys

# How code says that something is wrong, and what it says.
CALL = re.compile(r"(?:emitOpError|emitError|emitWarning|emitOptionalError|fail|"
                  r"failure|warn|createStringError|createError|runtime_error)\s*\(|"
                  r"[eE]rror \+?= |\bproblem = ")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# What formats put other words in the place of.
PLACE = re.compile(r"\{\d[^}]*\}|%[.\d]*[a-z]+")
COMMON = set("expects but got a an the of to and in for".split()) | {"", " "}
# What no input provokes, and why.
UNPROVOKED = {
    "lowering to llvm fails without a message": "MLIR's passes say why they fail",
    "LLVM's NVPTX back end cannot print PTX": "it can",
    "kernels of searched weights do not parse": "their text is ours",
    "kernels of searched weights do not translate to LLVM": "their text is ours",
    "kernels of searched weights do not link": "their text is ours",
    "bytecode cannot be written": "streams say first that a disk is full",
    "concatenations do not decompose": "MLIR decomposes all that it verifies",
    "cannot be read": "MLIR's parser says why it fails",
}


def get_statement(text, begin):
    """Returns the text from `begin` to the end of the statement."""
    depth, i = 0, begin
    while i < len(text):
        if text[i] == '"':
            i = LITERAL.match(text, i).end()
            continue
        depth += (text[i] in "({[") - (text[i] in ")}]")
        if text[i] == ";" or (depth < 0 and text[i] == "}"):
            break
        i += 1
    return text[begin:i]


def join_literals(text):
    return re.sub(r'"\s*\n\s*"', "", text).replace('\\"', "'")


def strip(piece):
    """Returns a piece of a message without common words at its ends."""
    words = re.split(r"(\s+)", piece.replace("\\", ""))
    while words and words[0].strip("',:") in COMMON:
        words.pop(0)
    while words and words[-1].strip("',:") in COMMON:
        words.pop()
    return "".join(words).strip(" ,:;'")


def get_diagnostics(path):
    """Yields the line and the longest piece of each diagnostic in a file."""
    text = re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.MULTILINE)
    text, end = text.replace('\\"', "''"), 0
    for call in CALL.finditer(text):
        if call.start() < end:
            continue
        statement = get_statement(text, call.start())
        end = call.start() + len(statement)
        pieces = [strip(piece)
                  for literal in LITERAL.finditer(join_literals(statement))
                  for piece in PLACE.split(literal.group(1))]
        longest = max(pieces, key=len, default="")
        if len(longest) > 5:
            yield text.count("\n", 0, call.start()) + 1, longest


def read_tests(folder):
    """Returns all that tests say, without what regular expressions add."""
    suffixes = (".mlir", ".test", ".cpp", ".py", ".sh", ".c")
    return "\n".join(join_literals(path.read_text()).replace("\\", "")
                     for path in sorted(folder.rglob("*"))
                     if path.suffix in suffixes and path != pathlib.Path(__file__))


def main():
    source = pathlib.Path(sys.argv[1])
    places = collections.defaultdict(list)
    for folder in ("dialects", "lib", "tools"):
        for path in sorted((source / folder).rglob("*")):
            if path.suffix in (".cpp", ".h"):
                for line, piece in get_diagnostics(path):
                    places[piece].append(f"{path.relative_to(source)}:{line}")
    tests = read_tests(source / "test")
    problems = [f"{', '.join(where)}: expects '{piece}' in {len(where)} tests, but "
                f"got {tests.count(piece)}"
                for piece, where in places.items()
                if tests.count(piece) < len(where) and piece not in UNPROVOKED]
    problems += [f"'{piece}' is no diagnostic any more"
                 for piece in UNPROVOKED if piece not in places]
    print(sum(map(len, places.values())), "diagnostics")
    sys.exit("\n".join(problems) or 0)


main()
