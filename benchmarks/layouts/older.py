"""Layouts of old sites, mailing lists and emails: tables, line breaks, fonts, and text without paragraphs."""

import textwrap
from collections.abc import Callable

from benchmarks.layouts.markup import Laid, each, head, links, page
from benchmarks.layouts.stories import Story


def _old(story: Story, body: str) -> str:
    return f"<html>{head(story)}<body bgcolor='#ffffff'>{body}</body></html>"


def _forty_links_first(story: Story) -> Laid:
    menu = "<br>\n".join(f"<a href='/{n}.htm'>{story.title()}</a>" for n in range(40))
    text = "<br><br>".join(story.paragraphs)
    return _old(story, f"<div id=menu>{menu}</div><div id=post><h2>{story.headline}</h2>{text}</div>"), [
        *story.paragraphs
    ]


def _links_beside_in_one_cell(story: Story) -> Laid:
    menu = "".join(f"<p><a href='/{n}.htm'>{story.title()}</a></p>" for n in range(30))
    text = "<br>&nbsp;<br>".join(story.paragraphs)
    return _old(
        story,
        f"<table><tr valign=top><td>{menu}</td><td><b>{story.headline}</b><p>{text}</td></tr></table><center>{story.lines[3]}</center>",
    ), [*story.paragraphs]


def _exported_from_word(story: Story) -> Laid:
    text = "".join(
        f"<p class=MsoNormal style='text-align:justify'><span lang=ES style='font-size:12.0pt'>{one}<o:p></o:p></span></p>"
        for one in story.paragraphs
    )
    return _old(story, f"<div class=Section1><p class=MsoTitle>{story.headline}</p>{text}</div>"), [*story.paragraphs]


def _mailing_list(story: Story) -> Laid:
    text = "\n\n".join(textwrap.fill(one, 72) for one in story.paragraphs)
    body = (
        f"<H1>{story.headline}</H1><B>{story.name()}</B><BR><UL><LI>Previous message: <A HREF='1.html'>{story.title()}</A></LI>"
        f"<LI><B>Messages sorted by:</B> <a href='d.html'>[ date ]</a></LI></UL><HR><PRE>{text}\n</PRE><HR>"
        f"<UL><LI>Next message: <A HREF='2.html'>{story.title()}</A></LI></UL>"
    )
    return f"<HTML>{head(story)}<BODY BGCOLOR='#ffffff'>{body}</BODY></HTML>", [*story.paragraphs]


def _campaign_email(story: Story) -> Laid:
    cells = "".join(
        f"<table class=mcnTextBlock><tbody><tr><td class=mcnTextContent style='padding:9px'>{'<br><br>'.join(part)}</td></tr></tbody></table>"
        for part in (story.paragraphs[:2], story.paragraphs[2:5], story.paragraphs[5:])
    )
    body = (
        f"<span class=mcnPreviewText style='display:none'>{story.title()}</span><center><table id=bodyTable><tr><td><h1>{story.headline}</h1>{cells}"
        f"<table class=mcnFollowBlock><tr><td><a href=f>Facebook</a></td><td><a href=t>Twitter</a></td></tr></table>"
        f"<table id=templateFooter><tr><td>{story.lines[3]}<br><a href=u>unsubscribe</a></td></tr></table></td></tr></table></center>"
    )
    return _old(story, body), [*story.paragraphs]


def _encyclopedia(story: Story) -> Laid:
    toc = links([f"{n} {story.title()}" for n in range(1, 6)])
    box = "".join(f"<tr><th>{word}</th><td>{story.name()}</td></tr>" for word in story.menu[:6])
    sections = "".join(
        f"<h2><span class=mw-headline>{word}</span><span class=mw-editsection>[<a href=e>edit</a>]</span></h2><p>{text}</p>"
        for word, text in zip(story.menu, story.paragraphs[1:], strict=False)
    )
    body = (
        f"<div id=content class=mw-body><h1 id=firstHeading>{story.headline}</h1><div id=mw-content-text><div class=mw-parser-output><table class=infobox>{box}</table>"
        f"<p>{story.paragraphs[0]}</p><div id=toc class=toc><ul>{toc}</ul></div>{sections}</div></div></div><div id=mw-navigation>{links(story.menu)}</div>"
    )
    text = [story.paragraphs[0]]
    for word, one in zip(story.menu, story.paragraphs[1:], strict=False):
        text += [word, one]
    return _old(story, body), text


