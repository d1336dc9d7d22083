"""`demo` is safe to run: again, where it has been run before there was so much in it, and never for real."""

from io import StringIO
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lagesbild.models import Report
from plans.models import Agreement
from plans.vocabulary import AgreementLevel
from samverkan.organisation.models import User
from samverkan.site import demonstration

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_paper():
    """It takes seconds to make."""
    with patch("samverkan.documents.pdf.render", return_value=b"%PDF-1.7"):
        yield


def test_a_second_run_changes_nothing_and_prints_the_log_ins_again():
    first, second = StringIO(), StringIO()
    call_command("demo", stdout=first)
    rows = {model: model._base_manager.count() for model in apps.get_models()}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        call_command("demo", stdout=second)
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert {model: model._base_manager.count() for model in apps.get_models()} == rows
    for said in (first.getvalue(), second.getvalue()):
        assert demonstration.PASSWORD in said
        for email in User.objects.values_list("email", flat=True):
            assert email in said


def test_it_is_never_loaded_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="skarp drift"):
        call_command("demo")
    assert not User.objects.exists()


def test_its_reports_come_also_where_the_rest_was_there_before_them(monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(demonstration, "load_report", lambda **_: None)
        call_command("demo", stdout=StringIO())
    assert not Report.objects.exists()
    call_command("demo", stdout=StringIO())
    assert sorted(str(report) for report in Report.objects.all()) == [
        "Lägesbild 2023 för Järva",
        "Statusrapport 2022 för Spånga-Tensta",
    ]


def test_the_agreement_of_the_city_comes_also_where_the_rest_was_there_before_it(monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(demonstration, "load_agreement", lambda *_: None)
        demonstration.load()
    mine = Agreement.objects.get(districts__slug="jarva")
    Agreement.objects.filter(pk=mine.pk).update(title="Vårt eget namn")
    demonstration.load()
    mine.refresh_from_db()
    assert mine.title == "Vårt eget namn"
    assert mine.above == Agreement.objects.get(level=AgreementLevel.CITY)
