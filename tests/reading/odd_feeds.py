"""Feeds as publishing software writes them, combined with errors in transmission."""

import gzip
import re

HOST = "https://diario.example.org"
HEADLINES = (
    "Huelga en el puerto de Buenaventura",
    "Ganaron &amp; volvieron al trabajo",
    "La patronal dice &#8220;no&#8221; otra vez",
    "Marcha por el 1&#176; de mayo",
    "Despidos en la planta: 300 familias",
)
TEXT = "Los estibadores abandonaron el trabajo el lunes por las horas extra que nadie les paga."
DAYS = tuple(f"2026-01-{day:02}" for day in (9, 8, 7, 6, 5))
NAMED = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:georss="http://www.georss.org/georss"'
)
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'


def _rss(item, *, head="", version="2.0"):
    image = f"<image><url>{HOST}/logo.png</url><title>Logo</title><link>{HOST}</link></image>"
    items = "\n".join(f"<item>{item(number)}</item>" for number in range(len(HEADLINES)))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="{version}" {NAMED}><channel><title>El Muelle</title>'
        f"<link>{HOST}</link><description>Noticias</description><language>es-MX</language>{head}{image}\n{items}\n"
        "</channel></rss>"
    )


def _atom(entry, *, head="", namespaces=""):
    entries = "\n".join(f"<entry>{entry(number)}</entry>" for number in range(len(HEADLINES)))
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed {ATOM} {namespaces} xml:lang="es"><title>El Muelle</title>'
        f'<id>tag:diario.example.org,2026:/</id><link rel="self" href="{HOST}/atom.xml"/><link href="{HOST}/"/>'
        f"<updated>2026-01-09T12:00:00Z</updated><author><name>El Muelle</name></author>{head}\n{entries}\n</feed>"
    )


def _rdf(item, *, prefix=""):
    items = "\n".join(
        f'<{prefix}item rdf:about="{HOST}/spip.php?article{number}">{item(number)}</{prefix}item>'
        for number in range(len(HEADLINES))
    )
    seats = "".join(f'<rdf:li rdf:resource="{HOST}/{number}"/>' for number in range(len(HEADLINES)))
    bound = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" {bound}="http://purl.org/rss/1.0/"><{prefix}channel '
        f'rdf:about="{HOST}"><{prefix}title>El Muelle</{prefix}title><{prefix}link>{HOST}</{prefix}link><{prefix}items>'
        f"<rdf:Seq>{seats}</rdf:Seq></{prefix}items></{prefix}channel><{prefix}image><{prefix}title>Logo</{prefix}title>"
        f"<{prefix}link>{HOST}</{prefix}link></{prefix}image>\n{items}\n</rdf:RDF>"
    )


def _head(number, link, *, cdata=False):
    headline = f"<![CDATA[{HEADLINES[number]}]]>" if cdata else HEADLINES[number]
    return f"<title>{headline}</title>\n<link>{link}</link>"


def _wordpress(number):
    return (
        f"{_head(number, f'{HOST}/2026/01/nota-{number}/')}<comments>{HOST}/2026/01/nota-{number}/#respond</comments>"
        f"<dc:creator><![CDATA[Ana Ruiz]]></dc:creator><pubDate>{9 - number:02} Jan 2026 10:00:00 +0000</pubDate>"
        f'<category><![CDATA[Puertos]]></category><guid isPermaLink="false">{HOST}/?p={number}</guid>'
        f"<description><![CDATA[<p>{TEXT} [&#8230;]</p>]]></description>"
        f"<content:encoded><![CDATA[<p>{TEXT}</p><p><a href='/x'>más</a></p>]]></content:encoded>"
        "<slash:comments>0</slash:comments>"
    )