def _bare_text_in_the_article(story: Story) -> Laid:
    text = "<br/>\n<br/>\n".join(
        one.replace(" ", " <a href='/g'>", 1).replace(" ", "</a> ", 2) if n == 1 else one
        for n, one in enumerate(story.paragraphs)
    )
    return page(story, f"<article><h1>{story.headline}</h1>{text}</article>"), [*story.paragraphs]


def _form_of_a_whole_site(story: Story) -> Laid:
    body = page(
        story,
        f"<div id=ctl00_pnlMain><span id=ctl00_lblTitle>{story.headline}</span><div id=ctl00_divText><p>{'</p><p>'.join(story.paragraphs)}</p></div></div>",
    )
    return body.replace("<body>", "<body><form name=aspnetForm method=post action=x.aspx><input type=hidden>").replace(
        "</body>", "</form></body>"
    ), [*story.paragraphs]


def _text_in_the_footer(story: Story) -> Laid:
    body = f"<div id=wrap><div class=hd>{links(story.menu, 'span')}</div><footer class=post><h1>{story.headline}</h1>{each('p', story.paragraphs)}</footer></div>"
    return _old(story, body), [*story.paragraphs]


def _note_beside_links(story: Story) -> Laid:
    nav = "".join(f"<section class=box><a href='/{n}'><span>{story.title()}</span></a></section>" for n in range(25))
    body = f"<div class=grid>{nav}<aside class='nota lateral'><h3>{story.headline}</h3>{each('p', story.paragraphs)}</aside></div>"
    return _old(story, body), [*story.paragraphs]


def _paragraphs_of_fonts(story: Story) -> Laid:
    text = "".join(f"<font face='Verdana' size='2'>&nbsp;&nbsp;&nbsp;{one}</font><br>\n" for one in story.paragraphs)
    menu = "".join(f"<td><a href='{n}.html'><font size=1>{word}</font></a></td>" for n, word in enumerate(story.menu))
    body = f"<center><table><tr>{menu}</tr></table><table width=600><tr><td><font size=4><b>{story.headline}</b></font><br>{text}</td></tr></table></center>"
    return _old(story, body), [*story.paragraphs]


def _hidden_after_the_lead(story: Story) -> Laid:
    menu = "".join(f"<div><a href='/{n}'>{word}</a></div>" for n, word in enumerate(story.menu))
    lead, rest = story.paragraphs[:1], story.paragraphs[1:]
    body = (
        f"<div class=menu-lateral>{menu}</div><div class=noticia><h1>{story.headline}</h1><div class=entradilla>{each('p', lead)}</div>"
        f"<div id=texto-completo style='display: none'>{each('p', rest)}</div></div>"
    )
    return _old(story, body), [*story.paragraphs]


LAYOUTS: dict[str, Callable[[Story], Laid]] = {
    "forty links first": _forty_links_first,
    "links beside the text in a table": _links_beside_in_one_cell,
    "exported from a word processor": _exported_from_word,
    "archive of a mailing list": _mailing_list,
    "email of a campaign": _campaign_email,
    "encyclopedia": _encyclopedia,
    "bare text in the article": _bare_text_in_the_article,
    "form of a whole site": _form_of_a_whole_site,
    "text in the footer": _text_in_the_footer,
    "note beside links": _note_beside_links,
    "paragraphs of fonts": _paragraphs_of_fonts,
    "hidden after the lead": _hidden_after_the_lead,
}
