"""The static files as production serves them: named by content, each reference resolved."""

import os
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from samverkan.site.management.commands import prepare


@pytest.fixture
def static_files(tmp_path, settings):
    directory = tmp_path / "static"
    directory.mkdir()
    (directory / "one.css").write_text("a{}")
    settings.STATICFILES_DIRS = [directory]
    get_finder: Any = finders.get_finder  # it remembers the directories
    get_finder.cache_clear()
    yield directory
    get_finder.cache_clear()


def test_a_changed_a_new_and_a_removed_file_are_all_seen(static_files):
    seen = [prepare.fingerprint_of_static_files()]
    assert prepare.fingerprint_of_static_files() == seen[0]

    (static_files / "one.css").write_text("b{}")
    os.utime(static_files / "one.css", (1, 1))
    seen.append(prepare.fingerprint_of_static_files())
    (static_files / "two.css").write_text("b{}")
    seen.append(prepare.fingerprint_of_static_files())
    (static_files / "one.css").unlink()
    seen.append(prepare.fingerprint_of_static_files())
    assert len(set(seen)) == 4


def test_every_reference_between_static_files_resolves(settings, tmp_path):
    """The manifest storage refuses a stylesheet that names a file which is not there."""
    # Production compresses as well; that takes fifteen seconds and resolves nothing.
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
