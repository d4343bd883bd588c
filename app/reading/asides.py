"""Asides: lines between the paragraphs that are not part of the article, such as links, appeals and credits.

An aside is recognized by its beginning: a label, or an imperative addressed to the reader. A sentence of the article
that only mentions subscriptions or donations begins differently. The phrases are grouped by language, so that a speaker
can maintain each list; all of them are tried on every line, because pages mix languages around a text.
"""

import re

_LONGEST = 600
"""Characters. A longer line is text; the limit also protects the patterns from hostile input."""

_AFTER_LABEL = r"\s*(?:[:»>→|…\]]|\.{3}|\s[–—-]\s|$)"

_LABELS = (
    # English
    r"(?:(?:please )?(?:also )?(?:read|see|watch|listen|hear|learn|find out|discover))(?: (?:more|also|next|too))+(?: (?:about|on|from|at|here|in|coverage)\b[^:]{0,60})?",
    r"(?:related|recommended|suggested|further|more|keep|continue)(?: (?:reading|stor(?:y|ies)|coverage|articles?|posts?|news|links|content|topics))(?: [^:.]{0,40})?",
    r"(?:related|recommended|read|watch|don['’]t miss|see)",
    r"(?:you )?(?:might|may) (?:also )?(?:like|be interested in)",
    r"more (?:on|from|about|in) [^:.]{1,60}",
    # Spanish
    r"(?:lee|lea|leer|leé|lean|ver|vea|mira|mirá|escucha)(?: (?:también|tambien|además|más|mas|aquí|completo))+(?: (?:sobre|en|de)\b[^:]{0,60})?",
    r"(?:también )?(?:te|le|les) (?:puede|podría|pueden) (?:también )?interesar(?:te|le)?(?: (?:leer|también))?",
    r"(?:notas?|artículos?|noticias?|contenidos?|lecturas?) (?:relacionad[oa]s?|recomendad[oa]s?)",
    r"(?:más (?:información|noticias)|más sobre [^:.]{1,60}|en este (?:mismo )?tema|sobre el mismo tema|relacionad[oa]s?)",
    r"(?:mir[aá]|mire|vea|vean|escuch[aeá]|también puede(?:n|s)? (?:leer|ver)|puede(?:n|s)? (?:leer|ver) también|(?:seguir|siga|sigue|seguí|continuar) leyendo|(?:te|le|les) recomendamos(?: leer)?|no (?:te|se) pierda[sn]?|en video)",
    # Portuguese
    r"(?:(?:continue|continuar|siga) lendo|recomendamos|não perca|assista)",
    r"(?:leia|ler|veja|ouça|assista|confira|saiba)(?: (?:também|tambem|mais|ainda|aqui|a íntegra))+(?: (?:sobre|em|no|na)\b[^:]{0,60})?",
    r"(?:(?:você )?(?:pode|poderá) (?:também )?(?:se |te |lhe )?(?:interessar|gostar)|(?:notícias|matérias?|artigos?|conteúdos?|leituras?) (?:relacionad[oa]s?|recomendad[oa]s?)|sobre o mesmo tema)",
    # French
    r"(?:à )?(?:lire|voir|écouter|découvrir|lisez|voyez|relire)(?: (?:aussi|également|plus|la suite|encore|sur le sujet|sur ce sujet|sur le même sujet))+(?: (?:sur|dans)\b[^:]{0,60})?",
    r"(?:à (?:lire|voir|écouter|relire)|(?:lire|voir) (?:notre|nos) [^:.]{1,40}|sur le même (?:sujet|thème)|dans la même rubrique|pour aller plus loin|en savoir plus|(?:nos )?articles? (?:liés?|associés?|recommandés?))",
    r"(?:poursuivre|poursuivez|continuer|continuez) (?:la|votre) lecture|(?:nous )?(?:vous )?recommand(?:ons|é|és)|ne manquez pas",
    r"(?:e ainda|et aussi|y además|además|and also|also|inoltre|außerdem)(?=:)",
    # Italian, German
    r"leggi anche(?: su)?|lesen sie auch|mehr zum thema",
)
_LABEL = re.compile(
    rf"^\W*(?:(?:{'|'.join(_LABELS)}){_AFTER_LABEL}|also on [\w.]+\.\w{{2,6}}\b|(?:lea|lee|leia|lire|leggi|à lire) (?:también|também|aussi|anche)\b)",
    re.IGNORECASE,
)

_NETWORKS = r"(?:twitter|facebook|instagram|youtube|telegram|whatsapp|bluesky|mastodon|tiktok|threads|linkedin|spotify|signal|x\b|@\w)"

