"""Addresses wrapped by security filters, click trackers and newsletters, and their contents."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.reading.addresses import address_key, cleaned
from app.reading.wrappers import unwrapped

PAGE = "https://paper.example.org/2026/pier-strike?id=7&part=2"
CODED = quote(PAGE, safe="")


def in_base64(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def in_second_form(url):
    """Encode an address as version 2 of Proofpoint's encoding does."""
    return (
        quote(url, safe=":/")
        .replace("-", "%2D")
        .replace("_", "%5F")
        .replace(":", "%3A")
        .replace("/", "_")
        .replace("%", "-")
    )


WRAPPED = {
    "Safe Links": f"https://nam02.safelinks.protection.outlook.com/?url={CODED}&data=05%7C02%7Cana%40example.org%7Cx&reserved=0",
    "Safe Links, abroad": f"https://deu01.safelinks.protection.outlook.de/?url={CODED}&data=x",
    "Safe Links, China": f"https://chn01.safelinks.protection.partner.outlook.cn/?url={CODED}",
    "Safe Links, escaped": f"https://eur04.safelinks.protection.outlook.com/GetUrlReputation?x=1&amp;url={CODED}&amp;data=x",
    "Proofpoint 1": f"http://urldefense.proofpoint.com/v1/url?u={CODED}&k=a%3D%3D&r=b&m=c&s=d",
    "Proofpoint 2": f"https://urldefense.proofpoint.com/v2/url?u={in_second_form(PAGE)}&d=DwMFaQ&c=x&r=y&m=z&s=1&e=",
    "Proofpoint 3": f"https://urldefense.com/v3/__{PAGE.replace('?', '*').replace('=', '*')}__;{in_base64('?==')}!!abc!def-ghi$",
    "Proofpoint 3, run": f"https://urldefense.us/v3/__{PAGE.replace('7&part', '**C')}__;{in_base64('7&pa')}!!x$".replace(
        "**C", "**Crt"
    ),
    "Google": f"https://www.google.com/url?sa=t&source=web&url={CODED}&ved=abc&usg=def",
    "Google, Mexico": f"https://www.google.com.mx/url?q={CODED}&sa=D",
    "Google Alerts": f"https://www.google.com/url?rct=j&sa=t&url={PAGE.replace('&', '%26')}&ct=ga&cd=x&usg=y",
    "Google, Peru": f"http://google.com.pe/url?q={CODED}",
    "Google, United Kingdom": f"https://www.google.co.uk/url?url={CODED}",
    "AMP": f"https://www.google.com/amp/s/{PAGE.removeprefix('https://')}",
    "AMP cache": f"https://paper-example-org.cdn.ampproject.org/c/s/{PAGE.removeprefix('https://')}",
    "Facebook": f"https://l.facebook.com/l.php?u={CODED}&h=AT0x&s=1",
    "Facebook, mobile": f"http://lm.facebook.com/l.php?u={CODED}&h=AT0x",
    "Instagram": f"https://l.instagram.com/?u={CODED}&e=AT0x",
    "Tumblr": f"https://t.umblr.com/redirect?z={CODED}&t=x",
    "Reddit": f"https://out.reddit.com/t3_x?url={CODED}&token=y",
    "YouTube": f"https://www.youtube.com/redirect?event=video_description&redir_token=x&q={CODED}",
    "Slack": f"https://slack-redir.net/link?url={CODED}",
    "LinkedIn": f"https://www.linkedin.com/safety/go?url={CODED}&trk=x",
    "VK": f"https://vk.com/away.php?to={CODED}",
    "DuckDuckGo": f"https://duckduckgo.com/l/?uddg={CODED}&rut=x",
    "Bing": f"https://www.bing.com/ck/a?!&&p=x&u=a1{in_base64(PAGE)}&ntb=1",
    "Yahoo": f"https://r.search.yahoo.com/_ylt=Aw/RV=2/RE=1/RO=10/RU={CODED}/RK=2/RS=x-",
    "Barracuda": f"https://linkprotect.cudasvc.com/url?a={CODED}&c=E,1,x&typo=1",
    "Trend Micro": f"https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url={CODED}&umid=x&auth=y",
    "Cisco": f"https://secure-web.cisco.com/1aBc-x/{CODED}",
    "Sophos": f"https://eu-central-1.protection.sophos.com/?d=example.org&u={in_base64(PAGE)}&i=x",
    "GMX": f"https://deref-gmx.net/mail/client/x/dereferrer/?redirectUrl={CODED}",
    "Amazon": f"https://x1.r.us-east-1.awstrack.me/L0/{quote(PAGE, safe=':')}/1/0100-x/y=1",
    "Mandrill": "https://mandrillapp.com/track/click/30/paper.example.org?p="
    + in_base64(json.dumps({"s": "x", "v": 1, "p": json.dumps({"u": 30, "v": 1, "url": PAGE, "id": "x"})})),
    "Substack": f"https://substack.com/redirect/2/{in_base64(json.dumps({'e': PAGE, 'p': 1, 's': 2}))}.abc_def?utm_source=x",
    "ConvertKit": f"https://click.convertkit-mail2.com/abc123/def456/{in_base64(PAGE)}",
    "href.li": f"https://href.li/?{PAGE}",
}


