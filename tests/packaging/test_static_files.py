"""The static files as production serves them: named by content, each reference resolved."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from samverkan.site.management.commands import prepare

ROOT = Path(__file__).parents[2]


@pytest.fixture
def static_files(tmp_path, monkeypatch):
    directory = tmp_path / "static"
    directory.mkdir()
    (directory / "one.css").write_text("a{}")
    monkeypatch.setattr(settings, "STATICFILES_DIRS", [directory])
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


def test_every_reference_between_static_files_resolves(tmp_path):
    """The manifest storage refuses a stylesheet that names a file which is not there."""
    code = (
        "import django; from django.conf import settings; from pathlib import Path; import sys;"
        "settings.STATIC_ROOT = Path(sys.argv[1]); django.setup();"
        "from django.core.management import call_command;"
        "call_command('collectstatic', interactive=False, verbosity=0)"
    )
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, tmp_path / "static"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "samverkan.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "static/staticfiles.json").exists()
