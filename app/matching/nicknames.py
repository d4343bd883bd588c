"""Short forms of given names in Spanish, English, Portuguese and French, folded. Each line is one name and its forms."""

from collections import defaultdict

_GROUPS = """
alejandro alex ale jandro alejo
alejandra alex ale jandra sandra
alexander alexandre alex sandy sacha xander
alexandra alex sandra sandy sacha
alfonso poncho fonso
alfredo fredo fredy alfred fred alf
alicia licha ali
alberto beto albert bert tito
ana anita anna anne annie ani
andrew andy drew
andre andres dede
anthony tony
antonio tono toni tony tonho toninho antoine anton
antonia tona toni
agustin tin cucho
augusto gusto guto
barbara barb babs barbie
beatriz bea bia betty triz
benjamin ben benny benja mincho
bernardo nardo berna bernard
brigitte gigi
bruno bru
carlos charlie carlitos cal carlinhos caca
carmen carmela carmina menchu
carolina caro carol carole caroline
catalina cata
catherine katherine cathy kate katie kathy cat kitty
charles charlie chuck chas charly
christian chris cris
christina cristina chris cris tina
christine chris chrissie titine
christopher chris topher kit
claudia clau
concepcion conceicao concha conchita
consuelo chelo
cristobal cris tobal
daniel dani dan danny danilo
daniela dani
david dave davi davy
deborah debora debbie deb
diego dieguito
dolores lola loli
dorothy dot dottie dolly
edward eduardo ed eddie ted ned edu lalo dudu edouard
elena helena nena ele helen leni
elizabeth elisabeth isabel liz beth betty lisa eliza bella isa chabela isabelle babette
emilio milo
enrique henrique quique kike rique henry
ernesto neto tito
esperanza pera lancha
ester esther tete
eugenia maru genia
eugene gene
federico fede kiko lico frederico
fernando fer nando ferdinand
fernanda fer nanda
francisco paco pancho fran kiko curro chico francis quico francois frank
francisca paca pancha fran chica
frances fran frannie fanny
frederick frederic fred freddy fredy
gabriel gabo gabi biel gaby
gabriela gabi gaby
geoffrey jeffrey geoff jeff
george jorge coque georgie jorginho
gerardo lalo gera gerry
gloria goya
gonzalo gonza chalo
graciela chela gra
gregorio goyo gregory greg gregoire
guadalupe lupe lupita
guillermo memo guille willy guillaume
gustavo tavo gus guga
harold harry hal
hector tito
hugo huguito
ignacio nacho ignace inacio
ines nesa
isabela isa bela
jacqueline jackie jacky
jacques jacquot
jaime jimmy
james jim jimmy jamie
jean jeannot
jennifer jen jenny
jessica jess jessie
jesus chucho chuy chus
joao joaozinho
joaquim quim
joaquin quino
john johnny jack
jonathan jon johnny
jose pepe chepe josep zeca ze zezinho pepito joe
josefa pepa josefina fina josephine jo
joseph joe joey jojo
joshua josh
juan juancho juanito
juana juanita
julia julie jules
julio julito
katherine kate katie kathy kat
kenneth ken kenny
laurence laurie
lawrence larry lorenzo lencho
leonardo leo leonard nardo
leticia leti lety
lourdes lulu
lucia lucy luz lucie
luis lucho lou luisito louis luiz lula luizinho
luisa lou lulu louise
manuel manolo manu manny lolo mane neco emmanuel
manuela manoli manu
marcelo chelo celo
marcos marcus marc mark
margaret maggie meg peggy marge greta
margarita marga rita mago marguerite margot
maria mari mary marie mariquita
mariana nana
mario mayito
martha marta tita
martin tincho
matthew mateus mateo mathieu mat matt teo
mauricio mau maurice
maximiliano max maxi
mercedes meche merche
michael mike mick mickey michel miguel
miguel migue mique guelo
monica moni
natalia nati nat nathalie natalie talia
nicholas nicolas nick nico nicola
olivia liv livia
osvaldo oswaldo valdo
pablo pablito
patricia pat patty pati tricia trish pato
patrick pat paddy
paul paulo paulinho
paula pau pauli
pedro perico pedrito peter pete pierre pierrot
philip philippe felipe phil fil lipe pipe
pilar pili
rafael rafa rafi raphael
ramon moncho ray
raul raulito
rebecca rebeca becky becca
ricardo richard rick rich dick richie ricky cardo caco
robert roberto bob bobby rob robbie beto tito bert
rodrigo rodri rigo
rodolfo rudolf rudy fito rolo
ronald ronaldo ron ronnie naldo
rosa rosi rosie rosita rose
rosario charo chayo
samuel sam sammy samu
santiago santi yago chago tiago diego
sebastian seba sebas bastian sebastien sebastiao tiao
sergio checo serge
simon sim moncho
sofia sofi sophie chofi
soledad sole
stephen steven steve esteban stephane etienne estevao
susan susana sue susie suzanne suzie su
susanna susana
teresa tere teresita therese terezinha teca
theodore ted teo theo teddy
thomas tomas tom tommy tomasito
timothy tim timmy
valentina vale tina
vanessa vane
veronica vero ronnie
vicente chente vincent vince vin
victor vic vito
victoria vicky toya tori
virginia ginny vicky gina
william bill billy will willie liam guilherme gui
yolanda yoli
mohammed muhammad mohamed mohamad mehmet muhammed mohammad mamadou
yusuf yousef youssef joseph yousuf yussef
"""


def _forms() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(_GROUPS.split("\n")):
        for form in line.split():
            groups[form].add(number)
    return {form: frozenset(numbers) for form, numbers in groups.items()}


_BY_FORM = _forms()
_INITIALS = {number: line[:1] for number, line in enumerate(_GROUPS.split("\n"))}


def same_name(one: str, other: str) -> bool:
    """Return whether two folded given names are forms of one name: `pepe` and `jose`."""
    return not _BY_FORM.get(one, frozenset()).isdisjoint(_BY_FORM.get(other, frozenset()))


def initials(name: str) -> frozenset[str]:
    """Return the initials of a folded given name and of the names that it is a form of: `pepe` gives p and j."""
    return frozenset({name[:1]} | {_INITIALS[number] for number in _BY_FORM.get(name, frozenset())})
