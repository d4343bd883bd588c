"""Which carrier a name, a code or a number means."""

import pytest

from app.queries.travel import carriers


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("IB6845", "Iberia"),
        ("ibe 6845", "Iberia"),
        ("Iberia Líneas Aéreas de España, S.A.", "Iberia"),
        ("IBERIA LINEAS AEREAS", "Iberia"),
        ("Compañía Panameña de Aviación", "Copa Airlines"),
        ("Air Lines", None),
        ("Iberia Cargo", None),
        ("17", None),
    ],
)
def test_a_number_or_a_long_name_finds_the_carrier(make, typed, name):
    make.carrier("Iberia", "IB", "IBE", "ES"), make.carrier("Copa Airlines", "CM", "CMP", "PA")
    make.carrier("Iberia Express", "I2", "IBS", "ES")
    found = carriers.meant(typed)
    assert (found.name if found else None) == name
