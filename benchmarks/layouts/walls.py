"""Pages that are not, or not only, articles: walls, challenges and errors; and articles that look like them."""

from collections.abc import Callable

from benchmarks.layouts.markup import each, links, page
from benchmarks.layouts.shown import Shown, an_article, bare, linked_data
from benchmarks.layouts.stories import Story

_WALLS = {
    "en": ("We value your privacy. We and our partners store cookies on your device.", "You can accept all cookies or manage your settings.", "Accept all", "Page not found", "The page that you are looking for does not exist or has been moved.", "Back to the front page", "Subscribe to keep reading. Already a subscriber? Log in."),
    "es": ("Valoramos su privacidad. Nosotros y nuestros socios guardamos cookies en su dispositivo.", "Puede aceptar todas las cookies o configurar sus preferencias.", "Aceptar todo", "Página no encontrada", "La página que busca no existe o ha cambiado de lugar.", "Volver a la portada", "Suscríbase para seguir leyendo. ¿Ya es suscriptor? Inicie sesión."),
    "pt": ("Valorizamos a sua privacidade. Nós e os nossos parceiros guardamos cookies no seu dispositivo.", "Pode aceitar todos os cookies ou gerir as suas preferências.", "Aceitar tudo", "Página não encontrada", "A página que procura não existe ou mudou de endereço.", "Voltar ao início", "Assine para continuar lendo. Já é assinante? Entre."),
    "fr": ("Le respect de votre vie privée compte. Nos partenaires et nous déposons des cookies sur votre appareil.", "Vous pouvez accepter tous les cookies ou régler vos choix.", "Tout accepter", "Page introuvable", "La page que vous cherchez n’existe pas ou a été déplacée.", "Retour à l’accueil", "Abonnez-vous pour lire la suite. Déjà abonné ? Connectez-vous."),
    "de": ("Ihre Privatsphäre ist uns wichtig. Wir und unsere Partner speichern Cookies auf Ihrem Gerät.", "Sie können alle Cookies akzeptieren oder Ihre Einstellungen verwalten.", "Alle akzeptieren", "Seite nicht gefunden", "Die gesuchte Seite existiert nicht oder wurde verschoben.", "Zur Startseite", "Jetzt abonnieren und weiterlesen. Schon Abonnent? Anmelden."),
    "it": ("La tua privacy è importante. Noi e i nostri partner salviamo cookie sul tuo dispositivo.", "Puoi accettare tutti i cookie o gestire le preferenze.", "Accetta tutto", "Pagina non trovata", "La pagina che cerchi non esiste o è stata spostata.", "Torna alla home", "Abbonati per continuare a leggere. Sei già abbonato? Accedi."),
    "ca": ("Valorem la vostra privadesa. Nosaltres i els nostres socis desem cookies al vostre dispositiu.", "Podeu acceptar totes les cookies o configurar les preferències.", "Accepta-ho tot", "No s’ha trobat la pàgina", "La pàgina que busqueu no existeix o ha canviat de lloc.", "Torna a la portada", "Subscriviu-vos per continuar llegint. Ja sou subscriptor? Inicieu la sessió."),
}  # fmt: skip
"""For each language: two sentences of a cookie wall, its button, a title, sentence and link of an error page, the line of a paywall."""


def _news(story: Story, **fields: object) -> str:
    return linked_data(**{"@type": "NewsArticle", "headline": story.headline, **fields})


def _lead_and_wall(story: Story, data: str, meta: str = "") -> str:
    body = f"{meta}{data}<main><article><h1>{story.headline}</h1>{each('p', story.paragraphs[:2])}<div class=pw-box><p>{_WALLS[story.language][6]}</p></div></article></main>"
    return page(story, body)


def _paywall_flag(story: Story) -> Shown:
    return Shown(_lead_and_wall(story, _news(story, isAccessibleForFree=False)))


def _paywall_flag_as_text(story: Story) -> Shown:
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paywall"}
    return Shown(_lead_and_wall(story, _news(story, isAccessibleForFree="False", hasPart=part)))


