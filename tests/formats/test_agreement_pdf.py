"""An agreement to sign: for the archive and the screen reader, and every word of it there."""

import pytest

from plans.agreement import AgreementDocument
from plans.writing.agreement import write_pdf
from tests.formats.agreements import EVERY, LOCAL, standing_of
from tests.formats.tagged import tags_of
from tests.formats.test_archive import faults, said_by
from tests.formats.test_pdf import letters


def printed(name: str) -> bytes:
    return write_pdf(EVERY[name], standing_of(EVERY[name]))


@pytest.mark.parametrize("name", EVERY)
def test_it_is_for_the_archive_and_for_the_screen_reader_however_awkward(name):
    assert faults(printed(name)) == []


@pytest.mark.parametrize("name", EVERY)
def test_no_word_is_lost_however_awkward(name):
    text = letters(said_by(printed(name)))
    for words in words_of(EVERY[name]):
        assert letters(words) in text


def words_of(document: AgreementDocument) -> list[str]:
    """What it says; of a group that has a name, not also of which kind it is."""
    found = [document.title, document.municipality, document.registry_number]
    found += [document.above.title] if document.above else []
    found += [one.name for one in document.districts]
    found += [one.name for one in document.areas]
    found += [one.name for one in document.parties]
    found += [
        one for entry in document.signatories for one in (entry.signatory, entry.registry_number)
    ]
    found += [
        one
        for group in document.groups
        for one in (group.title, group.task, group.members, group.meetings)
    ]
    return found + [one for section in document.sections for one in (section.heading, section.text)]


def test_each_who_signs_has_lines_under_the_name_of_her_party():
    text = said_by(printed("lokal")).rpartition("Underskrifter")[2]
    for entry, party in LOCAL.signing:
        role = f", {entry.signatory}" if entry.signatory else ""
        assert f"För {party.name} Ort och datum Underskrift Namnförtydligande{role}" in text


def test_where_nobody_is_to_sign_there_is_no_heading_over_nothing():
    headings = [heading.text for heading in tags_of(printed("tom")).all("H2")]
    assert headings == ["Parter och tid", "Om dokumentet"]
