"""Two browsers, two processes, one of them killed in the middle of a save."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from playwright.sync_api import expect

from samverkan.organisation.vocabulary import Role
from tests.collaboration.process import STOPS
from tests.collaboration.test_together import SOON
from tests.factories import a_member


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def another_process(port: int, *stops: str) -> Iterator[subprocess.Popen]:
    database = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "tests.collaboration.process", database, str(port), *stops]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_the_plan_is_before_and_then_after_and_the_text_is_still_in_the_browser(
    plan, chain, writer, kommunpolis, port
):
    user = a_member(Role.COORDINATOR, plan.district)
    text = f"Skrivet {STOPS} ett sparande"
    with another_process(port, "stops") as process:
        samordnare = writer(user, at=f"http://127.0.0.1:{port}")
        samordnare.cell(chain.action, "timing").fill(text)
        samordnare.page.keyboard.press("Tab")
        assert process.stdout.readline() == "stopped\n"
        process.kill()
        assert process.wait() == -signal.SIGKILL
    expect(samordnare.said).to_contain_text("Det du skriver finns kvar här")
    expect(samordnare.cell(chain.action, "timing")).to_have_value(text)

    kommunpolis.cell(chain.other, "timing").fill("Våren")
    kommunpolis.page.keyboard.press("Tab")
    expect(kommunpolis.said).to_contain_text("Sparat", timeout=SOON)
    expect(kommunpolis.cell(chain.action, "timing")).to_have_value("T1 och T2")
    assert [change.after for change in plan.changes.all()] == ["Våren"]

    with another_process(port):
        expect(samordnare.said).to_contain_text("Sparat", timeout=10_000)
        expect(kommunpolis.cell(chain.action, "timing")).to_have_value(text, timeout=SOON)
        expect(samordnare.cell(chain.other, "timing")).to_have_value("Våren", timeout=SOON)
        assert [change.after for change in plan.changes.all()] == ["Våren", text]
        samordnare.page.close()
