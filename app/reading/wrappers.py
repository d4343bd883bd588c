"""Unwraps addresses that lead to a page through a click tracker or security filter and contain the page's own address."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape
from itertools import islice
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_MOST_LAYERS = 6
"""Newsletters forwarded through several offices can be wrapped this often."""
_LONGEST = 8_000
_HTTP = re.compile(r"https?:/{1,2}(?=[^/\s])", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f\\<>\"]")

_Reader = Callable[[SplitResult], Iterator[str]]
_Rules = tuple[tuple[tuple[re.Pattern[str], tuple[str, ...]], ...], tuple[re.Pattern[str], ...], tuple[_Reader, ...]]

_BY_PARAMETER: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"(.+\.)?safelinks\.protection\.(partner\.)?(outlook|office365|microsoft)\.[a-z]{2,3}(\.[a-z]{2})?", r"", ("url",)),
    (r"statics\.teams\.cdn\.office\.net", r".*safelinks.*", ("url",)),
    (r"urldefense\.proofpoint\.(com|us)", r"/v1/url", ("u",)),
    (r"((www|plus\.url|m|images|maps|news|scholar)\.)?google\.[a-z]{2,3}(\.[a-z]{2})?", r"/url", ("url", "q")),
    (r"((www|m|l|lm|web|mbasic|touch)\.)?facebook\.com", r"/(l\.php|flx/warn/?)?", ("u",)),
    (r"(l|lm)\.(instagram|messenger|threads|workplace|wl)\.(com|net|co)", r"/(l\.php|l)?", ("u", "e")),
    (r"t\.umblr\.com", r"/redirect", ("z",)),
    (r"(out|click)\.reddit\.com", r".*", ("url",)),
    (r"((www|m)\.)?youtube\.com", r"/redirect", ("q",)),
    (r"((www|api|[a-z-]+)\.)?slack-redir\.net", r"/link", ("url",)),
    (r"((www|[a-z]{2})\.)?linkedin\.com", r"/(safety/go|redir/[\w-]+)/?", ("url",)),
    (r"((www|m)\.)?vk\.(com|ru)", r"/away(\.php)?", ("to",)),
    (r"(www\.)?steamcommunity\.com", r"/linkfilter/?", ("u", "url")),
    (r"((www|html)\.)?duckduckgo\.com", r"/l/?", ("uddg",)),
    (r"(www\.)?(exit\.sc|disq\.us|getpocket\.com|flipboard\.com)", r"/(url|redirect)?", ("url",)),
    (r"linkprotect\.cudasvc\.com", r"/url", ("a",)),
    (r".+\.mimecast(protect)?\.com", r".*", ("url", "u")),
    (r"(.+\.)?trendmicro\.com", r"/wis/clicktime/.*", ("url",)),
    (r"protect2?\.fireeye\.com", r"/.*url", ("u",)),
    (r"clicktime\.(symantec|cloud\.postoffice)\.(com|net)", r".*", ("u", "url")),
    (r"avanan\.url-protection\.com", r"/v1/url", ("o",)),
    (r"link\.edgepilot\.com", r"/s/.*", ("u",)),
    (r"(.+\.)?(deref-(gmx|web|mail)|deref-1und1)\.(net|de|com)", r".*", ("redirectUrl", "redirecturl")),
    (r".+\.protection\.sophos\.com", r"/?", ("u",)),
    (r"(www\.)?bing\.com", r"/ck/a", ("u",)),
    (r"(.+\.)?(mailchi\.mp|list-manage\d*\.com|campaign-archive\d*\.com)", r".*", ("url",)),
    (r"(.+\.)?(mailtrack\.io|links?\.mail\.ru|checklink\.mail\.ru)", r".*", ("url",)),
    (r"(.+\.)?mandrillapp\.com", r"/track/click/.*", ("p",)),
    (r"(www\.)?translate\.google\.[a-z.]{2,6}", r"/translate", ("u",)),
)  # fmt: skip
"""Hosts, paths, and the parameter with the address, plain or in base64."""

_BY_PATH: tuple[tuple[str, str], ...] = (
    (r"((www|m)\.)?google\.[a-z]{2,3}(\.[a-z]{2})?", r"/amp/(s/)?(.+)"),
    (r"(.+\.)?ampproject\.org", r"/[a-z]/(s/)?(.+)"),
    (r"(.+\.)?awstrack\.me", r"/L0/()([^/]+)/.*"),
    (r"(.+\.)?(govdelivery\.com|lnks\.gd)", r"/CL0/()([^/]+)/.*"),
    (r"secure-web\.cisco\.com", r"/[^/]+(?:/[^/]+)?/()(https?%3A.+)"),
    (r"url\.avanan\.click", r"/v2/(?:r\d+/)?___()(.+?)___\..*"),
    (r"(.+\.)?(convertkit-mail\d?|kit-mail\d?|ck\.page)\.com", r".*/()([\w-]{12,}=*)"),
    (r"(.+\.)?substack\.com", r"/redirect/\d+/()([\w-]{12,}=*)(?:\..*)?"),
    (r"lnks\.gd", r"/l/[\w-]+\.()([\w-]+)\..*"),
    (r"linkscan\.io", r"/scan/ux/()([\w-]{12,}=*).*"),
)
"""Hosts, and paths with the address in their second group: plain, encoded, or in base64. `s/` means https."""


def unwrapped(url: str) -> str:
    """Return the address inside a wrapped address, however often it is wrapped, or the address itself.

    Never raises. The result is as untrusted as the input.
    """
    for _layer in range(_MOST_LAYERS):
        inner = _inside(url)
        if inner is None:
            break
        url = inner
    return url


def _inside(url: str) -> str | None:
    """Return the contents of one layer of wrapping, or None."""
    try:
        parts = urlsplit(url if len(url) <= _LONGEST else "")
        host = (parts.hostname or "").rstrip(".")
        found = (_as_address(one) for one in _carried(host, parts)) if parts.scheme in ("http", "https") else iter(())
        return next((one for one in found if one is not None), None)
    except ValueError:
        return None


def _carried(host: str, parts: SplitResult) -> Iterator[str]:
    """Yield candidates for the address inside."""
    by_parameter, by_path, others = _rules_of(host)
    for path, names in by_parameter:
        if path.fullmatch(parts.path):
            asked = parse_qsl(parts.query.replace("&amp;", "&"))
            yield from (value for name in names for key, value in asked if key.lower() == name.lower())
    for path in by_path:
        if found := path.fullmatch(parts.path):
            yield found[2] if found[1] == "" else _of_amp(found, parts.query)
    for read in others:
        yield from read(parts)


@lru_cache(maxsize=1_000)
def _rules_of(host: str) -> _Rules:
    """Return the rules for a host, cached because a feed repeats the same host a thousand times."""
    return (
        tuple((path, names) for hosts, path, names in _PARAMETERS if hosts.fullmatch(host)),
        tuple(path for hosts, path in _PATHS if hosts.fullmatch(host)),
        tuple(read for hosts, read in _OTHERS if hosts.fullmatch(host)),
    )


def _of_amp(found: re.Match[str], query: str) -> str:
    return f"{'https' if found[1] else 'http'}://{found[2]}{'?' if query else ''}{query}"


def _as_address(text: str) -> str | None:
    """Return a text as an address: as it is, percent-decoded, or decoded from base64."""
    for attempt in (text, unquote(text), _out_of_base64(text)):
        begins = _HTTP.match(attempt)
        if begins is None:
            continue
        address = f"{begins[0].rstrip('/')}//{attempt[begins.end() :]}"
        if urlsplit(address).hostname and not _UNSEEN.search(address):
            return address
    return None


def _out_of_base64(text: str) -> str:
    """Return the address in a base64 text, on its own or in a JSON object, or an empty string."""
    coded = text.removeprefix("a1").replace("-", "+").replace("_", "/").rstrip("=")
    try:
        decoded = base64.b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
    return decoded if _HTTP.match(decoded) else _in_object(decoded, 2)


def _in_object(text: str, depth: int) -> str:
    """Return the address in a JSON object, which may contain another object as a string, as Mandrill's does."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    values = (
        [read[name] for name in ("e", "url", "u", "p") if isinstance(read.get(name), str)]
        if isinstance(read, dict)
        else []
    )
    deeper = (_in_object(value, depth - 1) for value in values) if depth else iter(())
    return next((value for value in values if _HTTP.match(value)), None) or next((one for one in deeper if one), "")


