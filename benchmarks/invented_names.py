"""Names, towns and short forms for invented people, in four languages; the more frequent ones come first."""

GIVEN = {
    "es": "María José Juan Carlos Luis Ana Carmen Rosa Jorge Manuel Francisco Miguel Pedro Lucía Elena Alejandro Andrés "
    "Guadalupe Fernando Teresa Ignacio Gabriela Ricardo Beatriz Rafael Dolores Enrique Patricia Sergio Mercedes Ximena "
    "Eduardo Concepción Vicente Rocío Héctor Graciela Ramón Yolanda Gonzalo Milagros Emiliano Itzel Nahuel",
    "en": "John Mary James Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara Thomas Susan Joseph "
    "Margaret Daniel Sarah Anthony Katherine Edward Deborah Steven Rebecca Andrew Laura Matthew Christine Gregory Nicole "
    "Kenneth Theresa Lawrence Imani Terrence Siobhan Dwayne Keisha",
    "pt": "Maria José João Ana Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Luís Gabriel Rafael Fernanda "
    "Juliana Márcia Patrícia Adriana Aline Bruna Camila Joaquim Sebastião Guilherme Eduardo Conceição Raimundo Iracema "
    "Ubiratan Jurema",
    "fr": "Marie Jean Pierre Michel Jeanne Philippe Catherine Nicolas Isabelle Françoise Alain Nathalie Christophe "
    "Sylvie Laurent Valérie Stéphane Hélène Frédéric Élisabeth Benoît Aurélie Guillaume Maëlle Gaëtan Solène",
}
FAMILY = {
    "es": "González Rodríguez García López Martínez Hernández Pérez Sánchez Ramírez Torres Flores Díaz Cruz Morales Reyes "
    "Gutiérrez Ortiz Chávez Ruiz Álvarez Castillo Jiménez Vázquez Muñoz Rojas Quispe Mamani Condori Arancibia Zambrano "
    "Peñaloza Etcheverry Bracamonte Yrigoyen Huanca Urdaneta Villalobos Pacheco Cáceres Ibáñez Montoya Arteaga",
    "en": "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin Jackson Thompson White "
    "Harris Clark Lewis Robinson Walker O'Brien McCarthy Whitfield Okafor Ashworth Pemberton Kowalski Delgado Nakamura "
    "Fitzgerald Blackwood Abernathy Mbeki",
    "pt": "Silva Santos Oliveira Souza Lima Pereira Ferreira Costa Rodrigues Almeida Nascimento Alves Carvalho Araújo "
    "Ribeiro Gomes Barbosa Rocha Figueiredo Vasconcelos Assunção Guimarães Cavalcanti Albuquerque Mourão Tavares "
    "Queiroz Bittencourt",
    "fr": "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Lefèvre "
    "Fournier Girard Dupont Rousseau Beauchamp Delacroix Tremblay Gagnon Bélanger Ouédraogo Traoré Diallo Kervella",
}
TOWNS = {
    "es": (("MX", "Ciudad de México"), ("MX", "Guadalajara"), ("CO", "Bogotá"), ("CO", "Medellín"), ("VE", "Caracas"),
           ("VE", "Maracaibo"), ("AR", "Córdoba"), ("AR", "Rosario"), ("PE", "Lima"), ("CL", "Valparaíso"), ("EC", "Quito")),
    "en": (("US", "Chicago"), ("US", "Oakland"), ("US", "New York"), ("GB", "Leeds"), ("GB", "Glasgow"), ("ZA", "Durban")),
    "pt": (("BR", "São Paulo"), ("BR", "Recife"), ("BR", "Porto Alegre"), ("PT", "Lisboa"), ("PT", "Setúbal")),
    "fr": (("FR", "Marseille"), ("FR", "Lyon"), ("BE", "Liège"), ("CA", "Montréal"), ("SN", "Dakar")),
}  # fmt: skip
SHORT = {
    "José": ("Pepe", "Chepe", "Zé"), "Francisco": ("Paco", "Pancho", "Chico"), "Guadalupe": ("Lupita", "Lupe"),
    "Dolores": ("Lola",), "Concepción": ("Concha",), "Ignacio": ("Nacho",), "Eduardo": ("Lalo", "Edu"),
    "Enrique": ("Quique",), "Jorge": ("Coque",), "Alejandro": ("Alex", "Ale"), "Fernando": ("Fer", "Nando"),
    "Gabriela": ("Gaby",), "Beatriz": ("Bety",), "Teresa": ("Tere",), "Mercedes": ("Meche",), "Manuel": ("Manolo",),
    "Rafael": ("Rafa",), "Vicente": ("Chente",), "Ricardo": ("Ricky",), "Sergio": ("Checo",), "Graciela": ("Chela",),
    "Patricia": ("Pati", "Patty"), "Gonzalo": ("Chalo",), "Ramón": ("Moncho",), "Andrés": ("Andy",),
    "William": ("Bill", "Will"), "Robert": ("Bob", "Rob"), "Michael": ("Mike",), "Elizabeth": ("Liz", "Beth", "Betty"),
    "James": ("Jim", "Jimmy"), "Margaret": ("Peggy", "Maggie"), "Katherine": ("Kate", "Kathy"), "Edward": ("Ted", "Ed"),
    "Thomas": ("Tom",), "Joseph": ("Joe",), "Anthony": ("Tony",), "Daniel": ("Dan",), "Steven": ("Steve",),
    "Deborah": ("Debbie",), "Andrew": ("Andy", "Drew"), "Matthew": ("Matt",), "Kenneth": ("Ken",), "Susan": ("Sue",),
    "Rebecca": ("Becky",), "Gregory": ("Greg",), "Lawrence": ("Larry",), "Jennifer": ("Jen",), "David": ("Dave",),
    "João": ("Joãozinho",), "Antônio": ("Tonho", "Toninho"), "Luiz": ("Lula",), "Sebastião": ("Tião",),
    "Guilherme": ("Gui",), "Joaquim": ("Quim",), "Fernanda": ("Nanda",), "Juliana": ("Ju",), "Gabriel": ("Biel",),
    "Philippe": ("Phil",), "Catherine": ("Cathy",), "Frédéric": ("Fred",), "Nathalie": ("Nat",), "Christophe": ("Chris",),
    "Isabelle": ("Isa",), "Nicolas": ("Nico",), "Benoît": ("Ben",), "Guillaume": ("Guy",),
}  # fmt: skip
IN_SCRIPTS = (
    ("محمد", ("Mohamed", "Muhammad", "Mohammed")), ("أحمد", ("Ahmed", "Ahmad")), ("يوسف", ("Youssef", "Yusuf", "Yousef")),
    ("خالد", ("Khaled", "Khalid")), ("سعيد", ("Said", "Saeed")), ("حسين", ("Hussein", "Hossein", "Husayn")),
    ("مصطفى", ("Mustafa", "Mostafa")), ("فاطمة", ("Fatima", "Fatma")), ("كريم", ("Karim", "Kareem")),
    ("منصور", ("Mansour", "Mansur")), ("נתן", ("Natan", "Nathan")), ("משה", ("Moshe", "Moshé")),
    ("Сергей", ("Sergey", "Sergei")), ("Дмитрий", ("Dmitry", "Dmitri")), ("Ольга", ("Olga",)),
    ("Νίκος", ("Nikos",)), ("Ελένη", ("Eleni",)), ("Γιώργος", ("Giorgos", "Yorgos")),
)  # fmt: skip
SCRIPT_FAMILIES = (
    ("منصور", ("Mansour", "Mansur")), ("حداد", ("Haddad",)), ("بن علي", ("Ben Ali", "Bin Ali")), ("المصري", ("Al-Masri", "El Masry")),
    ("خليل", ("Khalil", "Jalil")), ("نصار", ("Nassar", "Nasar")), ("כהן", ("Cohen", "Kohen")), ("לוי", ("Levi", "Levy")),
    ("Иванов", ("Ivanov",)), ("Кузнецов", ("Kuznetsov", "Kuznecov")), ("Смирнова", ("Smirnova",)),
    ("Παπαδόπουλος", ("Papadopoulos",)), ("Οικονόμου", ("Oikonomou", "Economou")),
)  # fmt: skip