@pytest.mark.parametrize("kind", WRAPPED)
def test_the_address_inside_is_found(kind):
    assert unwrapped(WRAPPED[kind]) == PAGE
    assert address_key(WRAPPED[kind]) == address_key(PAGE)


@pytest.mark.parametrize("outer", ["Safe Links", "Google", "Facebook", "Barracuda"])
@pytest.mark.parametrize("inner", ["Proofpoint 2", "Proofpoint 3", "Substack", "Mandrill", "Google"])
def test_an_address_wrapped_twice_is_found(outer, inner):
    assert unwrapped(WRAPPED[outer].replace(CODED, quote(WRAPPED[inner], safe=""))) == PAGE


def test_endless_wrapping_is_limited():
    url = PAGE
    for _layer in range(12):
        url = f"https://l.facebook.com/l.php?u={quote(url, safe='')}"[:8_000]
    assert unwrapped(url).startswith("https://")
    circle = "https://www.google.com/url?q=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fwww.google.com%2Furl"
    assert unwrapped(circle) == "https://www.google.com/url"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/search?q=https%3A%2F%2Fpaper.example.org%2F", "https://paper.example.org/url?url=https://other.example.org/",
        "https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=//paper.example.org/a", "https://l.facebook.com/l.php",
        "https://www.google.com/url?q=data:text/html,x", "https://www.google.com/url?q=file:///etc/passwd", "https://www.google.com.evil.example/url?q=https://a.example",
        "https://urldefense.com/v3/__javascript:alert(1)__;!!x$", "https://urldefense.com/v3/__https://a.example/*__;Pw!", "https://substack.com/redirect/2/bm8gYWRkcmVzcw.x",
        "https://substack.com/redirect/9d0c?j=eyJ1IjoiMXgifQ.x", "https://paper.us1.list-manage.com/track/click?u=a&id=b", "ftp://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F",
        "https://www.google.com/url?q=https://", "https://www.google.com/url?q=https%3A%2F%2Fa.example%2F%0d%0aSet-Cookie:x", "no address", "", "https://[",
    ],
)  # fmt: skip
def test_a_wrapper_without_a_web_address_is_unchanged(url):
    assert unwrapped(url) == url or "a.example/?" in unwrapped(url)


@given(st.text(max_size=200))
@example("https://www.google.com/url?q=http://[")
@example("https://urldefense.com/v3/__https://a.example/**é__;!!x$")
def test_no_address_causes_an_error(text):
    for url in (
        text,
        f"https://www.google.com/url?q={text}",
        f"https://urldefense.com/v3/__{text}",
        f"https://substack.com/redirect/2/{text}",
    ):
        assert isinstance(cleaned(url), str)
