"""Decodes bytes as browsers do (https://encoding.spec.whatwg.org), and detects wrong charset labels."""

import codecs
import re

from app.later import charset_normalizer

_LONGEST_LABEL = 40
_DECLARED_IN = 65_536
"""Bytes. The standard requires the declaration within 1024, but pages do not comply."""
_BEGINNING = 4_096
"""Bytes in which the order of NUL bytes is counted."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip

_NAMED = {
    "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8", "x-unicode20utf8": "utf-8", "unicode20utf8": "utf-8", "ansi": "cp1252",
    "cp-1252": "cp1252", "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "x-cp1253": "cp1253", "x-cp1254": "cp1254",
    "x-cp1255": "cp1255", "x-cp1256": "cp1256", "x-cp1257": "cp1257", "x-cp1258": "cp1258", "x-user-defined": "cp1252",
    "iso88591": "cp1252", "iso-8859-8-e": "iso8859-8", "iso-8859-8-i": "iso8859-8", "logical": "iso8859-8", "visual": "iso8859-8",
    "csiso88598e": "iso8859-8", "csiso88598i": "iso8859-8", "csisolatinhebrew": "iso8859-8", "iso-8859-6-e": "iso8859-6",
    "iso-8859-6-i": "iso8859-6", "csiso88596e": "iso8859-6", "csiso88596i": "iso8859-6", "csisolatinarabic": "iso8859-6",
    "csisolatincyrillic": "iso8859-5", "csisolatingreek": "iso8859-7", "sun_eu_greek": "iso8859-7", "csiso885913": "iso8859-13",
    "csiso885915": "iso8859-15", "csiso88591": "cp1252", "dos-874": "cp874", "windows-874": "cp874", "iso885911": "cp874",
    "csibm866": "cp866", "koi": "koi8-r", "koi8": "koi8-r", "koi8-ru": "koi8-u", "x-mac-roman": "mac-roman", "x-macintosh": "mac-roman",
    "csmacintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "x-mac-ukrainian": "mac-cyrillic", "x-gbk": "gb18030",
    "csgb2312": "gb18030", "gb_2312": "gb18030", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs", "x-euc-jp": "euc_jp",
    "cseucpkdfmtjapanese": "euc_jp", "csiso2022jp": "iso2022_jp", "x-sjis": "cp932", "windows-31j": "cp932", "csshiftjis": "cp932",
    "ms932": "cp932", "ks_c_5601-1989": "cp949", "cseuckr": "cp949", "windows-949": "cp949", "korean": "cp949",
    "unicode": "utf-16-le", "ucs-2": "utf-16-le", "csunicode": "utf-16-le", "iso-10646-ucs-2": "utf-16-le", "unicodefeff": "utf-16-le",
    "unicodefffe": "utf-16-be",
}  # fmt: skip
"""Labels that browsers know, but that Python does not know or interprets differently."""

_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "utf-8-sig": "utf-8", "utf-16": "utf-16-le",
    "iso2022_jp_1": "iso2022_jp", "iso2022_jp_2": "iso2022_jp", "iso2022_jp_ext": "iso2022_jp",
}  # fmt: skip
"""The superset that browsers use for a declared charset."""

_WIDE = frozenset({"cp932", "cp949", "gb18030", "big5hkscs", "euc_jp"})
"""Multibyte charsets, where two characters may look like UTF-8."""
_KNOWN = _WIDE | {
    "utf-8", "utf-16-le", "utf-16-be", "cp866", "cp874", "mac-roman", "mac-cyrillic", "koi8-r", "koi8-u", "iso2022_jp",
    "iso2022_kr", *(f"cp{number}" for number in range(1250, 1259)), *(f"iso8859-{number}" for number in range(2, 17)),
}  # fmt: skip
"""Python knows more codecs, some of which are not charsets."""

_LIKELY = ["cp1252", "cp1251", "koi8_r", "cp1253", "cp932", "euc_jp", "gb18030", "big5", "cp949"]
"""Candidates if nothing is declared. With more of them, Spanish and French would be detected as Polish."""
_SAMPLE = 65_536
_TELLING = 20
"""The number of non-ASCII bytes needed to detect a charset; a few accents are not enough."""
_FEW = 4
"""The number of non-ASCII characters in a multibyte charset that may look like UTF-8 by chance."""
_STRAY = 10
"""If at most one byte in this many characters is invalid UTF-8, it is a typo, and the label is wrong."""
_ASCII = bytes(range(128))

_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']\s*([\w.:-]+)""")
_META = re.compile(rb"<meta\b([^>]{0,500})", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_IN_CONTENT = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def decoded(data: bytes, label: str = "", *, markup: bool = False) -> str:
    """Return decoded bytes. `label` is the declared charset; `markup` looks for a declaration in the text too.

    A byte order mark takes precedence over all labels, and so do bytes that are clearly UTF-8. Never raises: invalid
    bytes become replacement characters.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    declared = [_codec(label), _written(data[:_DECLARED_IN]) if markup else ""]
    return data.decode(_read_as(data, [codec for codec in declared if codec]), "replace").removeprefix("\ufeff")


def codec_of(data: bytes) -> tuple[str, int]:
    """Return the codec of bytes without a label, and the length of the byte order mark in front of them."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec, len(mark)
    return _read_as(data, []), 0


def _read_as(data: bytes, declared: list[str]) -> str:
    """Return the codec for bytes with the `declared` labels, in order of precedence."""
    valid, stray = _as_utf8(data)
    for codec in declared:
        if codec.startswith("utf-16") and (stray or 0 in data):
            return codec
        if codec.startswith("utf-"):  # UTF-16 on the web would contain NUL bytes, and these bytes are valid UTF-8
            if valid >= stray:
                return "utf-8"
            continue
        looks_so = valid >= max(_STRAY * stray, _FEW if codec in _WIDE else 1)
        return "utf-8" if looks_so else codec
    return _units(data) or ("utf-8" if valid >= stray else _guessed(data))


def _as_utf8(data: bytes) -> tuple[int, int]:
    """Return the number of non-ASCII characters if the bytes are UTF-8, and the number of invalid bytes."""
    text = data.decode("utf-8", "replace")
    meant = data.count(b"\xef\xbf\xbd")
    stray = text.count("\ufffd") - meant
    plain = len(data) - len(data.translate(None, _ASCII))
    return len(text) - plain - stray, stray


def _units(data: bytes) -> str:
    """Return the UTF-16 codec if nearly every other byte is NUL, or an empty string."""
    start = data[: 2 * (min(len(data), _BEGINNING) // 2)]
    for codec, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros and zeros.count(0) > len(zeros) // 2 and start.count(0) < 0.6 * len(start):
            return codec
    return ""


def _written(start: bytes) -> str:
    """Return the codec that markup declares, or an empty string. A readable declaration rules out UTF-16."""
    start = _COMMENT.sub(b"", start)
    xml = _XML.match(start)
    labels = [xml[1]] if xml else []
    for found in _META.finditer(start):
        attributes = {name.lower(): b"".join(value) for name, *value in _ATTRIBUTE.findall(found[1])}
        named = (
            _IN_CONTENT.search(attributes.get(b"content", b""))
            if attributes.get(b"http-equiv", b"").lower() == b"content-type"
            else None
        )
        labels += [attributes[b"charset"]] if b"charset" in attributes else [named[1]] if named else []
    declared_codecs = (_codec(label.decode("ascii", "ignore")) for label in labels)
    declared = next((codec for codec in declared_codecs if codec), "")
    return "utf-8" if declared.startswith("utf-16") else declared


def _codec(label: str) -> str:
    """Return Python's name for a declared charset, or an empty string if it is unknown or not a charset."""
    label = label.strip().strip("\"'").lower()[:_LONGEST_LABEL]
    try:
        name = _NAMED.get(label) or codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = _MEANT.get(name, name)
    return name if name in _KNOWN else ""


def _guessed(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if len(sample.translate(None, _ASCII)) < _TELLING:
        return "cp1252"
    best = charset_normalizer.from_bytes(sample, cp_isolation=_LIKELY).best()
    return codecs.lookup(best.encoding).name if best else "cp1252"
