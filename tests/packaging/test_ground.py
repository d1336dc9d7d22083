"""What conftest.py promises the other tests."""

from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import TransactionTestCase

from samverkan.journal import kinds
from samverkan.journal.models import Entry


@pytest.mark.django_db(transaction=True)
def test_tables_are_emptied_past_the_append_only_rule_and_the_rule_is_put_back():
    kinds.record(kinds.Kind.PLAN_CREATED, plan="Skarpnäck 2022")
    case: Any = TransactionTestCase()
    case._fixture_teardown()
    assert not Entry.objects.exists()

    kinds.record(kinds.Kind.PLAN_CREATED, plan="Skarpnäck 2022")
    with pytest.raises(DatabaseError, match="Journalen kan inte ändras"):
        connection.cursor().execute("DELETE FROM journal_entry")


@pytest.mark.django_db
def test_the_database_is_the_one_that_is_used_for_real():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
        else:
            cursor.execute("SHOW server_encoding")
            assert cursor.fetchone() == ("UTF8",)
