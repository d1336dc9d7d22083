"""The same plan gives the same bytes: a checksum says whether a file is the one that was made."""

import hashlib
import os
import subprocess
import sys

import pytest
from django.conf import settings

from plans.document import Envelope
from plans.writing.docx import write_docx
from plans.writing.pdf import write_pdf
from plans.writing.xlsx import write_xlsx
from tests.formats.samples import full
from tests.formats.test_pdf import DRAFT

WRITERS = {
    "pdf": lambda: write_pdf(full(), DRAFT),
    "docx": lambda: write_docx(full(), DRAFT),
    "xlsx": lambda: write_xlsx(Envelope(full()), DRAFT),
}
MAKE_ONE = """
import django, sys; django.setup()
from tests.formats.test_same_bytes import *
sys.stdout.write(hashlib.sha256(WRITERS[sys.argv[1]]()).hexdigest())
"""


@pytest.mark.parametrize("extension", WRITERS)
def test_the_same_plan_gives_the_same_bytes_also_in_another_process(extension):
    here = hashlib.sha256(WRITERS[extension]()).hexdigest()
    there = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MAKE_ONE, extension],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "samverkan.settings", "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert there == here
