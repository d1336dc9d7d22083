"""LibreOffice, as the offices that have no Word open a file."""

import subprocess
from pathlib import Path


def convert(content: bytes, suffix: str, to: str, tmp_path: Path) -> bytes:
    """The file as another kind: convert(docx, "docx", "pdf", tmp_path). A profile of its own, so
    that two may run at once.
    """
    source, out = tmp_path / f"fil.{suffix}", tmp_path / "ut"
    source.write_bytes(content)
    subprocess.run(  # noqa: S603
        [  # noqa: S607
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(out),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return (out / f"fil.{to}").read_bytes()