def _paywall_in_part(story: Story) -> Shown:
    part = [{"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".premium"}]
    return Shown(
        _lead_and_wall(
            story, linked_data(**{"@graph": [{"@type": "Article", "headline": story.headline, "hasPart": part}]})
        )
    )


def _paywall_tier(story: Story) -> Shown:
    html = _lead_and_wall(story, "")
    return Shown(
        html.replace("<meta charset=utf-8>", "<meta charset=utf-8><meta property=article:content_tier content=locked>")
    )


def _paywall_items(story: Story) -> Shown:
    body = f"<article itemscope itemtype='https://schema.org/NewsArticle'><meta itemprop=isAccessibleForFree content=false><h1>{story.headline}</h1>{each('p', story.paragraphs[:2])}</article>"
    return Shown(page(story, body))


def _paywall_address(story: Story) -> Shown:
    return Shown(_lead_and_wall(story, _news(story, isAccessibleForFree="http://schema.org/False")))


def _free_flag(story: Story) -> Shown:
    return Shown(an_article(story, data=_news(story, isAccessibleForFree=True)))


def _free_with_plea(story: Story) -> Shown:
    return Shown(
        an_article(story, f"<p>{_WALLS[story.language][6]}</p>", data=_news(story, isAccessibleForFree="True"))
    )


def _cookies_alone(story: Story) -> Shown:
    one, two, button, *_ = _WALLS[story.language]
    return Shown(
        bare(
            story, f"<div id=cmp><h1>El Muelle</h1><p>{one}</p><p>{two}</p><button>{button}</button></div>", "El Muelle"
        )
    )


def _cookies_with_purposes(story: Story) -> Shown:
    one, two, button, *_ = _WALLS[story.language]
    purposes = "".join(f"<li><h3>Cookies {n}</h3><p>{two}</p></li>" for n in range(6))
    return Shown(
        bare(
            story,
            f"<main><h2>{story.headline}</h2><div class=consent><p>{one} {two}</p><ul>{purposes}</ul><a href=/ok>{button}</a></div></main>",
            story.headline,
        )
    )


def _cookies_or_pay(story: Story) -> Shown:
    one, two, button, *_ = _WALLS[story.language]
    return Shown(
        bare(
            story,
            f"<section class=purabo><div><p>{one}</p><p>{two}</p><button>{button}</button></div><div><p>{_WALLS[story.language][6]}</p><p>2,99 €</p></div></section><footer>{links(story.menu[:4], 'span')}</footer>",
            "El Muelle",
        )
    )


def _about_cookies(story: Story) -> Shown:
    one, two, *_ = _WALLS[story.language]
    return Shown(
        page(
            story,
            f"<main><article><h1>Cookies: {story.headline}</h1><p>{one}</p>{each('p', story.paragraphs)}<p>{two}</p></article></main>",
        )
    )


def _moment(story: Story) -> Shown:
    body = "<div class=main-wrapper><h1 class=zone-name-title>elmuelle.example</h1><p id=cf-error-details>Verifying you are human. This may take a few seconds.</p><p>elmuelle.example needs to review the security of your connection before proceeding.</p><noscript>Enable JavaScript and cookies to continue</noscript></div><script>window._cf_chl_opt={cvId:'3'};var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/h/b/orchestrate';</script>"
    return Shown(bare(story, body, "Just a moment..."))


def _captcha_frame(story: Story) -> Shown:
    body = "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script><script src='https://ct.captcha-delivery.com/c.js'></script><p id=cmsg>Please enable JS and disable any ad blocker</p>"
    return Shown(bare(story, body, "elmuelle.example"))


def _incident(story: Story) -> Shown:
    return Shown(
        bare(
            story,
            "<iframe id=main-iframe src='/_Incapsula_Resource?SWUDNSAI=31&incident_id=1-2' frameborder=0>Request unsuccessful. Incapsula incident ID: 1-2</iframe>",
            "",
        )
    )


def _press_and_hold(story: Story) -> Shown:
    return Shown(
        bare(
            story,
            "<section><div class=px-captcha-container><h1>Before we continue…</h1><div id=px-captcha></div><p>Press &amp; Hold to confirm you are a human (and not a bot).</p><p>Reference ID 4b1c</p></div></section><script src='/px/captcha/captcha.js'></script>",
            "Access to this page has been denied",
        )
    )


def _check_of_work(story: Story) -> Shown:
    return Shown(
        bare(
            story,
            '<main><h1 id=title class=centered-div>Making sure you\'re not a bot!</h1><p>You are seeing this because the administrator of this website has set up a check to protect the server.</p><script id=anubis_challenge type=application/json>{"challenge":"ab","difficulty":4}</script><p>Loading...</p></main>',
            "Making sure you're not a bot!",
        )
    )


def _boxes_to_tick(story: Story) -> Shown:
    words = {
        "es": "Confirme que no es un robot.",
        "pt": "Confirme que não é um robô.",
        "fr": "Confirmez que vous n’êtes pas un robot.",
        "de": "Bestätigen Sie, dass Sie kein Roboter sind.",
        "it": "Conferma di non essere un robot.",
        "ca": "Confirmeu que no sou un robot.",
    }
    said = words.get(story.language, "Confirm that you are not a robot.")
    return Shown(
        bare(
            story,
            f"<form method=post><h2>{said}</h2><div class=g-recaptcha data-sitekey=x></div><script src='https://www.google.com/recaptcha/api.js'></script></form>",
            "El Muelle",
        )
    )


def _captcha_at_the_comments(story: Story) -> Shown:
    return Shown(
        an_article(
            story,
            "<form class=comment-form><textarea></textarea><div class=g-recaptcha data-sitekey=x></div></form><script src='https://www.google.com/recaptcha/api.js'></script>",
        )
    )


def _not_found(story: Story) -> Shown:
    *_, title, said, back, _ = _WALLS[story.language]
    body = f"<main><h1>404</h1><h2>{title}</h2><p>{said}</p><a href=/>{back}</a></main>"
    return Shown(
        page(story, body)
        .replace(f"<title>{story.headline}", f"<title>{title}")
        .replace(f"content='{story.headline}'", f"content='{title}'")
    )


def _not_found_with_teasers(story: Story) -> Shown:
    *_, title, said, back, _ = _WALLS[story.language]
    teasers = "".join(
        f"<div class=card><h3><a href='/n{n}'>{story.title()}</a></h3><p>{story.more(1)}</p></div>" for n in range(8)
    )
    body = f"<main><div class=error404><h1>{title}</h1><p>{said} <a href=/>{back}</a></p></div><h2>{story.menu[1]}</h2>{teasers}</main>"
    return Shown(
        page(story, body)
        .replace(f"<title>{story.headline}", f"<title>{title}")
        .replace(f"content='{story.headline}'", f"content='{title}'")
    )


def _server_error(story: Story) -> Shown:
    return Shown(bare(story, "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>", "502 Bad Gateway"))


def _database_error(story: Story) -> Shown:
    return Shown(
        bare(
            story, "<div class=wp-die-message><h1>Error establishing a database connection</h1></div>", "Database Error"
        )
    )


def _about_a_number(story: Story) -> Shown:
    return Shown(
        page(story, f"<main><article><h1>404, {story.headline}</h1>{each('p', story.paragraphs)}</article></main>")
    )


LAYOUTS: dict[str, dict[str, Callable[[Story], Shown]]] = {
    "paywall": {
        "flag": _paywall_flag,
        "flag as text": _paywall_flag_as_text,
        "flag of a part": _paywall_in_part,
        "tier": _paywall_tier,
        "flag of an item": _paywall_items,
        "flag as an address": _paywall_address,
    },
    "cookie_wall": {
        "cookies alone": _cookies_alone,
        "cookies with purposes": _cookies_with_purposes,
        "cookies or pay": _cookies_or_pay,
    },
    "challenge": {
        "a moment": _moment,
        "frame": _captcha_frame,
        "incident": _incident,
        "press and hold": _press_and_hold,
        "check of work": _check_of_work,
        "box to tick": _boxes_to_tick,
    },
    "error_page": {
        "not found": _not_found,
        "not found, with teasers": _not_found_with_teasers,
        "server": _server_error,
        "database": _database_error,
    },
    "article": {
        "free": _free_flag,
        "free with plea": _free_with_plea,
        "about cookies": _about_cookies,
        "captcha at the comments": _captcha_at_the_comments,
        "about a number": _about_a_number,
    },
}
"""The function that turns a story into a page, by its kind and the name of the layout."""
