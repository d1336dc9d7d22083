"""An uploaded picture is made anew: its pixels stay, and what it said beside them is gone."""

import hashlib
import random
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
import weasyprint  # noqa: F401 - as where the product runs: it changes what Pillow puts up with
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from samverkan import images
from samverkan.images import CleanImage, NotAnImage, clean_image

SECRET = "HemligPlats59.3293"


def a_map(size=(120, 80), mode="RGB") -> Image.Image:
    picture = Image.new(mode, size, "white")
    ImageDraw.Draw(picture).rectangle((20, 10, 60, 40), fill="black")
    return picture


def a_photo(size) -> Image.Image:
    """So full of detail that it packs badly."""
    return Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))  # noqa: S311


def saved(picture: Image.Image, kind: str, **how) -> bytes:
    content = BytesIO()
    picture.save(content, kind, **how)
    return content.getvalue()


def opened(clean: CleanImage) -> Image.Image:
    picture = Image.open(BytesIO(clean.content))
    picture.load()
    assert Image.MIME[picture.format or ""] == clean.media_type
    assert picture.size == (clean.width, clean.height)
    assert clean.sha256 == hashlib.sha256(clean.content).hexdigest()
    return picture


def shade(picture: Image.Image, x: int, y: int) -> int:
    """From 0, black, to 255."""
    return pixel(picture.convert("L").convert("RGB"), x, y)[0]


