"""An uploaded picture, made anew: its pixels, and nothing that it says about whoever took it.

What comes out is a PNG or a JPEG without metadata, upright, in sRGB, and no larger than a page needs.
The same picture is the same bytes. What cannot be taken in is refused with a sentence that says what
to do instead.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Literal
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageCms, ImageFile, ImageOps

MOST_BYTES = 15_000_000
MOST_PIXELS = 60_000_000  # a camera's; more is a file made to fill the memory
LEAST_SIDE = 10  # pixels; what is smaller is there to see who opens the page
WIDEST, HIGHEST = 2400, 3400  # pixels: an A4 page at 300 to the inch
AIM = 2_000_000  # bytes

MediaType = Literal["image/png", "image/jpeg"]

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
_SAVE_IT = "spara den som PNG eller JPEG och försök igen"
_TAKE_OUT = "spara bilden i den som PNG eller JPEG och försök igen"

# What begins so is something else than a picture that can be taken in, whatever it is called.
_SIGNATURES = (
    ((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), f"är en TIFF-bild: {_SAVE_IT}"),
    ((b"%PDF",), f"är en PDF: {_TAKE_OUT}"),
    ((b"PK\3\4", b"PK\5\6", b"\xd0\xcf\x11\xe0"), f"är ett dokument eller arkiv: {_TAKE_OUT}"),
    (
        (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa"),
        "är ett program och ingen bild: välj en bild i formatet PNG eller JPEG",
    ),
)
_HEIC = f"är en HEIC- eller AVIF-bild, som telefoner sparar: {_SAVE_IT}"
_SVG = f"är en SVG-teckning, som kan innehålla skript: {_SAVE_IT}"
_UNKNOWN = "är ingen bild som kan läsas: välj en bild i formatet PNG eller JPEG"
_BROKEN = "är skadad eller inte hel: spara den en gång till och försök igen"


class NotAnImage(ValueError):
    """Says in a Swedish sentence why, and what to do."""


@dataclass(frozen=True)
class CleanImage:
    content: bytes
    sha256: str
    media_type: MediaType
    width: int
    height: int
    remark: str = ""  # what whoever sent it should know: only the first picture of a film is there


def clean_image(content: bytes, name: str) -> CleanImage:
    if fault := _fault(content):
        raise NotAnImage(f"”{name}” {fault}.")
    try:
        return _made_anew(content)
    except _Refused as refused:
        raise NotAnImage(f"”{name}” {refused}.") from refused
    # Pillow's readers fall over in many ways on a file that is not what it says.
    except Exception as error:
        raise NotAnImage(f"”{name}” {_BROKEN}.") from error


class _Refused(Exception):
    pass


def _fault(content: bytes) -> str:
    """What can be said without opening it."""
    if not content:
        return "är tom: välj en annan fil"
    for beginnings, fault in _SIGNATURES:
        if content.startswith(beginnings):
            return fault
    if content[4:8] == b"ftyp":
        return _HEIC
    if b"<svg" in content[:4096].lower():
        return _SVG
    if len(content) > MOST_BYTES:
        return f"är större än {MOST_BYTES // 1_000_000} MB: förminska bilden och försök igen"
    return ""


def _made_anew(content: bytes) -> CleanImage:
    with catch_warnings():
        simplefilter("ignore", Image.DecompressionBombWarning)  # how large it may be is said here
        try:
            image = Image.open(BytesIO(content), formats=_FORMATS)
        except Image.DecompressionBombError as error:
            raise _Refused(_too_large()) from error
        except Image.UnidentifiedImageError as error:
            raise _Refused(_UNKNOWN) from error
    # Nothing has been unpacked yet.
    if image.width * image.height > MOST_PIXELS:
        raise _Refused(_too_large())
    if min(image.size) < LEAST_SIDE:
        raise _Refused(f"är mindre än {LEAST_SIDE} punkter på en ledd: välj en bild som går att se")
    is_film, is_photo = getattr(image, "is_animated", False), image.format in ("JPEG", "MPO")
    with _only_whole_ones():
        image.seek(0)
        image.load()
    bare = _bare(_in_srgb(ImageOps.exif_transpose(image)))
    bare.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    made, media_type, (width, height) = _encoded(bare, is_photo)
    return CleanImage(
        made,
        hashlib.sha256(made).hexdigest(),
        media_type,
        width,
        height,
        remark="Bilden rör sig. Bara den första bilden i den är med." if is_film else "",
    )


_one_at_a_time = Lock()


@contextmanager
def _only_whole_ones() -> Iterator[None]:
    """WeasyPrint, where it has been imported, tells Pillow to make do with half a picture."""
    with _one_at_a_time:
        makes_do = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = makes_do


def _too_large() -> str:
    return (
        f"har fler än {MOST_PIXELS // 1_000_000} miljoner punkter: förminska bilden och försök igen"
    )


def _in_srgb(image: Image.Image) -> Image.Image:
    """Grey, RGB or RGBA, with eight bits to each, as a screen shows it."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # sixteen bits of grey
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "1":
        image = image.convert("L")
    if image.mode == "LA" or image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):  # of another kind of picture, or broken
            return _by_profile(image, profile)
    return image.convert("RGB") if image.mode == "CMYK" else image


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    given = ImageCms.ImageCmsProfile(BytesIO(profile))
    wanted = ImageCms.createProfile("sRGB")
    if image.mode != "RGBA":
        return _converted(image, given, wanted)
    made = _converted(image.convert("RGB"), given, wanted)
    made.putalpha(image.getchannel("A"))
    return made


def _converted(
    image: Image.Image, given: ImageCms.ImageCmsProfile, wanted: ImageCms.core.CmsProfile
) -> Image.Image:
    made = ImageCms.profileToProfile(image, given, wanted, outputMode="RGB")
    assert made is not None
    return made


def _bare(image: Image.Image) -> Image.Image:
    """The pixels in a picture of their own: what was said beside them is left behind.

    Also the colour of what cannot be seen: a picture may have been cut out by making it transparent.
    """
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    bare = Image.new(image.mode, image.size)
    if image.mode == "RGBA":
        return Image.alpha_composite(bare, image)
    bare.paste(image)
    return bare


def _encoded(image: Image.Image, is_photo: bool) -> tuple[bytes, MediaType, tuple[int, int]]:
    """As PNG where that is small enough; a photo, and what is large, as JPEG on white paper."""
    if not is_photo and len(made := _saved(image, "PNG", optimize=True)) <= AIM:
        return made, "image/png", image.size
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image).convert("RGB")
    while True:
        for quality in (88, 80, 70):
            if len(made := _saved(image, "JPEG", quality=quality, optimize=True)) <= AIM:
                return made, "image/jpeg", image.size
        image = ImageOps.scale(image, 0.8, Image.Resampling.LANCZOS)


def _saved(image: Image.Image, kind: str, **how: int) -> bytes:
    content = BytesIO()
    image.save(content, kind, **how)
    return content.getvalue()
