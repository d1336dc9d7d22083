"""print_all.py FOLDER: prints what is to be validated: every demonstration plan, and the awkward
ones, in both layouts, as draft and as decided, with and without files.

`scripts/check_pdf.sh` hands them to veraPDF; the suite holds the same plans against our own rules.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]


def main(folder: Path) -> None:
    from plans.vocabulary import Layout
    from plans.writing.pdf import write_pdf
    from samverkan.documents.archive import Flavour
    from tests.formats import test_archive, test_pdf

    standings = {"utkast": test_pdf.DRAFT, "beslutad": test_pdf.DECIDED}
    for flavour in Flavour:
        (folder / flavour.name).mkdir(parents=True)
    for name, document in _plain():
        for said, standing in standings.items():
            for flavour in Flavour:
                content = write_pdf(document, standing, flavour=flavour)
                (folder / flavour.name / f"{name}-{said}.pdf").write_bytes(content)
    for name, document in _awkward(list(Layout)):
        with_sheet = write_pdf(document, test_pdf.DRAFT, attachments=(test_archive.SHEET,))
        (folder / Flavour.WITH_FILES.name / f"{name}.pdf").write_bytes(with_sheet)
        without = write_pdf(document, test_pdf.DRAFT, flavour=Flavour.WITHOUT_FILES)
        (folder / Flavour.WITHOUT_FILES.name / f"{name}.pdf").write_bytes(without)


def _plain() -> Iterator[tuple]:
    from plans.document import read_json

    for file in sorted((BASE / "fixtures/plans").glob("*.json")):
        yield file.stem, read_json(file.read_bytes()).document


def _awkward(layouts: list) -> Iterator[tuple]:
    from msgspec.structs import replace

    from tests.formats import samples, test_archive, test_pdf

    for layout in layouts:
        yield f"alla-falt-{layout}", samples.full(layout)
        for number, document in enumerate(test_pdf.awkward().values()):
            yield f"svar-{number}-{layout}", replace(document, layout=layout)
        words = "\n".join(test_archive.STRANGE.values())
        yield f"tecken-{layout}", replace(test_archive.with_words(words), layout=layout)
        long = replace(test_archive.with_words("ord " * 5000), layout=layout)
        yield f"lang-{layout}", long


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    django.setup()
    main(Path(sys.argv[1]))
