# RUN: python3 %s %slb_source
"""Every relative link of the documents leads to a file, and to its heading."""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
documents = [root / "README.md", root / "CONTRIBUTING.md"]
documents += sorted((root / "docs").rglob("*.md"))
documents += sorted((root / "data").rglob("*.md"))


def get_anchors(document):
    headings = re.findall(r"^#+ (.*)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-")
            for h in headings}


broken = []
for document in documents:
    for link in re.findall(r"\]\(([^)]+)\)", document.read_text()):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = document if not path else (document.parent / path).resolve()
        if not target.exists() or (anchor and anchor not in get_anchors(target)):
            broken.append(f"{document}: broken link: {link}")
sys.exit("\n".join(broken) or 0)
