"""Web addresses: cleaning them for storage, and recognizing different spellings of the same page."""

import hashlib
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import SplitResult, quote, unquote, urlsplit

from app.reading.wrappers import unwrapped

_IN_TEXT = re.compile(r"https?://[^\s<>\"“”«»]{1,4000}", re.IGNORECASE)
_MOST_IN_TEXT = 500
_LONGEST = 8_000

_PERSONAL = re.compile(
    r"utm_\w+|mc_[ce]id|_hsenc|_hsmi|__hs\w+|hsctatracking|hsa_\w+|hss_channel|mkt_tok|fbclid|fb_(?:action|source|ref|comment)\w*"
    r"|fbadid|mibextid|gclid|gclsrc|dclid|wbraid|gbraid|gad_\w+|srsltid|msclkid|igshid|igsh|yclid|ysclid|_openstat|twclid|ttclid"
    r"|li_fat_id|epik|rdt_cid|sccid|vero_(?:id|conv)|oly_(?:enc|anon)_id|_ke|_kx|klaviyo\w*|ck_subscriber_id|_bhlid"
    r"|ml_subscriber(?:_hash)?|subscriber_(?:id|hash|email)|omnisendcontactid|inf_contact_key|sfmc_\w+|elq\w+|bsft_\w+|dm_i"
    r"|vgo_ee|email_?hash|trk_\w+|nr_email_referer|wickedid|wickedsource|rb_clickid|s_cid|s_kwcid|ef_id|irclickid|cjevent|zanpid"
    r"|mtm_\w+|matomo_\w+|pk_\w+|piwik_\w+|at_(?:medium|campaign|custom\d|format|link\w*|ptr_name|bbc_team|send_date)|xtor|xtref"
    r"|_ga|_gl|ga_(?:source|medium|campaign|term|content)|_branch_(?:match_id|referrer)|__twitter_impression|guccounter"
    r"|guce_referrer(?:_sig)?|ref_(?:src|url)|ns_(?:source|mchannel|campaign|linkname|fee)|wt_z?mc|wt\.z?mc\w*|cmpid|ocid|smid"
    r"|ss_(?:source|campaign_\w+|email_id)|sc_(?:campaign|channel|content|medium|outcome|geo|country)|_x_tr_\w+"
    r"|phpsessid|jsessionid|aspsessionid\w*",
    re.IGNORECASE,
)
"""Query parameters that identify a reader or the referrer and say nothing about the page."""
_SOMEBODY = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;?]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9a-f]{2})", re.IGNORECASE)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_AS_THEY_ARE = "".join(chr(number) for number in range(0x21, 0x7F))
_PORTS = {"http": 80, "https": 443}


def cleaned(url: str) -> str:
    """Return an address as it is stored: unwrapped, and without parameters that identify a reader.

    Never raises; text that is not a web address is returned unchanged. The result is as untrusted as the input.
    """
    url = unwrapped(url.strip())
    if not any(mark in url for mark in "?#;"):
        return url
    try:
        parts = urlsplit(url if len(url) <= _LONGEST else "")
    except ValueError:
        return url
    if parts.scheme not in _PORTS:
        return url
    fragment = "" if _is_personal(parts.fragment) else parts.fragment
    asked = parts.query.split("&")
    kept = [one for one in asked if not _is_personal(one)]
    path = _SESSION.sub("", parts.path)
    if (path, len(kept), fragment) == (parts.path, len(asked), parts.fragment):
        return url
    return parts._replace(path=path, query="&".join(kept), fragment=fragment).geturl()


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the first addresses in a text with their positions, without the punctuation that ends a sentence."""
    for found in islice(_IN_TEXT.finditer(text), _MOST_IN_TEXT):
        yield found.start(), without_stop(found[0])


def cleaned_text(text: str) -> str:
    """Return a text with its addresses cleaned: in an email, any link may identify the recipient."""
    pieces, end = [], 0
    for start, address in addresses_in(text):
        pieces += [text[end:start], cleaned(address)]
        end = start + len(address)
    return "".join([*pieces, text[end:]])


def without_stop(address: str) -> str:
    """Strip the period or bracket that belongs to the sentence and not to the address."""
    address = address.rstrip(".,;:!?'’*_]|")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".,;:!?'’")
    return address


def normal(url: str) -> str:
    """Return the normalized form of an address, which is the same for all its variants.

    In addition to `cleaned`, this removes differences in the scheme (http or https), `www.`, the host's capitals and
    international characters, the default port, needless escapes, the fragment and the trailing slash. Never raises;
    text that is not a web address is returned unchanged.
    """
    url = cleaned("".join(url.split()))
    try:
        parts = urlsplit(url)
        host = _host(parts) if parts.scheme in _PORTS else ""
    except ValueError:
        return url
    if not host:
        return url
    asked = "&".join(one for one in parts.query.split("&") if one)
    return SplitResult("https", host, _escaped(parts.path).rstrip("/"), _escaped(asked), "").geturl()


def address_key(url: str) -> str:
    """Return a key that is the same for all variants of an address: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(normal(url).encode("utf-8", "replace")).hexdigest()


def _is_personal(parameter: str) -> bool:
    name, _, value = parameter.removeprefix("amp;").partition("=")
    return bool(_PERSONAL.fullmatch(unquote(name)) or _SOMEBODY.fullmatch(unquote(value or name)))


def _host(parts: SplitResult) -> str:
    name, port = (parts.hostname or "").rstrip("."), parts.port
    bare = name.removeprefix("www.")
    name = _ascii(bare if "." in bare else name)
    name = f"[{name}]" if ":" in name else name
    return name if port in (None, _PORTS[parts.scheme]) else f"{name}:{port}"


def _ascii(name: str) -> str:
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name


def _escaped(text: str) -> str:
    """Return a path or query with uniform percent-encoding: only where it is needed, as UTF-8."""
    if text.isascii() and text.isprintable() and "%" not in text and " " not in text:
        return text

    def one(found: re.Match[str]) -> str:
        letter = chr(int(found[1], 16))
        return letter if letter in _UNRESERVED else found[0].upper()

    return _ESCAPE.sub(one, quote(text, safe=_AS_THEY_ARE, errors="replace"))