def _urldefense(parts: SplitResult) -> Iterator[str]:
    """Yield the contents of versions 2 and 3 of Proofpoint's encoding: `-3A` for a colon, `*` for base64 data at the end."""
    if parts.path == "/v2/url":
        asked = dict(parse_qsl(parts.query))
        yield unescape(unquote(asked.get("u", "").translate(str.maketrans("-_", "%/"))))
    whole = parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    third = re.fullmatch(r"/v3/__(.+?)__;([\w=-]*)!.*", whole)
    if third is None:
        return
    coded = third[2].rstrip("=")
    try:
        taken = iter(base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode())
    except (binascii.Error, ValueError):
        return
    yield re.sub(r"\*(?:\*([\w-]))?", lambda found: _taken(found[1], taken), third[1])


def _taken(run: str | None, letters: Iterator[str]) -> str:
    """Return the next character, or as many as a run-length code says: `A` for two, and so on."""
    return "".join(islice(letters, _RUNS.index(run) + 2 if run else 1))


def _yahoo(parts: SplitResult) -> Iterator[str]:
    yield from re.findall(r"/RU=([^/]+)/", parts.path)


def _after_question_mark(parts: SplitResult) -> Iterator[str]:
    yield parts.query


def _govdelivery(parts: SplitResult) -> Iterator[str]:
    yield parts.query.rpartition("&")[2]


def _open_substack(parts: SplitResult) -> Iterator[str]:
    found = re.fullmatch(r"/pub/([\w-]+)(/p/[^/]+)/?", parts.path)
    if found:
        yield f"https://{found[1]}.substack.com{found[2]}"


_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_PARAMETERS = [(re.compile(host), re.compile(path or ".*"), names) for host, path, names in _BY_PARAMETER]
_PATHS = [(re.compile(host), re.compile(path)) for host, path in _BY_PATH]
_OTHERS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(r"urldefense\.(proofpoint\.)?(com|us)"), _urldefense),
    (re.compile(r"r\.search\.yahoo\.com"), _yahoo),
    (re.compile(r"href\.li|anonym\.to|dereferer\.me"), _after_question_mark),
    (re.compile(r"links\.govdelivery\.com"), _govdelivery),
    (re.compile(r"open\.substack\.com"), _open_substack),
]
