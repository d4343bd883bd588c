"""Response processing: security headers, and compression for slow connections."""

import base64
import gzip
import hashlib
import io
import re
import secrets

from flask import Flask, Response, after_this_request, current_app, request

from app.config import STYLESHEET

_MIN_BYTES = 500
_ALWAYS = ("object-src", "base-uri", "frame-ancestors")
"""What the policy of every response forbids, whatever else is on it; default-src says nothing about the last two."""
_ONLY_HTTPS = f"max-age={365 * 24 * 3600}"
"""For a year, browsers ask this host only by https. It says nothing of other hosts of the same domain."""


def register(app: Flask) -> None:
    """Load the stylesheet, build the policies, and process every response."""
    css = _small(STYLESHEET.read_text())
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    app.config["CSS"] = css
    app.config["PAGE_POLICY"] = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'; frame-src 'self'; form-action 'self'"
    )
    app.config["PASSKEY_POLICY"] = f"{app.config['PAGE_POLICY']}; script-src 'self'"
    app.config["LETTER_POLICY"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'; form-action 'none'"
    )
    app.after_request(_protect)
    app.after_request(_compress)


def _small(css: str) -> str:
    """Return a stylesheet without comments and insignificant white space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,>]) ?", r"\1", css).replace(": ", ":").strip()


def _protect(response: Response) -> Response:
    headers = response.headers
    policy = headers.get("Content-Security-Policy", current_app.config["PAGE_POLICY"])
    headers["Content-Security-Policy"] = _whole(policy)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers.setdefault("Strict-Transport-Security", _ONLY_HTTPS)
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    return response


def _whole(policy: str) -> str:
    """Return a content security policy with what each of them says, unless it says something else about the same."""
    said = {one.split()[0] for one in policy.split(";")}
    return "; ".join([policy, *(f"{name} 'none'" for name in _ALWAYS if name not in said)])


def allow_our_script() -> None:
    """Let this one page load a script of ours; without this, no page loads any."""

    @after_this_request
    def allow(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = current_app.config["PASSKEY_POLICY"]
        return response


def _compress(response: Response) -> Response:
    """Compress text, with a file name of random length in the gzip header.

    Pages contain secrets along with input that an attacker may control; the length must not reveal the secrets (BREACH).
    """
    if (
        response.direct_passthrough
        or response.is_streamed
        or not ((response.mimetype or "").startswith("text/") or response.mimetype == "image/svg+xml")
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or len(response.get_data()) < _MIN_BYTES
    ):
        return response
    packed = io.BytesIO()
    padding = "x" * secrets.randbelow(64)
    with gzip.GzipFile(padding, "wb", compresslevel=6, fileobj=packed) as file:
        file.write(response.get_data())
    response.set_data(packed.getvalue())
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def svg_file(svg: str, style_hash: str) -> Response:
    """Return a drawing as a file, with a content security policy that allows only its own style, by the hash."""
    answer = Response(svg, mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = f"default-src 'none'; style-src '{style_hash}'"
    return answer
