"""Pictures that people upload, and files that only pretend to be pictures."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from app.pictures import LARGEST, MOST_SCANS, PictureRefused, Refusal, fitted, without_metadata
from tests.factories import photo

GPS = 0x8825
ORIENTATION = 0x0112
DESCRIPTION = 0x010E


def encoded(image, kind, **options):
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def revealing(orientation=1):
    """Return what cameras write into a picture."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION] = orientation, "house of Ana"
    exif.get_ifd(GPS)[2] = (14.0, 35.0, 12.0)
    return exif


def opened(picture):
    return Image.open(io.BytesIO(picture.content))


def refusal_of(content, read=without_metadata, **options):
    with pytest.raises(PictureRefused) as refused:
        read(content, **options)
    return refused.value.refusal


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_a_camera_or_a_program_wrote_remains(kind):
    content = photo(60, 40, kind=kind, exif=revealing(), xmp=b"<x>house of Ana</x>")
    assert b"house of Ana" in content
    for picture in (without_metadata(content), fitted(content, longest_side=50, most_bytes=40_000)):
        image = opened(picture)
        assert b"house of Ana" not in picture.content
        assert dict(image.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


def test_comments_and_texts_of_files_are_left_out():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Ana of Oruro")
    assert b"Oruro" not in without_metadata(photo(60, 40, kind="PNG", pnginfo=texts)).content
    assert b"Oruro" not in without_metadata(photo(comment=b"Ana of Oruro")).content


def test_what_is_hidden_behind_a_picture_is_left_out():
    for kind in ("JPEG", "PNG"):
        content = photo(60, 40, kind=kind) + b"PK\x03\x04 <script>alert(1)</script>"
        assert b"script" not in without_metadata(content).content


def test_a_picture_is_turned_upright_before_it_forgets_how_it_was_held():
    picture = without_metadata(photo(60, 40, exif=revealing(orientation=6)))
    assert (picture.width, picture.height) == (40, 60)
    red, _green, blue = opened(picture).convert("RGB").getpixel((20, 5))
    assert red > 200 > blue


def test_a_picture_keeps_its_format_whatever_its_name_says():
    kinds = ("JPEG", "PNG", "WEBP")
    assert [without_metadata(photo(60, 40, kind=kind)).media_type for kind in kinds] == [
        "image/jpeg",
        "image/png",
        "image/webp",
    ]


def test_transparency_is_kept_in_its_own_format_and_white_in_a_fitted_one():
    clear = encoded(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG")
    assert opened(without_metadata(clear)).getpixel((5, 5))[3] == 0
    assert opened(fitted(clear, longest_side=10, most_bytes=9000)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_unusual_colors_become_usual_ones(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new("I;16", (9, 9), 40_000) if mode == "I;16" else Image.new(mode, (9, 9))
    assert opened(without_metadata(encoded(image, kind))).mode == "RGB"


def test_a_fitted_picture_keeps_to_its_limits():
    noise = Image.effect_noise((2000, 1500), 120).convert("RGB")
    picture = fitted(encoded(noise, "JPEG", quality=90), longest_side=640, most_bytes=40_000)
    assert len(picture.content) <= 40_000
    assert max(picture.width, picture.height) <= 640
    assert abs(picture.width / picture.height - 4 / 3) < 0.02


def test_a_small_picture_is_not_blown_up():
    picture = fitted(photo(60, 40), longest_side=640, most_bytes=40_000)
    assert (picture.width, picture.height) == (60, 40)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + bytes(30),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"%PDF-1.7",
        b"<html>",
        encoded(Image.new("RGB", (9, 9)), "GIF"),
        encoded(Image.new("RGB", (9, 9)), "TIFF"),
        encoded(Image.new("RGB", (9, 9)), "BMP"),
    ],
)
def test_other_files_are_refused_whatever_they_are_called(content):
    assert refusal_of(content) is Refusal.UNKNOWN


def test_a_picture_that_ends_early_is_refused():
    noise = encoded(Image.effect_noise((200, 200), 90), "PNG")
    assert refusal_of(noise[: len(noise) // 2]) is Refusal.BROKEN


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])
def test_a_small_file_that_unpacks_to_gigabytes_is_refused_before_it_is_decoded(side):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(10_000)))
        + chunk(b"IEND", b"")
    )
    assert refusal_of(bomb) is Refusal.TOO_MANY_PIXELS
    assert refusal_of(bomb, fitted, longest_side=10, most_bytes=1000) is Refusal.TOO_MANY_PIXELS


def test_a_file_with_too_many_passes_over_the_picture_is_refused():
    content = photo(progressive=True)
    scan = content[content.rindex(b"\xff\xda") : -2]
    assert refusal_of(content[:-2] + scan * MOST_SCANS + b"\xff\xd9") is Refusal.BROKEN


def test_a_file_with_too_many_bytes_is_refused():
    assert refusal_of(photo() + bytes(LARGEST)) is Refusal.TOO_LARGE