def pixel(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = picture.getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def exif(**more) -> Image.Exif:
    said = Image.Exif()
    said[0x010E] = said[0x013B] = SECRET  # what it shows, and who took it
    said.get_ifd(0x8825)[1] = "N"  # where it was taken
    said.get_ifd(0x8825)[2] = (59.0, 19.0, 45.0)
    said.get_ifd(0x8825)[29] = SECRET
    for tag, value in more.items():
        said[int(tag[1:])] = value
    return said


def xmp() -> bytes:
    return f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>{SECRET}</dc:creator></x:xmpmeta>".encode()


def text_chunks() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", SECRET)
    info.add_text("Comment", SECRET, zip=True)
    info.add_itxt("XML:com.adobe.xmp", xmp().decode())
    return info


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


TALKATIVE = {
    "jpeg": lambda: saved(
        a_map(), "JPEG", exif=exif(), xmp=xmp(), comment=SECRET, icc_profile=srgb_profile()
    ),
    "png": lambda: saved(
        a_map(), "PNG", exif=exif(), pnginfo=text_chunks(), icc_profile=srgb_profile()
    ),
    "webp": lambda: saved(a_map(), "WEBP", exif=exif(), xmp=xmp(), icc_profile=srgb_profile()),
    "gif": lambda: saved(a_map(), "GIF", comment=SECRET),
    "what is left after its end": lambda: saved(a_map(), "JPEG") + SECRET.encode(),
}


@pytest.mark.parametrize("kind", TALKATIVE)
def test_where_and_by_whom_a_picture_was_taken_is_gone(kind):
    content = TALKATIVE[kind]()
    assert SECRET.encode() in content  # it was there to be found

    clean = clean_image(content, "karta")

    picture = opened(clean)
    for word in (SECRET.encode(), b"Exif", b"http", b"ICC", b"iCCP", b"eXIf", b"tEXt", b"iTXt"):
        assert word not in clean.content
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not picture.getexif()
    assert shade(picture, 40, 25) < 10
    assert shade(picture, 100, 70) > 245


def test_a_picture_that_is_the_same_is_the_same_bytes_whatever_is_said_of_it():
    silent, talkative = saved(a_map(), "PNG"), saved(a_map(), "PNG", pnginfo=text_chunks())
    assert clean_image(silent, "a.png") == clean_image(talkative, "b.png")
    assert clean_image(silent, "a.png") == clean_image(silent, "a.png")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_with_the_telephone_on_its_side_stands_upright(kind):
    lying = a_map((120, 80))
    clean = clean_image(saved(lying, kind, exif=exif(_274=6)), "foto")

    picture = opened(clean)
    assert picture.size == (80, 120)
    assert shade(picture, 80 - 25, 40) < 20  # what was 40 in and 25 down


def test_the_thumbnail_in_a_photo_is_gone():
    said = exif()
    said.get_ifd(0x8769)[0x927C] = saved(a_map((32, 32)), "JPEG") + SECRET.encode()
    content = saved(a_map(), "JPEG", exif=said)
    assert content.count(b"\xff\xd8\xff") == 2

    clean = clean_image(content, "foto.jpg")

    assert clean.content.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize(
    ("made", "mode", "media_type"),
    [
        (lambda: saved(a_map(), "JPEG"), "RGB", "image/jpeg"),
        (lambda: saved(a_map().convert("L"), "JPEG"), "L", "image/jpeg"),
        (lambda: saved(a_map().convert("CMYK"), "JPEG"), "RGB", "image/jpeg"),
        (lambda: saved(a_map(), "PNG"), "RGB", "image/png"),
        (lambda: saved(a_map().convert("P"), "PNG"), "RGB", "image/png"),
        (lambda: saved(a_map().convert("1"), "PNG"), "L", "image/png"),
        (lambda: saved(a_map().convert("LA"), "PNG"), "RGB", "image/png"),
        (lambda: saved(a_map().convert("RGBA"), "PNG"), "RGB", "image/png"),
        (lambda: saved(sixteen_bits(), "PNG"), "L", "image/png"),
        (lambda: saved(a_map(), "WEBP", lossless=True), "RGB", "image/png"),
        (lambda: saved(a_map().convert("P"), "GIF"), "RGB", "image/png"),
        (lambda: saved(a_map(), "BMP"), "RGB", "image/png"),
    ],
)
def test_every_usual_kind_of_picture_is_taken_in_as_it_looks(made, mode, media_type):
    clean = clean_image(made(), "bild")

    picture = opened(clean)
    assert (picture.mode, clean.media_type, picture.size) == (mode, media_type, (120, 80))
    assert shade(picture, 40, 25) < 40  # CMYK's black is not as black
    assert shade(picture, 100, 70) > 245
    assert not clean.remark


def sixteen_bits() -> Image.Image:
    grey = a_map().convert("L")
    deep = Image.new("I;16", grey.size)
    deep.putdata([value * 257 for value in grey.tobytes()])
    return deep


def test_sixteen_bits_of_grey_keep_their_middle():
    deep = Image.new("I;16", (50, 50), 0x8000)
    assert opened(clean_image(saved(deep, "PNG"), "a.png")).getpixel((5, 5)) == 0x80


def test_colours_in_another_profile_look_as_they_did():
    """The same numbers mean another colour in a picture whose red and green have changed places."""
    profile = bytearray(srgb_profile())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    content = saved(Image.new("RGB", (50, 50), (255, 0, 0)), "PNG", icc_profile=bytes(profile))

    picture = opened(clean_image(content, "a.png"))

    red, green, _ = pixel(picture, 5, 5)
    assert green > 240
    assert red < 30


def test_a_broken_profile_does_not_stop_a_picture():
    content = saved(a_map(), "PNG", icc_profile=b"inte en profil")
    assert opened(clean_image(content, "a.png")).getpixel((100, 70)) == (255, 255, 255)


def see_through() -> Image.Image:
    picture = a_map().convert("RGBA")
    picture.paste((200, 30, 30, 0), (70, 50, 110, 75))  # cut out, and still there underneath
    return picture


def test_what_can_be_seen_through_stays_so():
    picture = opened(clean_image(saved(see_through(), "PNG"), "a.png"))
    assert picture.mode == "RGBA"
    assert picture.getpixel((40, 25)) == (0, 0, 0, 255)


def test_what_was_cut_out_by_making_it_invisible_cannot_be_brought_back():
    picture = opened(clean_image(saved(see_through(), "PNG"), "a.png"))
    assert picture.getpixel((90, 60)) == (0, 0, 0, 0)


def test_a_palette_with_a_see_through_colour_keeps_it():
    palette = a_map().convert("P")
    content = saved(palette, "GIF", transparency=palette.getpixel((100, 70)))
    picture = opened(clean_image(content, "a.gif"))
    assert pixel(picture, 100, 70)[3] == 0
    assert picture.getpixel((40, 25)) == (0, 0, 0, 255)


def test_what_becomes_jpeg_has_white_where_it_could_be_seen_through():
    picture = a_photo((1500, 1500)).convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 300, 300))
    clean = clean_image(saved(picture, "PNG", compress_level=1), "a.png")

    assert clean.media_type == "image/jpeg"
    assert min(pixel(opened(clean), 100, 100)) > 240


def test_a_large_picture_becomes_no_wider_than_a_page_needs():
    clean = clean_image(saved(Image.new("RGB", (6000, 3000), "white"), "PNG"), "a.png")
    assert (clean.width, clean.height) == (2400, 1200)


