import pytest


@pytest.fixture(scope="session", autouse=True)
def _with_fonts(built_fonts):
    """Everything here is printed."""
