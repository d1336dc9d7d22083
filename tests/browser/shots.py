"""Walks every page as each role, wide and narrow, light and dark; takes pictures and asks axe.

    make shots                       all of it
    python -m tests.browser.shots samordnare chef       only these walkers
    python -m tests.browser.shots --readme              only the picture in README.md

Writes var/shots/<walker>/… and a contact sheet for each walker and dress. Ends with what axe found.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "var/shots"
README_PICTURE = ROOT / "docs/bilder/atgardsplan.png"
TALLEST = 16_000  # pixels; Chromium takes no taller picture
CAPTION, SHEET = 22, 2_000  # pixels


@contextmanager
def house() -> Iterator[str]:
    """Samverkan with the walkers' world in a database of its own, served for as long as it takes."""
    with TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/shots.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop here
        import django
        from django.conf import settings

        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        }
        settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
        settings.STATIC_ROOT = f"{folder}/static"
        settings.ALLOWED_HOSTS = ["localhost", "testserver"]
        django.setup()
        from django.core.management import call_command
        from pytest_django.live_server_helper import LiveServer

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        from tests.browser.walk import build_world

        build_world()
        server = LiveServer("localhost")
        yield server.url
        server.stop()


def take(browser, url: str, who: str, width: int, scheme: str) -> list[str]:
    """One walker's pictures in one dress; what axe found on the way."""
    from tests.browser.axe import faults_of
    from tests.browser.walk import visiting

    dress = f"{width}-{scheme}"
    folder = SHOTS / _file_name(who) / dress
    folder.mkdir(parents=True)
    faults, pictures = [], []
    with visiting(browser, url, who, width=width, scheme=scheme) as visit:
        for number, address in enumerate(visit.walk()):
            faults += [f"{who}, {dress}, {address}: {fault}" for fault in faults_of(visit.page)]
            picture = folder / f"{number:02}-{_file_name(address)}.png"
            height = visit.page.evaluate("document.documentElement.scrollHeight")
            visit.page.screenshot(
                path=picture,
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)},
            )
            pictures.append((address, picture))
    thumbnail = (600, 450) if width > 600 else (300, 600)
    contact_sheet(pictures, thumbnail).save(SHOTS / f"{_file_name(who)}-{dress}.png")
    return faults


def contact_sheet(pictures: list[tuple[str, Path]], thumbnail: tuple[int, int]) -> Image.Image:
    """The top of each page, in rows."""
    width, height = thumbnail[0] + 12, thumbnail[1] + CAPTION + 12
    columns = SHEET // width
    sheet = Image.new("RGB", (columns * width, -(-len(pictures) // columns) * height), "#8a8f94")
    draw = ImageDraw.Draw(sheet)
    for place, (address, path) in enumerate(pictures):
        x, y = place % columns * width, place // columns * height
        with Image.open(path) as picture:
            scale = picture.width / thumbnail[0]
            top = picture.crop((0, 0, picture.width, min(picture.height, thumbnail[1] * scale)))
            small = top.convert("RGB").resize((int(top.width / scale), int(top.height / scale)))
        sheet.paste(small, (x + 6, y + CAPTION))
        draw.text((x + 6, y + 6), address[-52:], fill="white")
    return sheet


def take_for_readme(browser, url: str) -> None:
    """The plan as the samordnare meets it."""
    from tests.browser.walk import WIDE, visiting

    with visiting(browser, url, "samordnare", width=WIDE) as visit:
        visit.page.set_viewport_size({"width": WIDE, "height": 900})
        visit.page.goto("/norra-innerstaden/2025/atgardsplan/")
        README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
        visit.page.screenshot(path=README_PICTURE)
    with Image.open(README_PICTURE) as picture:
        picture.convert("RGB").save(README_PICTURE, optimize=True)


def _file_name(words: str) -> str:
    return re.sub(r"[^\w-]+", "-", words).strip("-") or "start"


def main(chosen: list[str]) -> int:
    if chosen == ["--readme"]:
        with house() as url:
            from tests import chromium

            with chromium.started() as browser:
                take_for_readme(browser, url)
        print(f"{README_PICTURE.relative_to(ROOT)}: {README_PICTURE.stat().st_size // 1024} kB")
        return 0
    shutil.rmtree(SHOTS, ignore_errors=True)
    faults = []
    with house() as url:
        from tests import chromium
        from tests.browser.walk import NARROW, WALKERS, WIDE

        with chromium.started() as browser:
            for who in chosen or WALKERS:
                for width in (WIDE, NARROW):
                    for scheme in ("light", "dark"):
                        faults += take(browser, url, who, width, scheme)
                print(f"{who}: {len(list((SHOTS / _file_name(who)).rglob('*.png')))} bilder")
    print("\n".join(faults) or "Axe hittade inga fel.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
