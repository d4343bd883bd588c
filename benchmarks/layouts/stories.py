"""Invented stories in several languages, deterministic for a given seed: no two stories combine the same phrases."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.layouts import more_phrases

LANGUAGES = ("en", "es", "pt", "fr")
MORE_LANGUAGES = (*LANGUAGES, *more_phrases.PHRASES)

_PHRASES = {
    "en": (
        ("The dockers", "Two nurses of the night shift", "The cleaners of the airport", "A crew of welders", "The school cooks", "Her sister"),
        ("turned down", "put to the vote", "read aloud", "signed", "asked once more for", "carried through the rain"),
        ("the offer of the port authority", "a list of forty names", "the new rota", "the minutes of the last meeting", "a shorter shift",
         "the report on the accident"),
        ("in the hall behind the church", "at the north gate", "on the second day", "before the first bus left", "near the old depot",
         "in front of three cameras"),
        ("because nobody had paid them since March", "although the owner had forbidden it", "while the lawyers were still waiting outside",
         "so that the others could sleep", "and the whole street came to listen", "as their mothers had done in 1974"),
    ),
    "es": (
        ("Los estibadores", "Dos enfermeras de la noche", "Las limpiadoras del aeropuerto", "Una cuadrilla de soldadores",
         "Las cocineras de la escuela", "Su hermana"),
        ("rechazó", "sometió a votación", "leyó en voz alta", "firmó", "volvió a pedir", "llevó bajo la lluvia"),
        ("la oferta de la autoridad portuaria", "una lista de cuarenta nombres", "el nuevo horario", "el acta de la última reunión",
         "una jornada más corta", "el informe sobre el accidente"),
        ("en el salón detrás de la iglesia", "frente al portón norte", "al segundo día", "antes de que saliera el primer autobús",
         "cerca del viejo depósito", "delante de tres cámaras"),
        ("porque nadie les pagaba desde marzo", "aunque el dueño lo había prohibido", "mientras los abogados esperaban afuera",
         "para que los demás pudieran dormir", "y toda la calle salió a escuchar", "como sus madres lo hicieron en 1974"),
    ),
    "pt": (
        ("Os estivadores", "Duas enfermeiras da noite", "As faxineiras do aeroporto", "Uma turma de soldadores", "As cozinheiras da escola",
         "A irmã dela"),
        ("recusou", "pôs em votação", "leu em voz alta", "assinou", "pediu de novo", "levou debaixo da chuva"),
        ("a proposta da autoridade portuária", "uma lista de quarenta nomes", "a nova escala", "a ata da última reunião",
         "uma jornada mais curta", "o relatório sobre o acidente"),
        ("no salão atrás da igreja", "diante do portão norte", "no segundo dia", "antes que saísse o primeiro ônibus",
         "perto do velho depósito", "na frente de três câmeras"),
        ("porque ninguém lhes pagava desde março", "embora o dono tivesse proibido", "enquanto os advogados esperavam lá fora",
         "para que os outros pudessem dormir", "e a rua inteira veio escutar", "como as mães delas fizeram em 1974"),
    ),
    "fr": (
        ("Les dockers", "Deux infirmières de nuit", "Les femmes de ménage de l’aéroport", "Une équipe de soudeurs", "Les cantinières",
         "Sa sœur"),
        ("a refusé", "a mis aux voix", "a lu à haute voix", "a signé", "a redemandé", "a porté sous la pluie"),
        ("l’offre de l’autorité portuaire", "une liste de quarante noms", "le nouvel horaire", "le compte rendu de la dernière réunion",
         "une journée plus courte", "le rapport sur l’accident"),
        ("dans la salle derrière l’église", "devant la porte nord", "le deuxième jour", "avant le départ du premier car",
         "près du vieux dépôt", "devant trois caméras"),
        ("parce que personne ne les payait depuis mars", "bien que le patron l’ait interdit", "pendant que les avocats attendaient dehors",
         "pour que les autres puissent dormir", "et toute la rue est venue écouter", "comme leurs mères l’avaient fait en 1974"),
    ),
    **more_phrases.PHRASES,
}  # fmt: skip
FRAME = {
    "en": ("Home News Regions Economy Culture Opinion Letters Archive Photographs Calendar Members Contact Search Shop Weather About",
           "Skip to content", "Subscribe to our newsletter and never miss a story.", "This site uses cookies, some of which are needed.",
           "All rights reserved. The reproduction of this page in whole or in part without written permission is forbidden."),
    "es": ("Inicio Noticias Regiones Economía Cultura Opinión Cartas Archivo Fotografías Agenda Socios Contacto Buscar Tienda Clima Quiénes",
           "Saltar al contenido", "Suscríbase a nuestro boletín y no se pierda ninguna historia.", "Este sitio usa cookies, algunas necesarias.",
           "Todos los derechos reservados. Queda prohibida la reproducción total o parcial de esta página sin permiso escrito."),
    "pt": ("Início Notícias Regiões Economia Cultura Opinião Cartas Arquivo Fotografias Agenda Sócios Contato Busca Loja Tempo Sobre",
           "Pular para o conteúdo", "Assine o nosso boletim e não perca nenhuma história.", "Este site usa cookies, alguns necessários.",
           "Todos os direitos reservados. É proibida a reprodução total ou parcial desta página sem autorização por escrito."),
    "fr": ("Accueil Actualités Régions Économie Culture Opinion Courrier Archives Photographies Agenda Membres Contact Recherche Boutique",
           "Aller au contenu", "Abonnez-vous à notre lettre et ne manquez aucune histoire.", "Ce site utilise des cookies, dont certains nécessaires.",
           "Tous droits réservés. La reproduction totale ou partielle de cette page sans autorisation écrite est interdite."),
    **more_phrases.FRAMES,
}  # fmt: skip
"""For each language: menu entries, a skip link, a subscription appeal, a cookie notice, a copyright notice."""


@dataclass(frozen=True)
class Story:
    """The expected text of a page, and the random generator of its seed."""

    language: str
    headline: str
    paragraphs: tuple[str, ...]
    chance: random.Random

    @property
    def menu(self) -> list[str]:
        """The entries of the site's menu."""
        return FRAME[self.language][0].split()

    @property
    def lines(self) -> tuple[str, ...]:
        """A skip link, a subscription appeal, a cookie notice and a copyright notice, which are not part of the text."""
        return FRAME[self.language][1:]

    def more(self, sentences: int) -> str:
        """Return a paragraph that is not part of the story."""
        return _paragraph(self.language, self.chance, sentences)

    def title(self) -> str:
        """Return the headline of another story."""
        return _headline(self.language, self.chance)

    def name(self) -> str:
        """Return a name."""
        return _name(self.chance)


