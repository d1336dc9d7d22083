import pytest

from samverkan.documents import fonts


@pytest.fixture(scope="session", autouse=True)
def _fonts():
    fonts.build()