def _blogger(number):
    return (
        f"<id>tag:blogger.com,1999:blog-7.post-{number}</id><published>{DAYS[number]}T10:00:00.001-08:00</published>"
        f"<updated>{DAYS[number]}T11:00:00.001-08:00</updated><title type='text'>{HEADLINES[number]}</title>"
        f"<content type='html'>&lt;p&gt;{TEXT}&lt;/p&gt;</content>"
        f"<link rel='replies' type='application/atom+xml' href='{HOST}/feeds/{number}/comments' title='Comentarios'/>"
        f"<link rel='edit' type='application/atom+xml' href='http://www.blogger.com/feeds/7/posts/{number}'/>"
        f"<link rel='self' type='application/atom+xml' href='http://www.blogger.com/feeds/7/posts/default/{number}'/>"
        f"<link rel='alternate' type='text/html' href='{HOST}/2026/01/{number}.html' title='Huelga'/>"
        "<author><name>Ana Ruiz</name><uri>http://www.blogger.com/profile/7</uri></author>"
        f"<media:thumbnail url='{HOST}/s72-c/{number}.jpg' height='72' width='72'/>"
    )


def _mastodon(number):
    return (
        f'<guid isPermaLink="true">{HOST}/@sindicato/{number}</guid><link>{HOST}/@sindicato/{number}</link>'
        f"<pubDate>Fri, {9 - number:02} Jan 2026 10:00:00 +0000</pubDate><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description>"
        f'<media:content url="{HOST}/media/{number}.jpg" type="image/jpeg" fileSize="100" medium="image">'
        '<media:rating scheme="urn:simple">nonadult</media:rating>'
        '<media:description type="plain">El puerto</media:description></media:content><category>huelga</category>'
    )


def _youtube(number):
    return (
        f"<id>yt:video:v{number}</id><yt:videoId>v{number}</yt:videoId><title>{HEADLINES[number]}</title>"
        f'<link rel="alternate" href="https://www.youtube.com/watch?v=v{number}"/><author><name>Canal</name></author>'
        f"<published>{DAYS[number]}T10:00:00+00:00</published><media:group><media:title>Otro</media:title>"
        f'<media:content url="https://www.youtube.com/v/v{number}" type="application/x-shockwave-flash"/>'
        f"<media:description>{TEXT}</media:description></media:group>"
    )


def _podcast(number):
    return (
        f"<title>{HEADLINES[number]}</title><itunes:title>Episodio</itunes:title><itunes:author>Radio Muelle</itunes:author>"
        f'<guid isPermaLink="false">ep-{number}</guid><pubDate>Fri, {9 - number:02} Jan 2026 10:00:00 GMT</pubDate>'
        f'<enclosure url="{HOST}/audio/{number}.mp3" length="1" type="audio/mpeg"/><itunes:summary>{TEXT}</itunes:summary>'
    )


def _google_news(number):
    link = f"https://news.google.com/rss/articles/CBMi{number}?oc=5"
    return (
        f'{_head(number, link)}<guid isPermaLink="false">CBMi{number}</guid><pubDate>Fri, {9 - number:02} Jan 2026 10:00:00 GMT'
        f'</pubDate><description>&lt;a href="{link}" target="_blank"&gt;{TEXT}&lt;/a&gt;</description>'
        f'<source url="{HOST}">El Muelle</source>'
    )


def _phpbb(number):
    return (
        f"<author><name><![CDATA[estibador]]></name></author><updated>{DAYS[number]}T10:00:00-03:00</updated>"
        f"<id>{HOST}/viewtopic.php?t={number}&amp;p={number}#p{number}</id>"
        f'<link href="{HOST}/viewtopic.php?t={number}&amp;p={number}#p{number}"/>'
        f'<title type="html"><![CDATA[Re: {HEADLINES[number]}]]></title><category term="Foro" scheme="{HOST}"/>'
        f'<content type="html" xml:base="{HOST}/viewtopic.php"><![CDATA[{TEXT}<hr />]]></content>'
    )


