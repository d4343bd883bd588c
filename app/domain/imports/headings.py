"""The headings of each field in the four languages."""

from app.domain.imports.fields import Field

_F = Field
HEADINGS: dict[Field, str] = {
    _F.FULL_NAME: (
        "name|full name|complete name|contact|contact name|person|participant|delegate|member|nombre completo|nombres y apellidos"
        "|nombre y apellido|nombre y apellidos|apellidos y nombres|apellidos y nombre|apellido y nombre|persona|contacto|participante"
        "|integrante|companero|companera|nome completo|nome e sobrenome|pessoa|nom complet|nom et prenom|nom prenom|nom et prenoms"
        "|prenom et nom|personne"
    ),
    _F.GIVEN_NAME: (
        "given name|given names|first name|first names|forename|firstname|nombres|nombre de pila|primer nombre|prenom|prenoms|nome proprio"
        "|primeiro nome|prenome"
    ),
    _F.FAMILY_NAME: (
        "family name|family names|last name|last names|lastname|surname|surnames|apellido|apellidos|sobrenome|sobrenomes|apelido"
        "|nom de famille|noms de famille"
    ),
    _F.EMAIL: (
        "email|e mail|mail|email address|e mail address|correo|correo electronico|correos|direccion de correo|dirección electronica"
        "|correio|correio eletronico|correio electronico|endereco de email|courriel|adresse electronique|adresse e mail|adresse email"
        "|adresse mail|mel"
    ),
    _F.PHONE: (
        "phone|telephone|phone number|telephone number|tel|mobile|mobile phone|cell|cell phone|cellphone|telefono|telefonos|celular"
        "|movil|telefono movil|telefono celular|numero de telefono|nro de telefono|tlf|telf|fono|telefone|telemovel|numero de telefone"
        "|portable|numero de telephone|telephone portable|gsm"
    ),
    _F.WHATSAPP: "whatsapp|whats app|wsp|wa|wasap|guasap|zap",
    _F.SIGNAL: "signal",
    _F.THROUGH: "through|via|contact through|through someone else|por medio de|por medio de otra persona|a traves de|contactar por|por meio de|atraves de|par l intermediaire de",
    _F.ORGANIZATION: (
        "organization|organisation|org|union|trade union|company|movement|affiliation|organizacion|sindicato|gremio|movimiento"
        "|central|federacion|institucion|entidad|colectivo|organizacao|movimento|entidade|federacao|instituicao|syndicat|mouvement"
        "|association|asociacion|associacao|employer|empresa"
    ),
    _F.ORGANIZATION_COUNTRY: (
        "country of the organization|organization country|country of organization|pais de la organizacion|pais organizacion"
        "|pais da organizacao|pays de l organisation"
    ),
    _F.POST: (
        "post|position|role|title|job title|function|office|cargo|puesto|rol|funcion|responsabilidad|cargo en la organizacion|funcao"
        "|papel|poste|fonction|role dans l organisation|responsabilite"
    ),
    _F.ON_BEHALF_OF: "on behalf of|represents|representing|en representacion de|representa a|representa|em nome de|au nom de|represente",
    _F.START_DATE: "since|from|start|start date|member since|desde|fecha de inicio|inicio|miembro desde|data de inicio|depuis|date de debut",
    _F.END_DATE: "until|to|end|end date|hasta|fecha de fin|fin|termino|ate|data de fim|fim|jusqu a|date de fin",
    _F.COUNTRY: "country|country of residence|pais|pais de residencia|pais de residencia|pays|pays de residence|nacion",
    _F.LOCALITY: "town|city|place|locality|municipality|ciudad|localidad|municipio|poblacion|lugar|cidade|municipio|localidade|ville|commune|localite",
    _F.NATIONALITY: "nationality|citizenship|nacionalidad|ciudadania|nacionalidade|cidadania|nationalite|citoyennete",
    _F.LANGUAGE: "language|languages|preferred language|idioma|lengua|idioma preferido|lingua|idioma de preferencia|langue|langue preferee",
    _F.PASSPORT_NAME: (
        "passport name|name in the passport|name on the passport|name in passport|nombre en el pasaporte|nombre segun pasaporte"
        "|nome no passaporte|nom sur le passeport|nom dans le passeport"
    ),
    _F.BADGE_NAME: "badge name|name on the badge|nombre en la credencial|nombre para credencial|nome no cracha|nom sur le badge",
    _F.OTHER_CONTACTS: "other contact details|otros datos de contacto|outros contatos|outros dados de contato|autres coordonnees",
    _F.RECORD_NUMBER: "number in encuentro|numero en encuentro|numero no encuentro|numero dans encuentro",
    _F.KNOWN_AS: "nickname|known as|alias|other name|apodo|conocido como|conocida como|otro nombre|apelido social|nome social|surnom|dit",
    _F.NAME: (
        "name|organization|organisation|union|trade union|name of the organization|organization name|nombre|organizacion|sindicato"
        "|nombre de la organizacion|gremio|entidad|razon social|nome|organizacao|nome da organizacao|entidade|nom|syndicat"
        "|nom de l organisation|association|asociacion|associacao|movement|movimiento|movimento|mouvement"
    ),
    _F.ACRONYM: "acronym|abbreviation|short name|initials|sigla|siglas|acronimo|abreviatura|nombre corto|sigle|acronyme",
    _F.OTHER_NAME: "other name|other names|also known as|former name|otro nombre|otros nombres|conocida como|nombre anterior|outro nome|autre nom",
    _F.CLASSIFICATION: "kind|type|class|classification|tipo|clase|clasificacion|tipo de organizacion|categoria|classificacao|genre",
    _F.SECTOR: "sector|industry|branch|rama|industria|ramo|setor|secteur|branche",
    _F.ADDRESS: "address|postal address|street|direccion|direccion postal|domicilio|endereco|adresse|adresse postale",
    _F.WEBSITE: "website|web|web site|site|url|web page|homepage|sitio web|sitio|pagina web|pagina|site web",
    _F.PARENT: (
        "belongs to|affiliated to|parent|parent organization|member of|affiliation|pertenece a|afiliada a|afiliado a|afiliacion"
        "|organizacion superior|miembro de|filiada a|pertence a|appartient a|affiliee a|membre de"
    ),
    _F.DEPARTURE_COUNTRY: "traveling from|travelling from|country|country of departure|viaja desde|pais|pais de salida|pais de partida|viaja de|pays|pays de depart",
    _F.DEPARTURE_PLACE: (
        "place of departure|departure place|departs from|leaves from|city of departure|departure city|town of departure|airport of departure"
        "|departure airport|city|town|origin|lugar de salida|lugar de partida|lugar de origen|ciudad de salida|ciudad de partida"
        "|ciudad de origen|aeropuerto de salida|sale de|sale desde|parte de|ciudad|origen|local de partida|local de saida|lugar de saida"
        "|cidade de partida|cidade de saida|cidade de origem|aeroporto de partida|aeroporto de saida|sai de|cidade|origem|lieu de depart"
        "|ville de depart|aeroport de depart|part de|depart de|ville|origine"
    ),
    _F.SEATS: "seats|number of seats|places|cupos|plazas|asientos|puestos|lugares|vagas|sieges",
    _F.CAPACITY: "takes part as|capacity|role|participates as|participa como|calidad|rol|papel|participe comme|role dans la delegation|qualite",
    _F.IS_HEAD: "head of delegation|head|is head|jefatura|jefe|jefa|jefatura de la delegacion|jefe de delegacion|jefa de delegacion|encabeza la delegacion|chefe da delegacao|chef de delegation",
    _F.DIRECTION: "direction|outbound or return|sentido|direccion|ida o vuelta|ida y vuelta|ida ou volta|sens|aller ou retour|trayecto",
    _F.ORIGIN: "from|origin|departure place|departure airport|desde|origen|lugar de salida|aeropuerto de salida|sale de|de|origem|depart de|origine",
    _F.DESTINATION: "to|destination|arrival place|arrival airport|hasta|destino|lugar de llegada|aeropuerto de llegada|llega a|a|para|vers",
    _F.DEPARTS: "departs|departure|departure time|departs at|sale|salida|hora de salida|fecha y hora de salida|saida|partida|depart|heure de depart",
    _F.ARRIVES: "arrives|arrival|arrival time|arrives at|llega|llegada|hora de llegada|fecha y hora de llegada|chegada|arrivee|heure d arrivee",
    _F.MODE: "mode of travel|mode|means|transport|medio de viaje|medio|medio de transporte|transporte|modo|meio de transporte|moyen de transport",
    _F.CARRIER: "carrier|airline|company|transportista|empresa de transporte|aerolinea|compania|empresa|companhia|compagnie",
    _F.NUMBER: "number|flight|flight number|service number|numero|vuelo|numero de vuelo|numero de servicio|voo|numero do voo|vol|numero de vol",
    _F.STATUS: "status|state|estado|situacion|situacao|statut",
    _F.BOOKING: "booking reference|booking|reference|reserva|codigo de reserva|referencia de reserva|localizador|codigo da reserva",
}  # fmt: skip
"""The headings of each field in the four languages, separated by bars."""
