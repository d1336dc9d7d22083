import pytest


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch):
    """A PDF takes a second; tests/formats makes real ones."""
    monkeypatch.setattr(
        "plans.services.workflow.write_pdf",
        lambda document, standing, **more: b"%PDF-" + standing.content_hash.encode(),
    )
