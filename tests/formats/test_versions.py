"""Files that were written before: what has once left the house can always come back into it.

`versions/` has a folder for each version of the format, with a plan in each layout and in each kind of
file, as they were written when the version was new. They are never written anew: a version that is
changed gets a folder of its own (`python -m tests.formats.test_versions` fills it).
"""

from pathlib import Path

import django
import pytest

from plans.document import FORMAT, Envelope, read_json, write_json
from plans.reading.our_docx import read_docx
from plans.reading.our_pdf import read_pdf
from plans.reading.our_xlsx import read_xlsx
from plans.vocabulary import Layout
from plans.writing.docx import write_docx
from plans.writing.pdf import write_pdf
from plans.writing.xlsx import write_xlsx
from tests.formats import samples
from tests.formats.test_pdf import DRAFT

VERSIONS = Path(__file__).parent / "versions"
READERS = {"json": read_json, "xlsx": read_xlsx, "docx": read_docx, "pdf": read_pdf}
WRITTEN = sorted(VERSIONS.glob("*/*"))


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_a_file_of_an_older_version_is_still_read_whole(file: Path) -> None:
    read = READERS[file.suffix[1:]](file.read_bytes())
    assert read == read_json(file.with_suffix(".json").read_bytes())
    assert len(read.document.areas) > 1


def test_the_version_that_is_written_now_has_a_file_of_each_kind() -> None:
    folder = VERSIONS / FORMAT.replace("/", "-")
    assert {file.name for file in folder.iterdir()} == {
        f"{layout}.{kind}" for layout in Layout for kind in READERS
    }


def write() -> None:
    folder = VERSIONS / FORMAT.replace("/", "-")
    folder.mkdir(parents=True)
    for layout in Layout:
        plan = samples.full(layout)
        for kind, content in {
            "json": write_json(Envelope(plan)),
            "xlsx": write_xlsx(Envelope(plan), DRAFT),
            "docx": write_docx(plan, DRAFT),
            "pdf": write_pdf(plan, DRAFT),
        }.items():
            (folder / f"{layout}.{kind}").write_bytes(content)


if __name__ == "__main__":
    django.setup()
    write()