_PLEAS = (
    # English
    r"subscribe\b|sign[ -]up\b|donate\b(?! blood)|chip in\b|not (?:yet )?a (?:subscriber|member)|already a (?:subscriber|member)|never miss (?:a|an|our)\b",
    r"support (?:us|our|independent|labou?r journalism|worker|reader|this (?:site|work|kind|paper|newspaper|magazine))\b",
    r"become (?:an?|our) (?:\w+ )?(?:member|subscriber|patron|supporter|sustainer|donor|friend)\b|join (?:us on|our|the conversation|(?:the )?[\d,.]+|thousands)\b",
    rf"(?:follow|like|find) (?:us|our|me|him|her|them)\b|(?:follow|like|find) .{{1,60}} on {_NETWORKS}|email .{{1,40}} at \S+@|share (?:this|it) (?:story|article|post|with|on)\b",
    r"get (?:our|the|your|a|access|more|all|daily|weekly|this)\b.{0,100}\b(?:newsletters?|inbox|e-?mail\w*|subscri\w+|alerts|delivered|app)\b|click (?:here|on|below)\b|download (?:our|the) .{0,30}app\b",
    r"(?:please )?(?:make|give|consider (?:making|giving)) (?:a|an|your) (?:[\w-]+ ){0,2}(?:donation|gift|contribution)\b|please (?:consider|support|donate|subscribe|give)\b|give (?:today|now)\b|help (?:us|keep (?:us|this|our))\b",
    r"contribute (?:to (?:our|this)|now|today|here)\b|enter your e-?mail|register (?:now|here|for (?:our|free))\b|(?:have|got) (?:a|any) (?:news )?(?:tip|story)s?\b|if you (?:like|liked|value|valued|appreciate|enjoy|enjoyed|found) (?:this|our|what|the)\b",
    r"(?:enjoyed?|liked?|loved) (?:this|our|what)\b|(?:all|every) (?:our|of our) (?:\w+ )?(?:articles|journalism|reporting) (?:is|are) free|we need your (?:help|support)|(?:buy|read) (?:us a coffee|the print)",
    # Spanish
    r"¿?te (?:ha )?(?:gustó|gustado|sirvió) (?:est[ea]|nuestr|lo que)|comp[áa]rt(?:elo|ela|alo|ala)\b|suscr[íi]b(?:ete|ite|ase|anse|[íi]te|irse)\b|haz(?:te)? (?:clic|una donación|un donativo|un aporte|tu|soci[oa]|suscriptor|miembro|parte|que)|hazte\b|hag[áa](?:se)? (?:clic|una donación|un donativo|un aporte|su|soci[oa])|hac[ée](?:te)? (?:clic|una donación|tu|un aporte|soci[oa])",
    r"don[aáe] (?:ahora|hoy|aquí|a (?:nuestr|este|esta)|desde|lo que|para (?:que|seguir|sostener))|(?:ap[óo]ya|apoye|apoy[áa]|ay[úu]da|ayude|ayud[áa]|sost[ée]n|sosten[ée]|sostenga|financi[ae])(?:nos|n?os con)?(?: a (?:nuestr[oa]|este|esta|mantener|seguir|sostener|que)| (?:nuestr[oa]|este|esta|el|al|la) (?:\w+ )?(?:periodismo|prensa|trabajo|medio|periódico|labor|proyecto|sitio|portal|revista)\b)",
    r"(?:ap[óo]y[ae]nos|ay[úu]d[ae]nos|s[íi]g(?:ue|a)nos|s[íi]gannos|seguinos|acomp[áa]ñ[ae]nos|escr[íi]b[ea]nos)\b|[úu]n(?:ete|ase|ite) (?:a|al) (?:nuestr|canal|grupo|la comunidad|los|las|quienes|más)|compart(?:e|í|a) (?:est[ae]|en|con)|descarg(?:a|á|ue) (?:nuestra|la) (?:app|aplicación)",
    r"recib(?:e|í|a) .{0,80}(?:correo|boletín|bandeja|newsletter|whatsapp|telegram)|si (?:te|le) (?:gustó|gusta|interesa|sirve|sirvió) (?:est[ae]|nuestr|lo que)|si (?:valoras?|aprecias?|valorás) .{0,40}(?:periodismo|trabajo|nota|artículo|medio)|colabora (?:con nosotr|con nuestr|con est[ea] (?:medio|proyecto))|necesitamos (?:de )?(?:tu|su) (?:apoyo|ayuda|aporte)",
    # Portuguese
    r"(?:você )?(?:gostou|curtiu) d(?:a|o|est[ea]) (?:matéria|texto|artigo|reportagem|conteúdo)|assine(?:-nos)?\b|inscreva-se|cadastre-se|fa(?:ça|z) (?:uma doação|um pix|sua doação|a sua|parte|um donativo)|doe\b|doar\b|torne-se\b|junte-se (?:a|ao|à|aos|às)\b|clique (?:aqui|para|no|na)|siga-nos|compartilhe\b|partilhe (?:est|no|nas)|baixe (?:o|nosso|o nosso) app",
    rf"(?:apoi[ae]|ajude|sustente|financie|fortaleça)(?:-nos)?(?: a manter| (?:o|a|ao|nosso|nossa|este|esta|o nosso|a nossa) (?:\w+ )?(?:jornalismo|imprensa|trabalho|jornal|site|portal|projeto|mídia|revista|Brasil)\b|,|$|\.)|(?:apoie|ajude)-nos|contribua (?:com|para) (?:o |a |este|nosso|nossa|o nosso)|contribua (?:aqui|agora|hoje)|siga .{{1,60}}{_NETWORKS}",
    r"receba .{0,80}(?:e-?mail|boletim|caixa|newsletter|whatsapp|telegram|celular)|entre (?:no|em) (?:nosso|o nosso|nosso) (?:canal|grupo)|se (?:você )?(?:gostou|gosta|curtiu|valoriza) (?:d|est|o|a|noss)|precisamos d[oae] (?:seu|sua|teu|tua) (?:apoio|ajuda)|colabore (?:com|conosco)",
    # French
    r"(?:cet article|ce texte|cette enquête) vous a (?:plu|intéressé)|partage(?:z|r)?(?:-l[ea])\b|abonne(?:z-vous|-toi)|inscri(?:vez-vous|s-toi)|(?:faites|fais|faire) (?:un|votre|ton) don\b|donnez (?:à|maintenant|aujourd)|je (?:donne|m['’]abonne)|cliquez (?:ici|sur)|suivez(?:-nous| .{1,60}sur (?:les réseaux|facebook|twitter|telegram|instagram|mastodon|bluesky|whatsapp|x\b))|partage[zr] (?:cet|cette|sur|avec|l['’]article)",
    r"(?:soutenez|soutiens|soutenir|aidez|défendez|financez)(?:-nous)?(?: (?:notre|votre|nos|la presse|un|une|le|ce|cette) ?(?:\w+ ){0,2}(?:journalisme|presse|travail|journal|média|médias|rédaction|revue|site|information|indépendante?)\b|-nous)|rejoignez(?:-nous| (?:notre|nos|la communauté|le canal))|téléchargez (?:notre|l['’]appli)|devenez (?:membre|abonné|adhérent|donat|mécène|soci)|adhérez\b",
    r"recevez .{0,80}(?:mail|lettre|infolettre|newsletter|boîte|courriel|semaine|jour|matin)|si vous (?:avez (?:aimé|apprécié)|aimez|appréciez|souhaitez (?:nous|soutenir)|voulez (?:nous|soutenir))|pour nous soutenir|nous avons besoin de (?:vous|votre)|contribuez (?:à|au|dès)",
)
_PLEA = re.compile(rf"^\W*(?:{'|'.join(_PLEAS)})", re.IGNORECASE)

