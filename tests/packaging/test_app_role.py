"""The database role of the web processes: enough to work with, too little to alter what was decided."""

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from samverkan.journal.kinds import Kind, record
from samverkan.organisation.vocabulary import Role
from samverkan.site.management.commands.app_role import ROLE
from samverkan.triggers import append_only
from tests.factories import a_member, a_plan

REFUSED = [
    "UPDATE journal_entry SET kind = ''",
    "DELETE FROM plans_decision",
    "TRUNCATE plans_approval",
    "DROP TRIGGER journal_is_append_only_update ON journal_entry",
    "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
    "DROP TABLE plans_registrynumber",
    "CREATE TABLE mine (id int)",
    "DELETE FROM django_migrations",
    "SET session_replication_role = replica",
]


@pytest.fixture
def password(settings):
    settings.POSTGRES_APP_PASSWORD = "it's a secret"


def test_the_history_is_known_by_its_rules():
    assert append_only() == {
        "journal_entry",
        "lagesbild_approval",
        "lagesbild_change",
        "lagesbild_confirmation",
        "lagesbild_decision",
        "lagesbild_dispatch",
        "lagesbild_image",
        "lagesbild_registrynumber",
        "lagesbild_sentdraft",
        "plans_answerchange",
        "plans_approval",
        "plans_change",
        "plans_confirmation",
        "plans_decision",
        "plans_dispatch",
        "plans_registrynumber",
        "plans_roundsnapshot",
        "plans_sentdraft",
    }


def test_the_role_does_the_days_work_and_cannot_undo_what_was_decided(db, password, capsys):
    if connection.vendor == "sqlite":  # a file has no roles
        with pytest.raises(CommandError, match="Bara PostgreSQL har roller"):
            call_command("app_role")
        return

    call_command("app_role")
    call_command("app_role")  # at each start
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        user = a_member(Role.COORDINATOR)
        user.name = "Nytt namn"
        user.save()
        plan = a_plan()
        type(plan).objects.select_for_update().get(pk=plan.pk)
        plan.delete()
        record(Kind.PLAN_REMOVED, actor=user, plan=str(plan))
        for statement in REFUSED:
            refused = pytest.raises(ProgrammingError, match="permission denied|must be owner")
            with refused, transaction.atomic():
                cursor.execute(statement)
        cursor.execute("RESET ROLE")


def test_without_a_password_there_is_no_role(db, settings):
    settings.POSTGRES_APP_PASSWORD = ""
    with pytest.raises(CommandError):
        call_command("app_role")
