"""Production settings and the files that production is started from."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PRODUCTION = {
    "PRODUCTION": "true",
    "SECRET_KEY": "k" * 25 + "".join(map(chr, range(65, 91))),
    "ALLOWED_HOSTS": "samverkan.kommunen.example",
    "DATABASE_URL": "postgres://samverkan@localhost/samverkan",
    "EMAIL_URL": "smtp+tls://samverkan:hemligt@e-post.kommunen.example:587",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_is_clean():
    result = manage("check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues (0 silenced)" in result.stdout + result.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL"])
def test_production_does_not_start_on_a_development_value(name):
    environment = {key: value for key, value in PRODUCTION.items() if key != name}
    result = manage("check", **environment)
    assert result.returncode != 0
    assert f"{name} måste anges" in result.stderr


def test_a_form_may_be_followed_to_the_municipalitys_directory_and_nowhere_else():
    result = manage(
        "diffsettings",
        OIDC_SERVER_URL="https://inloggning.kommunen.example/samverkan",
        OIDC_CLIENT_ID="samverkan",
        OIDC_CLIENT_SECRET="hemligt",
    )
    assert "'form-action': [\"'self'\", 'https://inloggning.kommunen.example']" in result.stdout


def test_production_shows_nobody_its_faults():
    result = manage("diffsettings", "--all", **PRODUCTION, DEBUG="true")
    assert "DEBUG = False" in result.stdout


def test_compose_file_follows_the_specification():
    result = subprocess.run(  # noqa: S603
        [
            sys.executable,
            *("-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"),
            ROOT / "docker-compose.yml",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_service_is_locked_down_and_watched(name):
    service = COMPOSE["services"][name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"]
    # The program's own image has its user and health check in the Dockerfile.
    if "build" not in service:
        assert service["user"] not in ("", "root", "0")
        assert service["healthcheck"]["test"]


def test_image_runs_as_an_ordinary_user_and_is_watched():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.findall(r"^USER (.*)$", dockerfile, re.M) == ["samverkan"]
    assert "HEALTHCHECK" in dockerfile


def test_two_web_processes_and_the_proxy_knows_both():
    web = [name for name, service in COMPOSE["services"].items() if name.startswith("web")]
    upstream = re.findall(r"^    server (\w+):8000", (ROOT / "nginx.conf").read_text(), re.M)
    assert len(web) == 2
    assert upstream == web


def test_what_answers_the_world_has_not_the_key_to_the_whole_database():
    for name in ("web1", "web2", "worker"):
        given = COMPOSE["services"][name]["environment"]
        assert given["DATABASE_URL"].startswith("postgres://samverkan_app:${POSTGRES_APP_PASSWORD")
        assert given["POSTGRES_PASSWORD"] == "", "else .env would bring the owner's"
    migrate = COMPOSE["services"]["migrate"]
    assert migrate["environment"]["DATABASE_URL"].startswith("postgres://samverkan:")
    assert migrate["command"][-1].endswith("manage.py app_role")


def manage_commands() -> list[str]:
    text = []
    for service in COMPOSE["services"].values():
        text.append(shlex.join(service.get("command", [])).replace("'", ""))
        text.append(shlex.join(service.get("healthcheck", {}).get("test", [])))
    text.append((ROOT / "Dockerfile").read_text())
    return sorted(set(re.findall(r"manage\.py (\w+)", " ".join(text))))


@pytest.mark.parametrize("command", manage_commands())
def test_each_command_that_production_calls_exists(command):
    result = manage(command, "--help", **PRODUCTION)
    assert result.returncode == 0, result.stderr


def test_secrets_stay_out_of_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", "certs", "var", ".git"} <= set(ignored)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_lock_file_holds_versions_and_hashes_and_nothing_else(name):
    """No index, no address: where packages come from is each machine's own business."""
    lines = [line for line in (ROOT / name).read_text().splitlines() if line.strip()]
    odd = [
        line
        for line in lines
        if not re.fullmatch(r" *#.*|[a-z0-9.-]+==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line)
        or "://" in line
    ]
    assert len(lines) > 100
    assert odd == []