_FOR_YOU = (
    r"\b(?:we|our (?:work|journalism|reporting|paper|site)) (?:rel(?:y|ies)|depends?|survives?|runs?) (?:up)?on (?:[\w’'-]+ ){0,4}(?:you|readers?|donations?|subscri\w+|support\w*|contributions?|members?)\b",
    r"\byour (?:[\w-]+ )?(?:donation|support|contribution|subscription|gift)s? (?:[\w-]+ )?(?:helps?|keeps?|makes?|allows?|funds?|pays?)\b|\bthis (?:site|website|newspaper|magazine|outlet) (?:is|lives) (?:[\w-]+ ){0,3}(?:by|from|on) (?:[\w-]+ ){0,2}(?:readers|donations|subscri\w+)",
    r"\b(?:tu|su|vuestr[oa]) (?:aporte|apoyo|donación|donativo|suscripción|contribución|ayuda) (?:nos |[\w-]+ ){0,2}(?:permite|ayuda|sostiene|hace|mantiene)|\beste (?:medio|periódico|sitio|portal|proyecto|diario) (?:se sostiene|vive|existe|depende|se financia)\b",
    r"\b(?:dependemos|vivimos|vivemos) d[eoa]s? (?:[\w-]+ ){0,4}(?:lector\w+|leitor\w+|donaci\w+|doaç\w+|suscri\w+|assinant\w+|apoi?o\w*)",
    r"\b(?:sua|tua) (?:doação|assinatura|contribuição|ajuda) (?:[\w-]+ ){0,2}(?:permite|ajuda|mantém|garante|faz|sustenta|é)\b|\bseu apoio (?:[\w-]+ ){0,2}(?:permite|ajuda|mantém|garante|faz|sustenta)|\beste (?:site|jornal|portal|projeto|veículo) (?:se mantém|vive|existe|depende|é (?:mantido|financiado))",
    r"\bvotre (?:don|soutien|abonnement|contribution|aide) (?:nous |[\w-]+ ){0,2}(?:permet|aide|fait|garantit)|\b(?:ce|notre) (?:site|journal|média|travail) (?:ne )?(?:vit|existe|dépend|est financé)\b|\b(?:dépendons|vivons) (?:de|des|du|grâce) (?:[\w-]+ ){0,4}(?:lecteurs|lectrices|dons|abonn\w+|soutien)",
)
_SELF = re.compile("|".join(_FOR_YOU), re.IGNORECASE)

