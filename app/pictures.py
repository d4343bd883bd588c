"""Pictures: what people upload is decoded, turned upright and encoded anew, so nothing else of the file remains.

Cameras write where a picture was taken, and other programs add what they like. A file that is more than a picture, or
pretends to be one, loses everything but its pixels.
"""

import io
import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.later import Image, ImageCms, ImageOps

LARGEST: Final = 12_000_000
"""The most bytes of a picture that is read."""
MOST_PIXELS: Final = 50_000_000
"""A picture with more pixels is refused before it is decoded: a small file may unpack to gigabytes."""
MOST_SCANS: Final = 100
"""A JPEG file with more passes over the picture takes minutes to decode."""
_TYPES: Final = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
"""What is read, by Pillow's names; MPO is a JPEG file with further pictures behind the first."""
_QUALITIES: Final = (82, 70, 55, 40)
_SMALLER: Final = 0.75
_one_at_a_time = threading.Lock()
"""The pixels of one picture fill some hundred megabytes, so a process decodes one after another."""


class Refusal(StrEnum):
    """Why a file is not taken as a picture."""

    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    """Not JPEG, PNG or WebP, whatever its name says."""
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN = "broken"


class PictureRefused(Exception):
    """A file is not taken as a picture."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture without metadata."""

    content: bytes
    media_type: str
    width: int
    height: int


def without_metadata(content: bytes) -> Picture:
    """Return a picture in its own format and size.

    Raises PictureRefused unless it is a whole JPEG, PNG or WebP picture of a bearable size.
    """
    with _one_at_a_time:
        image, media_type = _decoded(content, None)
        return _encoded(image, media_type, _QUALITIES[0])


def fitted(content: bytes, *, longest_side: int, most_bytes: int) -> Picture:
    """Return a picture as JPEG with at most these pixels on its longer side, and at most these bytes.

    Raises PictureRefused as `without_metadata` does.
    """
    with _one_at_a_time:
        image, _media_type = _decoded(content, longest_side)
        image.thumbnail((longest_side, longest_side))
        flat = _on_white(image)
        while True:
            for quality in _QUALITIES:
                picture = _encoded(flat, "image/jpeg", quality)
                if len(picture.content) <= most_bytes or max(flat.size) == 1:
                    return picture
            width, height = (max(1, int(side * _SMALLER)) for side in flat.size)
            flat = flat.resize((width, height))


def _decoded(content: bytes, longest_side: int | None) -> "tuple[Image.Image, str]":
    """Return the upright pixels of a picture, possibly reduced to not less than a size, and its media type."""
    if len(content) > LARGEST:
        raise PictureRefused(Refusal.TOO_LARGE)
    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused(Refusal.TOO_MANY_PIXELS) from error
    except Exception as error:  # decoders raise whatever malformed bytes lead to
        raise PictureRefused(Refusal.UNKNOWN) from error
    media_type = _TYPES[str(image.format)]
    if image.width * image.height > MOST_PIXELS:
        raise PictureRefused(Refusal.TOO_MANY_PIXELS)
    if media_type == "image/jpeg" and content.count(b"\xff\xda") > MOST_SCANS:
        raise PictureRefused(Refusal.BROKEN)
    try:
        if longest_side is not None:
            image.draft("RGB", (longest_side, longest_side))
        return _plain(ImageOps.exif_transpose(image)), media_type
    except Exception as error:
        raise PictureRefused(Refusal.BROKEN) from error


def _plain(image: "Image.Image") -> "Image.Image":
    """Return the pixels as sRGB, with transparency if there is any, and with nothing else of the file."""
    profile = image.info.get("icc_profile")
    if image.mode == "I;16":
        image = image.point(lambda value: value / 256).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        image = _in_srgb(image, profile, mode)
    plain = image.convert(mode)
    plain.info.clear()
    return plain


def _in_srgb(image: "Image.Image", profile: bytes, mode: str) -> "Image.Image":
    """Return a picture whose colors need no profile; as it is if its profile cannot be read."""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return turned or image


def _on_white(image: "Image.Image") -> "Image.Image":
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _encoded(image: "Image.Image", media_type: str, quality: int) -> Picture:
    written = io.BytesIO()
    if media_type == "image/jpeg":
        _on_white(image).save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    elif media_type == "image/webp":
        image.save(written, "WEBP", quality=quality)
    else:
        image.save(written, "PNG", optimize=True)
    return Picture(written.getvalue(), media_type, image.width, image.height)