def test_a_tall_picture_becomes_no_higher_than_a_page_needs():
    clean = clean_image(saved(Image.new("RGB", (500, 8500), "white"), "PNG"), "a.png")
    assert (clean.width, clean.height) == (200, 3400)


def test_a_heavy_picture_becomes_light():
    content = saved(a_photo((2400, 1800)), "JPEG", quality=95)
    assert len(content) > 4_000_000
    clean = clean_image(content, "foto.jpg")
    assert len(clean.content) <= images.AIM
    assert opened(clean).width >= 1000


def test_the_first_picture_of_one_that_moves_is_taken_and_said():
    film = saved(
        a_map(), "GIF", save_all=True, append_images=[Image.new("RGB", (120, 80), "black")]
    )
    clean = clean_image(film, "film.gif")
    assert clean.remark == "Bilden rör sig. Bara den första bilden i den är med."
    assert shade(opened(clean), 100, 70) > 245


# --- What is refused ---


def a_bomb(kind: str) -> bytes:
    """A small file that says it is 10 000 x 10 000."""
    if kind == "png":

        def chunk(name: bytes, said: bytes) -> bytes:
            return (
                struct.pack(">I", len(said))
                + name
                + said
                + struct.pack(">I", zlib.crc32(name + said))
            )

        head = chunk(b"IHDR", struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    small = saved(a_map(), "GIF")
    return small[:6] + struct.pack("<HH", 10_000, 10_000) + small[10:]


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
REFUSED: dict[str, tuple[Any, str]] = {
    "svg": (SVG, "SVG"),
    "svg with a head": (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- ritad -->\n" + SVG, "SVG"),
    "tiff": (lambda: saved(a_map(), "TIFF"), "TIFF"),
    "tiff of 30 MB": (lambda: b"MM\0*" + bytes(30_000_000), "TIFF"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "word": (b"PK\x03\x04\x14\0\x06\0word/document.xml", "dokument"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "dokument"),
    "windows program": (b"MZ\x90\0" + bytes(100), "program"),
    "linux program": (b"\x7fELF" + bytes(100), "program"),
    "shell script": (b"#!/bin/sh\nrm -rf /\n", "program"),
    "web page": (b"<!doctype html><p>hej", "ingen bild"),
    "empty": (b"", "tom"),
    "cut off": (lambda: saved(a_photo((200, 200)), "JPEG")[:9000], "skadad"),
    "cut off png": (lambda: saved(a_photo((200, 200)), "PNG")[:9000], "skadad"),
    "cut off gif": (lambda: saved(a_photo((200, 200)).convert("P"), "GIF")[:9000], "skadad"),
    "only its beginning": (b"\x89PNG\r\n\x1a\n", "ingen bild"),
    "bomb": (lambda: a_bomb("png"), "miljoner punkter"),
    "gif bomb": (lambda: a_bomb("gif"), "miljoner punkter"),
    "too large": (lambda: saved(a_map(), "PNG") + bytes(images.MOST_BYTES), "15 MB"),
    "tracking picture": (lambda: saved(Image.new("RGB", (1, 1)), "GIF"), "mindre än 10 punkter"),
    "a line": (lambda: saved(Image.new("RGB", (500, 9)), "PNG"), "mindre än 10 punkter"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_picture_for_a_page_is_refused_in_a_sentence_that_says_what_to_do(kind):
    made, why = REFUSED[kind]
    with pytest.raises(NotAnImage) as refused:
        clean_image(made() if callable(made) else made, "karta.png")

    sentence = str(refused.value)
    assert sentence.startswith("”karta.png” ")
    assert why in sentence
    assert sentence.count(".") == 2  # of its name, and its own
    assert sentence.endswith(".")
    assert any(what in sentence for what in ("försök igen.", "välj en"))


@pytest.mark.parametrize("kind", ["png", "gif"])
def test_a_bomb_is_never_unpacked(kind, monkeypatch):
    from PIL import ImageFile

    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("it was unpacked"))
    with pytest.raises(NotAnImage):
        clean_image(a_bomb(kind), "karta")


def test_whatever_the_bytes_are_they_are_a_picture_or_refused():
    """A byte here and there is wrong, as after a bad transfer, or put there by somebody."""
    chance = random.Random(7)  # noqa: S311
    for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP"):
        whole = saved(a_map((40, 40)), kind)
        for _ in range(60):
            content = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            try:
                clean = clean_image(bytes(content), "bild")
            except NotAnImage:
                continue
            opened(clean)