def story(name: str, seed: int, languages: Sequence[str] = LANGUAGES) -> Story:
    """Return the story for a layout and seed: 6 to 11 paragraphs, in one of the languages."""
    chance = random.Random(f"{name} {seed}")  # noqa: S311  not for secrets
    language = languages[(seed + len(name)) % len(languages)]
    paragraphs = tuple(_paragraph(language, chance, chance.randint(2, 4)) for _ in range(chance.randint(6, 11)))
    return Story(language, _headline(language, chance), paragraphs, chance)


def _headline(language: str, chance: random.Random) -> str:
    who, _, what, where, _ = _PHRASES[language]
    return f"{chance.choice(who)}, {chance.choice(what)}, {chance.choice(where)}"


def _paragraph(language: str, chance: random.Random, sentences: int) -> str:
    return " ".join(_sentence(language, chance) for _ in range(sentences))


def _sentence(language: str, chance: random.Random) -> str:
    parts = [chance.choice(phrases) for phrases in _PHRASES[language]]
    if chance.random() < 0.6:
        parts.insert(chance.randint(3, 5), f"({_name(chance)}, {chance.randint(19, 88)})")
    if chance.random() < 0.3:
        return f"“{' '.join(parts)}”, {_name(chance)}."
    return f"{' '.join(parts)}."


def _name(chance: random.Random) -> str:
    syllables = ("ma", "ri", "lo", "ta", "ne", "sa", "vo", "ke", "du", "pil", "ron", "bes")
    return " ".join("".join(chance.choice(syllables) for _ in range(3)).title() for _ in range(2))
