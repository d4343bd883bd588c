"""Bech32 (BIP 173), in which keys of age are written: typing mistakes are noticed."""

from collections.abc import Iterable

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


def encode(prefix: str, data: bytes) -> str:
    """Return data as text that begins with a prefix."""
    values = _regrouped(data, 8, 5, pad=True)
    checked = _polymod([*_expanded(prefix), *values, *[0] * _CHECKSUM]) ^ 1
    values += [(checked >> 5 * (5 - index)) & 31 for index in range(_CHECKSUM)]
    return f"{prefix}1{''.join(_LETTERS[value] for value in values)}"


def decode(prefix: str, text: str) -> bytes:
    """Return the data of a text that begins with a prefix. Raises ValueError if it is not one."""
    lower = text.lower()
    if text not in {lower, text.upper()} or not lower.startswith(f"{prefix}1"):
        raise ValueError("wrong prefix")
    values = [_LETTERS.index(letter) for letter in lower.removeprefix(f"{prefix}1")]
    if len(values) < _CHECKSUM or _polymod([*_expanded(prefix), *values]) != 1:
        raise ValueError("wrong checksum")
    return bytes(_regrouped(values[:-_CHECKSUM], 5, 8, pad=False))


def _expanded(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for index, part in enumerate(_GENERATOR):
            checksum ^= part if (top >> index) & 1 else 0
    return checksum


def _regrouped(values: Iterable[int], size: int, wanted: int, *, pad: bool) -> list[int]:
    """Return the same bits in groups of another size."""
    held, bits, groups = 0, 0, []
    for value in values:
        held, bits = held << size | value, bits + size
        while bits >= wanted:
            bits -= wanted
            groups.append(held >> bits & (1 << wanted) - 1)
    rest = held & (1 << bits) - 1
    if pad and bits:
        groups.append(rest << wanted - bits)
    elif bits >= size or rest:
        raise ValueError("wrong padding")
    return groups
