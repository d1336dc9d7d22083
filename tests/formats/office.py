"""LibreOffice, as whoever opens our files at an office has it or has something like it."""

import subprocess
from pathlib import Path
from shutil import which

# Formulas are counted anew when a file is opened, not taken as they were left.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert(content: bytes, suffix: str, to: str, tmp_path: Path) -> bytes:
    """The file as LibreOffice writes it in another format; fails where it cannot open it."""
    profile = tmp_path / "libreoffice"
    settings = profile / "user/registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_PROFILE)
    source, out = tmp_path / f"file.{suffix}", tmp_path / "out"
    source.write_bytes(content)
    office = which("soffice")
    assert office, "LibreOffice saknas; scripts/test.sh installerar det."
    done = subprocess.run(  # noqa: S603 - a program of ours on a file of ours
        [office, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        + ["--convert-to", to, "--outdir", str(out), str(source)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    made = out / f"file.{to.split(':')[0]}"
    assert made.exists(), done.stdout + done.stderr
    return made.read_bytes()
