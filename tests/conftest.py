"""What all tests stand on: fast settings, both databases, a real browser, seeded random tests.

`make test` runs everything on SQLite, then what touches the database on PostgreSQL.
"""

import gc
import os
import tempfile
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.signals import setting_changed
from django.test import TransactionTestCase

HERE = Path(__file__).parent
# Their outcome does not hang on which database it is: once is enough. So it is for single tests that
# are marked `once`: what a browser does with what it has got. That two meet in the database is not.
ONCE = [HERE / "formats", HERE / "browser"]

# They take minutes: begun last they would keep everybody else waiting.
LONGEST = {
    HERE / "browser/test_pages.py",
    HERE / "concurrency/test_edits.py",
    HERE / "importing/test_bulk.py",
    HERE / "properties/test_many_hands.py",
}

# In the suite the same examples each time; `make fuzz` looks further, with new seeds.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, max_examples=50)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("suite")


def pytest_addoption(parser):
    parser.addoption(
        "--only-database",
        action="store_true",
        help="only what touches the database; not tests/formats, not tests/browser, nothing marked once",
    )


def pytest_configure(config):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.TASKS = {"default": {"BACKEND": "tests.tasks.AtOnce"}}
    setting_changed.send(None, setting="TASKS", value=settings.TASKS, enter=True)
    # Pages are tested without `collectstatic`; a test of its own runs that one as it is.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    # Nor with what `make run` has collected some time before.
    settings.STATIC_ROOT = tempfile.mkdtemp(prefix="samverkan-static-")


def touches_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"}
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def is_once_enough(item: pytest.Item) -> bool:
    return item.get_closest_marker("once") is not None or any(
        item.path.is_relative_to(one) for one in ONCE
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("--only-database"):
        chosen = [item for item in items if touches_database(item) and not is_once_enough(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen
    items.sort(key=lambda item: item.path not in LONGEST)


def pytest_collection_finish(session):
    """Thousands of tests live to the end: nobody need look among them for what can be thrown away."""
    gc.collect()
    gc.freeze()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file is not its own name: a zip carries the time it was made, and xdist's workers, who make
    theirs a moment apart, must agree on the names."""
    return argname if isinstance(val, bytes) else None


def pytest_sessionfinish(session, exitstatus):
    """A skipped test is a test that nobody ran: it fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite in a file, as in use: in memory it knows neither WAL nor two connections."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = str(tmp_path_factory.getbasetemp() / "test.sqlite3")


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits count in the cache: one test's log-ins are not the next one's."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _flush_past_triggers():
    """Let the emptying of tables after a transactional test through the append-only rules.

    The flush sends post_migrate, and that creates the triggers again. A request whose browser has
    gone may still be at work: PostgreSQL then ends one of the two, and the tables are emptied again.
    """
    from django.core.management import CommandError
    from django.db import OperationalError

    from samverkan import triggers

    case: Any = TransactionTestCase
    flush = case._fixture_teardown

    def teardown(self):
        for last in (False, False, True):
            try:
                triggers.drop()
                flush(self)
                return
            except (OperationalError, CommandError):
                if last:
                    raise

    case._fixture_teardown = teardown
    yield
    case._fixture_teardown = flush


@pytest.fixture(scope="session")
def built_fonts():
    """What a PDF is set in; made once, and then there."""
    from samverkan.documents import fonts

    fonts.build()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    from tests import chromium

    return chromium.chromium_path()


@pytest.fixture(scope="session")
def browser():
    """One real Chromium for the whole session (one for each xdist worker)."""
    from tests import chromium

    # Playwright keeps an event loop in this thread, and Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium.started() as browser:
        yield browser


@pytest.fixture
def page(browser, live_server):
    """A fresh page whose relative addresses go to the live server.

    Fails the test on anything that the browser complains of (a script's error, a breach of the
    Content-Security-Policy, a missing file) and on any request to another host.
    """
    complaints: list[str] = []
    context = browser.new_context(base_url=live_server.url, locale="sv-SE")
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: (
            complaints.append(f"{page.url}: {message.text}") if message.type == "error" else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((live_server.url, "data:", "blob:"))
            else complaints.append(f"{page.url}: asks for {request.url}")
        ),
    )
    page.complaints = complaints  # a test that expects one, of a 403 say, clears it
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)


# What many tests of a plan begin with: one that two parties have agreed on, and somebody of each. ----


@pytest.fixture
def plan():
    from tests.factories import a_district, a_plan, an_agreement

    district = a_district()
    return a_plan(district, agreement=an_agreement(district))


@pytest.fixture
def chain(plan):
    from tests.plans.rows import a_chain

    return a_chain(plan)


@pytest.fixture
def samordnare(plan):
    from samverkan.organisation.vocabulary import Role
    from tests.factories import a_member

    return a_member(Role.COORDINATOR, plan.district)


@pytest.fixture
def kommunpolis(plan):
    from samverkan.organisation.vocabulary import Role
    from tests.factories import a_member, police_of

    return a_member(Role.EDITOR, plan.district, police_of(plan.district))
