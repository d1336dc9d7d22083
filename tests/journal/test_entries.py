"""The journal can only grow, and reads as Swedish sentences."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from samverkan.journal.kinds import Kind, record, sentence
from samverkan.journal.models import AppendOnly, Entry
from tests.factories import a_district, a_user


@pytest.fixture
def entry(db):
    return record(
        Kind.MEMBER_ENDED,
        actor=a_user("Samordnaren"),
        district=a_district(),
        member="Kommunpolisen",
        role="redaktör för Polisen",
    )


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(kind="x"),
        lambda entry: Entry.objects.all().delete(),
    ],
)
def test_no_code_changes_what_is_written(attempt, entry):
    with pytest.raises(AppendOnly):
        attempt(entry)


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_entry SET kind = 'x'", "DELETE FROM journal_entry"]
)
def test_nor_does_the_database(statement, entry):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get(pk=entry.pk).kind == entry.kind


def test_nor_by_what_one_database_alone_can(entry):
    trick = {
        "sqlite": "INSERT OR REPLACE INTO journal_entry (id, at, kind, data) "
        "SELECT id, at, 'x', data FROM journal_entry",
        "postgresql": "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE journal_entry",
    }[connection.vendor]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(trick)
    assert Entry.objects.get(pk=entry.pk).kind == entry.kind


def test_an_entry_reads_as_a_sentence(entry):
    assert sentence(entry) == (
        "Samordnaren avslutade medlemskapet för Kommunpolisen (redaktör för Polisen)."
    )


def test_what_nobody_did_the_system_did(db):
    assert sentence(record(Kind.PLAN_CREATED, plan="planen")).startswith("Systemet ")


@pytest.mark.parametrize("kind", Kind)
def test_an_old_entry_that_lacks_a_word_can_still_be_read(kind, db):
    said = sentence(record(kind))
    assert "{" not in said
    assert said.endswith(".")


def test_a_kind_that_is_no_longer_in_use_is_still_told(db):
    entry = Entry.objects.create(kind="upphört", data={})
    assert sentence(entry) == "Systemet: upphört."


def test_a_migration_that_fails_leaves_the_journal_as_closed_as_it_was(entry, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("halvvägs")

    monkeypatch.setattr(MigrationExecutor, "migrate", fails)
    with pytest.raises(RuntimeError, match="halvvägs"):
        call_command("migrate", "journal", "zero", verbosity=0)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry")
    assert Entry.objects.exists()
