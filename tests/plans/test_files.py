"""The plan as files to take along."""

import pytest
from django.urls import reverse

from plans.vocabulary import PlanState
from samverkan.documents.pdf import PdfUnavailable
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_plan


@pytest.mark.django_db
def test_where_no_pdf_can_be_made_the_page_says_why(client, monkeypatch):
    def no_pango(document, standing):
        raise PdfUnavailable("Pango saknas.")

    monkeypatch.setattr("plans.services.files.write_pdf", no_pango)
    district = a_district()
    a_plan(district, 2026, state=PlanState.DECIDED)
    client.force_login(a_member(Role.READER, district))

    response = client.get(reverse("plan-pdf", args=[district.slug, 2026]))

    assert response.status_code == 503
    assert "Pango saknas." in response.text
