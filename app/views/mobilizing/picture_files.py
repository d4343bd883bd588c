"""A picture as a file."""

from flask import Response

from app.models.mobilizing.coverage import MobilizationPicture
from app.queries.lookup import Missing

SIZES = ("large", "small")


def picture_file(picture: MobilizationPicture, size: str) -> Response:
    """Return a picture, always as a JPEG file, whatever was uploaded."""
    if size not in SIZES:
        raise Missing("size")
    response = Response(picture.content if size == "large" else picture.small, mimetype="image/jpeg")
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Content-Disposition"] = "inline"
    return response
