"""What every page knows, whichever view made it."""

import tomllib
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from samverkan.site.appearance import chosen
from samverkan.site.frame import Frame

with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
    VERSION = tomllib.load(file)["project"]["version"]


def frame(request: HttpRequest) -> dict[str, Any]:
    """A view of a district puts a frame of its own in the place of this one."""
    return {"frame": Frame(request), "appearance": chosen(request), "version": VERSION}