_CREDITS = (
    r"^\W*(?:additional )?report(?:ing|ed) by\b|^\W*edit(?:ing|ed) by\b|\bcontributed (?:reporting )?to this (?:report|story|article|piece)\b|^\W*contribut(?:ing|ors?):",
    r"^\W*(?:copyright\b|©|\(c\) |all rights reserved|todos los derechos|todos os direitos|tous droits)",
    r"\bcolabor(?:ó|aron) (?:en|con|para) est[ea] (?:nota|reportaje|artículo|informe|texto)\b|\b(?:colaborou|colaboraram) (?:com|para|nesta) .{0,20}(?:reportagem|matéria|texto)\b|\b(?:a|ont) (?:contribué|participé) à (?:cet article|ce reportage|cette enquête|ce texte)\b",
    r"^\W*(?:editor['’]s note|correction|fe de erratas|nota (?:del editor|de la redacción|da redação|do editor)|note de la rédaction|ndlr)\s*[:.]",
    r"^\W*this (?:story|article|post) (?:has been|was) (?:updated|corrected)\b|^\W*updated (?:at \d|on \w+ \d|\d)",
)
_CREDIT = re.compile("|".join(_CREDITS), re.IGNORECASE)

_ALONE = re.compile(
    r"^\W*(?:share(?: this)?(?: (?:article|story|post))?(?: on| with| via)?|tweet|print|e-?mail|comments?|advertisement|advertising|publicidade?|publicité|anuncio|anúncio|sponsored|comparte|compartir|compartilhar"
    r"|partager|imprimir|imprimer|tags?|etiquetas|like this story\?.{0,60}|leave a comment|tell us what you think|no comments?|\d+ comments?|scroll (?:down|to continue).{0,40}|thanks for signing up.{0,20}"
    r"|(?:article|story|reading) continues? (?:below|after).{0,40}|continue reading(?: below)?.{0,40}|most (?:read|popular|viewed)(?: (?:in|on) .{0,40})?|popular (?:on|in) .{0,40}|lo más leído|mais lidas|les plus lus)\W*$",
    re.IGNORECASE,
)


_ADVERTISED = re.compile(
    r"^\W*(?:[\w’']+ ){0,5}(?:advertisement|publicidade?|publicité|anuncio|anúncio|werbung|anzeige|pubblicità|publicitat)[^\w.!?…]*$",
    re.IGNORECASE,
)
"""A line that is no sentence and says that an advertisement is there."""
_QUOTED = re.compile(r"^[“«\"][^“”«»\"]{1,300}[”»\"],?\s+[^\W\d_A-ZÀ-Þ]")
"""A quotation and who said it."""


def is_aside(line: str) -> bool:
    """Return whether a line links elsewhere, asks for support, or gives credits. Never raises."""
    if len(line) > _LONGEST or _QUOTED.match(line):
        return False
    return any(pattern.search(line) for pattern in (_LABEL, _PLEA, _SELF, _CREDIT, _ALONE, _ADVERTISED))


def is_label(line: str) -> bool:
    """Return whether a line points to another article, with or without its title. Never raises."""
    return len(line) <= _LONGEST and bool(_LABEL.search(line))


def is_bare_label(line: str) -> bool:
    """Return whether a line only introduces links to other articles, whose headlines follow it."""
    found = _LABEL.search(line) if len(line) <= _LONGEST else None
    return found is not None and not line[found.end() :].strip(" :»>→|….")


def says_nothing(line: str) -> bool:
    """Return whether a line has no letters or digits, such as a row of dashes, stars or dots."""
    return not re.search(r"[^\W_]", line)
