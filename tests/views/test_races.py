"""Two people who save one record at the same moment: one is asked, whatever the database."""

import contextlib
from threading import Barrier, BrokenBarrierError, Thread

from app.models.accounts.accounts import Role
from app.web import editing
from tests.databases import BOTH_DATABASES


@BOTH_DATABASES
def test_of_two_who_save_at_the_same_moment_the_second_sees_both_versions(house, browse, monkeypatch):
    with house.open() as make:
        users = [make.user("Alice"), make.user("Bob")]
        for user in users:
            make.grant(user, Role.ADMIN)
        path = f"/people/{make.person(locality='Cork').id}/edit"
    readers = [browse(user) for user in users]
    typed = {"Galway": readers[0].typed(path, locality="Galway"), "Derry": readers[1].typed(path, locality="Derry")}
    barrier, merge = Barrier(2), editing.merge

    def meet(*given):
        """Let both read the row before either writes it; SQLite lets only one read it at a time."""
        found = merge(*given)
        with contextlib.suppress(BrokenBarrierError):
            barrier.wait(timeout=1)
        return found

    monkeypatch.setattr(editing, "merge", meet)
    answers = {}

    def save(reader, town):
        answers[town] = reader.post(path, typed[town])

    threads = [Thread(target=save, args=pair) for pair in zip(readers, typed, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers.values()) == [302, 409]
    [saved] = [town for town, answer in answers.items() if answer.status_code == 302]
    [asked] = typed.keys() - {saved}
    shown = readers[0].sheet(answers[asked])
    assert shown["locality"] == asked
    assert f'<span class="theirs" dir="auto">{saved}</span>' in answers[asked].get_data(as_text=True)
    monkeypatch.setattr(editing, "merge", merge)
    assert readers[0].typed(path)["locality"] == saved
