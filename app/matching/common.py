"""Names that very many people have, folded: that two people share them says little."""

_NAMES = """
garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez martin jimenez ruiz hernandez diaz moreno munoz
alvarez romero alonso gutierrez navarro torres dominguez vazquez ramos gil ramirez serrano blanco molina morales suarez
ortega delgado castro ortiz rubio marin sanz nunez medina flores rojas vargas reyes cruz mendoza herrera rivera chavez
silva santos oliveira souza lima pereira ferreira costa rodrigues almeida nascimento alves carvalho araujo ribeiro
sousa fernandes goncalves gomes barbosa rocha dias
smith johnson williams brown jones miller davis wilson anderson taylor thomas moore jackson white harris thompson
lewis walker robinson young allen king wright hill scott green adams baker nelson carter mitchell roberts
martin bernard dubois robert richard petit durand leroy moreau simon laurent lefebvre michel
mohamed ahmed ali hassan hussein ibrahim khan
maria jose juan carlos luis ana antonio francisco manuel pedro jesus miguel carmen rosa jorge david marta
joao paulo lucas john james william mary michael robert david jennifer elizabeth jean pierre marie michel
"""
COMMON = frozenset(_NAMES.split())