def _xhtml(number):
    return (
        f"<id>urn:uuid:{number}</id><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Paro <b>{number}</b></div>"
        f"</title><link href='/{number}'/><source><id>urn:otro</id><title>Otro</title><link href='http://otro.example/'/></source>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{TEXT}</p><svg><title>Mapa</title></svg></div>"
        f"</content><updated>{DAYS[number]}T10:00:00Z</updated>"
    )


def _plain(number):
    return f"{_head(number, f'{HOST}/{number}.html')}<description>{TEXT}</description>"


def _described(extra):
    return lambda number: _plain(number) + extra(number)


def _day(number):
    return f"<pubDate>Fri, {9 - number:02} Jan 2026 10:00:00 +0000</pubDate>"


def _guid(number, permanent="false", name="g{}"):
    return f'<guid isPermaLink="{permanent}">{name.format(number)}</guid>'


MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:yt="http://www.youtube.com/xml/schemas/2015"'
SHAPES = {
    "WordPress": _rss(_wordpress, head=f'<atom:link href="{HOST}/feed/" rel="self" type="application/rss+xml"/>'),
    "Drupal": _rss(_described(lambda n: _guid(n, name="{} at " + HOST) + _day(n) + f"<comments>{HOST}/{n}#c</comments>")),
    "Joomla": _rss(_described(lambda n: _guid(n, "true", HOST + "/{}.html") + "<author>a@b.example (Ana Ruiz)</author>")),
    "Joomla Atom": _atom(lambda n: f'<title>{HEADLINES[n]}</title><link rel="alternate" type="text/html" href="{HOST}/{n}"/><id>{HOST}/{n}</id><summary type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</summary>'),
    "Blogger": _atom(_blogger, namespaces=MEDIA),
    "Ghost": _rss(lambda n: _head(n, f"{HOST}/nota-{n}/", cdata=True) + f"<description><![CDATA[{TEXT}]]></description>" + _guid(n) + _day(n) + f'<media:content url="{HOST}/{n}.jpg" medium="image"/><content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded>'),
    "Substack": _rss(lambda n: _head(n, f"{HOST}/p/nota-{n}", cdata=True) + _guid(n, name=HOST + "/p/nota-{}") + f'<enclosure url="{HOST}/{n}.jpg" length="0" type="image/jpeg"/>' + _day(n)),
    "Medium": _rss(lambda n: _head(n, f"{HOST}/nota-{n}?source=rss----7", cdata=True) + _guid(n, name="https://medium.com/p/{}") + f"<atom:updated>{DAYS[n]}T10:00:00.000Z</atom:updated>"),
    "Squarespace": _rss(_described(lambda n: _guid(n, name="5:6:{}") + f"<dc:creator>Ana Ruiz</dc:creator>{_day(n)}")),
    "Google News": _rss(_google_news),
    "FeedBurner": _rss(_described(lambda n: _guid(n) + f"<feedburner:origLink>{HOST}/{n}.html</feedburner:origLink>")),
    "phpBB": _atom(_phpbb),
    "Mastodon": _rss(_mastodon),
    "PeerTube": _rss(_described(lambda n: _guid(n, "true", HOST + "/w/{}") + f'<media:group><media:content url="{HOST}/{n}.mp4" type="video/mp4"/><media:title>Otro</media:title></media:group>')),
    "YouTube": _atom(_youtube, namespaces=MEDIA),
    "podcast": _rss(_podcast),
    "Indymedia": _rdf(lambda n: _plain(n) + f"<dc:date>{DAYS[n]}T10:00-03:00</dc:date><dc:creator>anónimo</dc:creator>"),
    "Indymedia with prefixes": _rdf(lambda n: re.sub(r"(</?)(?=[a-z])", r"\1rss:", _plain(n)), prefix="rss:"),
    "SPIP": _rss(_described(lambda n: _guid(n, "true", HOST + "/spip.php?article{}") + f"<dc:date>{DAYS[n]}T10:00:00Z</dc:date><dc:format>text/html</dc:format><dc:language>es</dc:language>")),
    "an old CMS": _rss(lambda n: _plain(n).replace("<link>", "<link>\n\t ").replace("</link>", " \n</link>"), version="0.91"),
    "a CMS with relative links": _rss(lambda n: f"<title>{HEADLINES[n]}</title><link>../notas/{n}.php?a=1&amp;b=2</link>"),
    "a CMS with bases": _atom(lambda n: f'<title>{HEADLINES[n]}</title><link href="{n}.html"/>', head="").replace("<entry>", f'<entry xml:base="{HOST}/archivo/">'),
    "a CMS without titles": _rss(lambda n: f"<link>{HOST}/{n}</link><description>{TEXT}</description>"),
    "a CMS with ids alone": _atom(lambda n: f"<title>{HEADLINES[n]}</title><id>{HOST}/{n}</id>"),
    "a CMS with one guid": _rss(_described(lambda n: _guid(0))),
    "a CMS in capitals": _rss(lambda n: f"<TITLE>{HEADLINES[n]}</TITLE><LINK>{HOST}/{n}</LINK>").replace("item>", "ITEM>"),
    "text of XHTML": _atom(_xhtml),
    "prefixed Atom": re.sub(r"(</?)(?=[a-z])", r"\1a:", _atom(_xhtml).replace("<?xml", "<?XML").replace(ATOM, ATOM.replace("xmlns", "xmlns:a"))).replace("<?XML", "<?xml"),
}  # fmt: skip


