"""Encryption in the format of age: against files that other programs wrote, and against altered ones."""

import io

import pytest

from app.backups import age, bech32

IDENTITY = "AGE-SECRET-KEY-1XMWWC06LY3EE5RYTXM9MFLAZ2U56JJJ36S0MYPDRWSVLUL66MV4QX3S7F6"
HEADER = (
    "age-encryption.org/v1\n"
    "-> !\"#$%&' ()*+,-./ 01234567 89:;<=>? @ABCDEFG HIJKLMNO\n\n"
    "-> PQRSTUVW XYZ[\\]^_ `abcdefg hijklmno pqrstuvw xyz{|}~\n\n"
    "-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\n"
    "EmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U\n"
    "--- x538z9xJq9XEK1aTTTv80aWDVvVdROvaXn2tpqXPC8g\n"
)
"""Published among the test vectors of age (C2SP/CCTV, stanza_valid_characters); the file key is YELLOW SUBMARINE."""
OF_RAGE = (
    "AGE-SECRET-KEY-12MK0ME3TWH8P7A6YV84XH4UUMQCYMYMKGL6JTJ2944S56VWNX9NS2YRKT6",
    (
        "6167652d656e6372797074696f6e2e6f72672f76310a2d3e2058323535313920337845637977745256347131566351355a41484d4454507a4a72724959764247"
        "7146374c306b344e306c550a68396c46644164496e4a6f71376a345931707a45666f2f6566544e575a306f33476e6468395042655648550a2d3e204a4f2c655f"
        "6a3b6f2d677265617365203d202a2b60244c36334a203427214856650a315868786c667a634549712f64454d4845464669585a694768746c776845732b733154"
        "767063514e417667496c514c5a2f582b6d735a347033667530664369630a664c647951775534693330456932494b6241704d42514f386174634f6453726e5742"
        "4e3263546454576333706e776e787767504f336133660a2d2d2d20734a4f4f456d6853673670647431615374755758544434484644636f4d456644692f64446c"
        "5779547432380a71d5e303233ef09f552723bea455546aeb1c984162adccaf312a0fc1218e7c1e185d91262163811f14f3"
    ),
)
"""“solidarity”, as rage 1.x wrote it to a new key."""
WORDS = age.Passphrase("correct horse battery", work_factor=10)


def encrypted(data, to):
    file = io.BytesIO()
    writer = age.Writer(file, to)
    for start in range(0, len(data), 50_000):
        writer.write(data[start : start + 50_000])
    writer.finish()
    return file.getvalue()


def decrypted(file, by):
    return b"".join(age.pieces(io.BytesIO(file), by))


def test_the_header_of_a_published_file_gives_its_key_and_is_authentic():
    identity = age.Identity.from_text(IDENTITY)
    stanzas, header, mac = age._header_of(io.BytesIO(HEADER.encode()))
    key = identity.unwrap(stanzas)
    assert key == b"YELLOW SUBMARINE"
    assert age._mac(key, header) == mac
    assert identity.text == IDENTITY
    assert identity.recipient.text == "age1w3tyke4gev25vaxxsvcgqu4484rf6ejpmavs57p6yz6lhy2sfs5swrvwyn"


def test_a_file_of_another_program_is_read():
    identity, file = OF_RAGE
    assert decrypted(bytes.fromhex(file), age.Identity.from_text(identity)) == b"solidarity"


@pytest.mark.parametrize("size", [0, 1, age.PIECE - 1, age.PIECE, age.PIECE + 1, 3 * age.PIECE])
def test_what_was_written_is_read_again(size):
    data, identity = bytes(index % 251 for index in range(size)), age.Identity.new()
    assert decrypted(encrypted(data, identity.recipient), identity) == data
    assert decrypted(encrypted(data, WORDS), WORDS) == data


def test_each_reason_why_a_file_cannot_be_read_is_told():
    mine, other = age.Identity.new(), age.Identity.new()
    to_words, to_me = encrypted(b"x", WORDS), encrypted(b"x", mine.recipient)
    for file, by, reason in (
        (to_words, age.Passphrase("wrong"), "passphrase is wrong"),
        (to_me, other, "encrypted to another key"),
        (to_me, WORDS, "to a public key, not to a passphrase"),
        (to_words, mine, "to a passphrase, not to a public key"),
        (b"PK\3\4", mine, "not a backup of Encuentro"),
        (b"", mine, "not a backup of Encuentro"),
    ):
        with pytest.raises(age.Unreadable, match=reason):
            decrypted(file, by)


def test_no_part_of_a_file_can_be_changed_left_out_or_moved():
    identity = age.Identity.new()
    file = encrypted(bytes(3 * age.PIECE + 10), identity.recipient)
    start, piece = file.index(b"\n--- ") + 49 + 16, age.PIECE + 16
    pieces = [file[start + index * piece :][:piece] for index in range(4)]
    assert file[:start] + b"".join(pieces) == file
    altered = [file[:index] + bytes([file[index] ^ 1]) + file[index + 1 :] for index in range(30, len(file), 9973)]
    cut = [file[:size] for size in (10, start - 20, start, start + piece, start + 3 * piece, len(file) - 1)]
    moved = [b"".join([file[:start], pieces[1], pieces[0], *pieces[2:]]), b"".join([file[:start], *pieces[1:]])]
    longer = [file + b"x", file + pieces[3]]
    for one in altered + cut + moved + longer:
        with pytest.raises(age.Unreadable):
            decrypted(one, identity)


def test_keys_with_a_typing_mistake_are_noticed():
    assert bech32.decode("age", age.Identity.from_text(IDENTITY).recipient.text)
    for text in (IDENTITY[:-1] + "7", IDENTITY.lower()[:20] + IDENTITY[20:], IDENTITY[:-1], "AGE-SECRET-KEY-1", "age1"):
        with pytest.raises(ValueError):  # noqa: PT011 - each mistake is told in its own words
            age.Identity.from_text(text)
    with pytest.raises(ValueError, match="wrong"):
        age.Recipient(bech32.encode("age", b"short"))
