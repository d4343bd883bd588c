"""A crawler without a browser, which follows every link of a site and measures the size of responses."""

import gzip
import http.client
import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit


@dataclass(frozen=True)
class Fetched:
    """A page as received over the network."""

    path: str
    endpoint: str
    status: int
    kind: str
    weight: int
    html: str


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        name = {"a": "href", "iframe": "src", "img": "src"}.get(tag)
        self.found += [value for key, value in attributes if key == name and value]


class Crawler:
    """Requests pages with the cookies of a signed-in user."""

    def __init__(self, site, cookies):
        self._site = site
        self._headers = {
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies),
        }
        self._connection = http.client.HTTPConnection(site.host, site.port, timeout=30)

    def fetch(self, path):
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        body = response.read()
        plain = gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body
        kind = response.headers.get_content_type()
        text = plain.decode() if kind.startswith("text/") else ""
        return Fetched(path, self._site.endpoint_of(path), response.status, kind, len(body), text)

    def follow_all(self, first, *, at_most, whole=frozenset()):
        """Fetch the pages that are linked from the first one: up to a number of each kind, or all of it if in `whole`."""
        waiting, kinds, fetched = [first], Counter(), {}
        while waiting:
            path = waiting.pop(0)
            kind = self._site.endpoint_of(path)
            if path in fetched or (kinds[kind] == at_most and kind not in whole):
                continue
            kinds[kind] += 1
            fetched[path] = self.fetch(path)
            waiting += self._paths(fetched[path])
        self._connection.close()
        return list(fetched.values())

    def _paths(self, page):
        links = _Links()
        links.feed(page.html)
        for link in links.found:
            address = urldefrag(urljoin(f"{self._site.url}{page.path}", link)).url
            if address.startswith(f"{self._site.url}/"):
                parts = urlsplit(address)
                query = re.sub(r"(^|&)form=[0-9a-f]{32}", "", parts.query)  # it differs in every link to the same form
                yield f"{parts.path}?{query}" if query else parts.path