def _once(text, old, new):
    assert old in text
    return text.replace(old, new, 1)


ACCIDENTS = {
    "as it should be": str.encode,
    "whitespace before the declaration": lambda text: b"\n \r\n\t" + text.encode(),
    "a byte order mark and whitespace": lambda text: b"\xef\xbb\xbf\n" + text.encode(),
    "a warning of PHP before it": lambda text: b"<br />\n<b>Notice</b>: Undefined index in <b>/x.php</b><br />\n" + text.encode(),
    "a script of a host after it": lambda text: text.encode() + b"<!-- cached --><script src='x.js'></script>",
    "undefined entities": lambda text: text.replace("Los ", "&laquo;Los&nbsp;").encode(),
    "bare ampersands": lambda text: text.replace("Los ", "A & B &c ").replace("&amp;", "&").encode(),
    "control characters": lambda text: text.replace("Los ", "\x08\x1fLos \x00").encode(),
    "the end is missing": lambda text: text[: text.rindex("</")].encode(),
    "the last entry is cut": lambda text: text[: text.rindex("</")].rstrip()[:-9].encode(),
    "a tag left open in a text": lambda text: text.replace("Los ", "<b>Los ").encode(),
    "markup that is not escaped": lambda text: text.replace("Los ", "<p>Los<br></p><img src=x> ").encode(),
    "a document type": lambda text: _once(text, "?>", '?>\n<!DOCTYPE x [<!ENTITY n "y">]>').encode(),
    "a style sheet and comments": lambda text: _once(text, "?>", '?><?xml-stylesheet href="x.xsl"?><!-- <item> -->').encode(),
    "no declaration": lambda text: text[text.index("?>") + 2 :].encode(),
    "an encoding that is not its own": lambda text: re.sub("(?i)utf-8", "us-ascii", text, count=1).encode(),
    "UTF-16": lambda text: re.sub("(?i)utf-8", "utf-16", text, count=1).encode("utf-16"),
    "one line": lambda text: text.replace("\n", "").encode(),
    "DOS lines": lambda text: text.replace("\n", "\r\n").encode(),
    "namespaces that nobody declared": lambda text: re.sub(r' xmlns:(?!rss|rdf|a=)\w+="[^"]*"', "", text).encode(),
}  # fmt: skip


def packed(data: bytes) -> bytes:
    """Return a feed that is compressed without a header, as careless servers send it."""
    return gzip.compress(data)
