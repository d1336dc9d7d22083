"""Compares the demonstration's reports with the reports that districts have written.

    python -m tests.lagesbild.own_words FOLDER

Facts, names and headings may be the same; a sentence may not. The files are not the project's own,
and lie where the folder says.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lagesbild.document import ReportDocument
from samverkan.document import Heading, Name, Prose, Rich, Slug
from samverkan.rich import plain
from tests.lagesbild.demonstration import NAMES, document, fields

RUN = 5  # so many words in a row are somebody's sentence


def texts(report: ReportDocument) -> Iterator[str]:
    """Every text that somebody has put together; headings and names are as they are."""
    for field, value in fields(report):
        if type(value) is str and field.type not in (Heading, Name, Slug | None):
            yield plain(value) if field.type in (Rich, Prose) else value


def runs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def shared(report: ReportDocument, written: str) -> set[str]:
    theirs = runs(written)
    return {run for text in texts(report) for run in runs(text) & theirs}


def main(folder: Path) -> int:
    written = sorted(folder.glob("*.txt"))
    if not written:
        raise SystemExit(f"{folder} har inga texter att jämföra med")
    faults = 0
    for name in NAMES:
        for path in written:
            found = shared(document(name), path.read_text(encoding="utf-8"))
            faults += len(found)
            for run in sorted(found):
                print(f"{name}, som i {path.name}: ”{run}”")
    print(f"{len(NAMES)} rapporter jämförda med {len(written)} texter: {faults} gemensamma")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
