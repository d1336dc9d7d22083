"""`.env.example` names each variable that is read, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_env_example_and_what_is_read_are_the_same():
    settings = (ROOT / "samverkan/settings.py").read_text()
    compose = (ROOT / "docker-compose.yml").read_text()
    read = set(re.findall(r'\benv\.\w+\(\s*"(\w+)"', settings)) | set(
        re.findall(r"\$\{(\w+)", compose)
    )
    documented = set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert len(read) > 10, "the pattern no longer finds the variables in settings.py"
    assert read == documented


def test_settings_read_the_environment_in_one_way_only():
    """Else the test above would not see the variable."""
    settings = (ROOT / "samverkan/settings.py").read_text()
    assert not re.findall(r"os\.environ|getenv|\benv\(", settings)
