"""print_all.py FOLDER: prints what is to be validated: every demonstration plan, the awkward ones and
some random ones, in both layouts, as draft and as decided, with and without files; and agreements.

`scripts/check_pdf.sh` hands them to veraPDF; the suite holds the same plans against our own rules.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]


def main(folder: Path) -> None:
    from plans.vocabulary import Layout
    from plans.writing.pdf import write_pdf, write_picture_pdf
    from samverkan.documents.archive import Flavour
    from samverkan.edition import Edition
    from tests.formats import test_archive, test_pdf

    standings = {"utkast": test_pdf.DRAFT, "beslutad": test_pdf.DECIDED}
    for flavour in Flavour:
        (folder / flavour.name).mkdir(parents=True)
    for name, document in _plain():
        for said, standing in standings.items():
            for flavour in Flavour:
                content = write_pdf(document, standing, flavour=flavour)
                (folder / flavour.name / f"{name}-{said}.pdf").write_bytes(content)
            content = write_picture_pdf(document, standing)
            (folder / Flavour.WITH_FILES.name / f"{name}-{said}-laget.pdf").write_bytes(content)
    for name, document in _awkward(list(Layout)):
        with_sheet = write_pdf(document, test_pdf.DRAFT, attachments=(test_archive.SHEET,))
        (folder / Flavour.WITH_FILES.name / f"{name}.pdf").write_bytes(with_sheet)
        without = write_pdf(document, test_pdf.DRAFT, flavour=Flavour.WITHOUT_FILES)
        (folder / Flavour.WITHOUT_FILES.name / f"{name}.pdf").write_bytes(without)
    for name, document, standing, edition in _random(list(Layout), list(Edition), standings):
        for flavour in Flavour:
            content = write_pdf(document, standing, edition=edition, flavour=flavour)
            (folder / flavour.name / f"{name}.pdf").write_bytes(content)
    for name, content in _agreements():
        (folder / Flavour.WITH_FILES.name / f"overenskommelse-{name}.pdf").write_bytes(content)


def _agreements() -> Iterator[tuple[str, bytes]]:
    from plans.agreement import read_json
    from plans.writing.agreement import write_pdf
    from tests.formats import agreements

    files = (BASE / "fixtures/agreements").glob("*.json")
    shown = {file.stem: read_json(file.read_bytes()) for file in files}
    for name, document in (agreements.EVERY | shown).items():
        yield name, write_pdf(document, agreements.standing_of(document))


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


def _random(layouts: list, editions: list, standings: dict) -> Iterator[tuple]:
    from dataclasses import replace as of_standing

    from msgspec.structs import replace

    from plans.edition import edited

    for number, document in enumerate(_sample()):
        standing = list(standings.values())[number % len(standings)]
        for layout in layouts:
            for edition in editions:
                yield (
                    f"slump-{number}-{layout}-{edition}",
                    edited(replace(document, layout=layout), edition),
                    of_standing(standing, edition=edition.label),
                    edition,
                )


def _sample(size: int = 8, out_of: int = 120) -> list:
    """Random plans, the same each time: of those that are made, the ones that say the most."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from samverkan.document import encode
    from tests.strategies import documents

    made = []

    @seed(2026)
    @settings(
        max_examples=out_of,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(document=documents())
    def make(document):
        made.append(document)

    make()
    return sorted(made, key=lambda document: len(encode(document)))[-size:]


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    django.setup()
    main(Path(sys.argv[1]))
