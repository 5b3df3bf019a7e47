# RUN: python3 %s %slb_source
"""Every diagnostic of ours stands in a test: a piece of what it says that no
other diagnostic says."""

import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
# How code says that something is wrong.
CALLS = (r"(?:emitOpError|emitError|emitWarning|emitOptionalError|fail|failure|warn|"
         r"createStringError|createError|runtime_error)\s*\(|\berror \+?= |\bproblem = ")
LITERAL = r'"((?:[^"\\\n]|\\.)*)"'
# What is left of a message without what every second one says.
COMMON = re.compile(r"^(expects|, but got|but got|a|an|the|of|to|and|in|'|:|,|\s)+|"
                    r"(, but got|but got|expects|a|an|of|to|and|'|:|,|\s)+$")


def get_statement(text, begin):
    """Returns the text from `begin` to the end of the statement."""
    depth, i = 0, begin
    while i < len(text):
        if text[i] == '"':
            i = re.compile(LITERAL).match(text, i).end()
            continue
        if text[i] in "({[":
            depth += 1
        elif text[i] in ")}]":
            depth -= 1
        if text[i] == ";" or depth < 0 and text[i] == "}":
            break
        i += 1
    return text[begin:i]


def get_messages(path):
    """Yields line and pieces of each diagnostic in a file."""
    text = re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.MULTILINE)
    end = 0
    for call in re.finditer(CALLS, text):
        if call.start() < end:
            continue
        statement = get_statement(text, call.start())
        end = call.start() + len(statement)
        joined = re.sub(r'"\s*\n\s*"', "", statement)
        pieces = [m.group(1) for m in re.finditer(LITERAL, joined)]
        if pieces:
            yield text.count("\n", 0, call.start()) + 1, pieces


def get_expected(root):
    """Returns all that tests say, without what regular expressions add."""
    texts = []
    for path in sorted(root.rglob("*")):
        if path.suffix in (".mlir", ".test", ".cpp", ".py", ".sh", ".c"):
            text = path.read_text()
            text = re.sub(r'"\s*\n\s*"', "", text)
            texts.append(text.replace("\\", ""))
    return "\n".join(texts)


def main():
    tests = get_expected(source / "test")
    missing, total = [], 0
    for folder in ("dialects", "lib", "tools"):
        for path in sorted((source / folder).rglob("*")):
            if path.suffix not in (".cpp", ".h", ".td"):
                continue
            for line, pieces in get_messages(path):
                key = max((COMMON.sub("", p) for p in pieces), key=len)
                key = key.replace("\\", "")
                if len(key) < 6:
                    continue
                total += 1
                if key not in tests:
                    missing.append(f"{path.relative_to(source)}:{line}: '{key}'")
    print(f"{len(missing)} of {total}")
    return "\n".join(missing)


sys.exit(main() or 0)
