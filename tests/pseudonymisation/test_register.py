"""The key: written whole, for its owner only, by several people at once, and read with every mistake told."""

import csv
import multiprocessing
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.language.identifiers import identifiers
from workbench.pseudonymisation import LABELS, PSEUDONYM, Entry, Register
from workbench.pseudonymisation.entry import DECISIONS
from workbench.pseudonymisation.key_file import read_entries, write_entries


def test_a_register_that_is_not_there_is_empty_and_nothing_is_written_by_reading(register: Register) -> None:
    assert register.entries == []
    assert not register.path.exists()


def test_what_is_decided_is_read_again(register: Register) -> None:
    register.propose("Ann Lee", "person", why="names model")
    register.add("Kelverton", "place", by="Ruth")
    register.reject(["Ann Lee"], by="Ruth")
    register.save()
    again = Register.read(register.path)
    assert again.entries == register.entries
    assert [(entry.form, entry.decision, entry.by) for entry in again.entries] == [
        ("Ann Lee", "rejected", "Ruth"),
        ("Kelverton", "accepted", "Ruth"),
    ]
    assert all(entry.at for entry in again.entries)


@pytest.mark.skipif(os.name == "nt", reason="rights of another kind")
def test_only_its_owner_can_read_the_key(register: Register) -> None:
    register.add("Ann", "person", by="Ruth")
    register.save()
    assert stat.S_IMODE(register.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(register.path.parent.stat().st_mode) == 0o700


def test_a_crash_while_writing_leaves_the_old_key(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    register.add("Ann", "person", by="Ruth")
    register.save()
    before = register.path.read_bytes()
    register.add("Tom", "person", by="Ruth")
    monkeypatch.setattr(os, "fsync", lambda _file: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        register.save()
    assert register.path.read_bytes() == before
    assert sorted(path.name for path in register.path.parent.iterdir()) == ["names.csv", "names.lock"]


def test_two_who_began_from_the_same_key_both_keep_their_work(register: Register) -> None:
    register.propose("Ann", "person", why="")
    register.save()
    first, second = Register.read(register.path), Register.read(register.path)
    first.add("Tom", "person", by="Ruth")
    first.reject(["Ann"], by="Ruth")
    second.add("Zoë", "person", by="Hana")
    second.propose("Tom", "person", why="names model")
    mine = second.add("Tommy", "person", by="Hana").pseudonym
    second.join("Zoë", mine, by="Hana")
    first.save()
    second.save()
    kept = {entry.form: entry for entry in Register.read(register.path).entries}
    assert {form: entry.decision for form, entry in kept.items()} == {
        "Ann": "rejected", "Tom": "accepted", "Zoë": "accepted", "Tommy": "accepted",
    }  # fmt: skip
    assert kept["Zoë"].pseudonym == kept["Tommy"].pseudonym != kept["Tom"].pseudonym
    assert len({entry.id for entry in kept.values()}) == 4


def test_a_number_that_two_drew_for_two_people_is_drawn_again(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter([6, 6, 6, 8])
    monkeypatch.setattr("secrets.randbelow", lambda _top: next(numbers))
    other = Register.read(register.path)
    register.add("Ann", "person", by="Ruth")
    other.add("Tom", "person", by="Hana")
    other.join("Tom", "[Person 7]", by="Hana")
    register.save()
    other.save()
    assert [entry.pseudonym for entry in Register.read(register.path).entries] == ["[Person 7]", "[Person 9]"]


def _write_many(path: Path, name: str) -> None:
    for number in range(8):
        register = Register.read(path)
        register.add(f"{name} {number}", "person", by=name)
        register.save()


def test_processes_that_write_at_once_lose_nothing(register: Register) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write_many, args=(register.path, name)) for name in ("Ann", "Tom", "Zoë")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    entries = Register.read(register.path).entries
    assert len(entries) == len({entry.id for entry in entries}) == len({entry.pseudonym for entry in entries}) == 24


def test_every_mistake_is_told_with_its_row(register: Register) -> None:
    register.path.parent.mkdir()
    header = "id,form,kind,pseudonym,decision,document,by,at,why"
    rows = [
        "x,,persn,[Person 1],maybe,,,,",
        "2,Ann,person,[Place 3],accepted,,,,",
        "2,ANN,person,[Person 3],accepted,,,,",
    ]
    register.path.write_text("\n".join([header, *rows]), encoding="utf-8")
    with pytest.raises(InputError) as told:
        Register.read(register.path)
    message = str(told.value)
    for expected in (
        "row 2, column id: 'x' is no number", "row 2, column form: is empty", "Did you mean 'person'?",
        "'maybe' is not known. Known: waiting, accepted, rejected.", "row 3, column pseudonym: '[Place 3]'",
        "row 4, column id: 2 stands twice", "'ANN' stands twice for all transcripts",
    ):  # fmt: skip
        assert expected in message


def test_unknown_and_missing_columns_are_told_together(register: Register) -> None:
    register.path.parent.mkdir()
    register.path.write_text("id,from,kind\n1,Ann,person\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"'from' is not known.*Did you mean 'form'\?") as told:
        Register.read(register.path)
    assert "column 'pseudonym' is missing" in str(told.value)


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=20)


@given(
    forms=st.lists(_TEXT.filter(lambda text: bool(text.strip())), unique_by=str.casefold, max_size=6),
    document=_TEXT,
    why=_TEXT,
)
def test_any_text_comes_back_as_it_was_and_no_cell_is_a_formula(
    tmp_path_factory: pytest.TempPathFactory, forms: list[str], document: str, why: str
) -> None:
    path = tmp_path_factory.mktemp("keys") / "names.csv"
    entries = [
        Entry(id=number, form=form, kind="person", pseudonym=f"[Person {number}]", document=document, why=why)
        for number, form in enumerate(forms, 1)
    ]
    entries = list({(entry.key, entry.document): entry for entry in entries}.values())
    write_entries(path, entries)
    assert read_entries(path)[0] == entries
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in list(csv.reader(file))[1:] for cell in row[1:]]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_pseudonyms_are_random_apart_and_no_identifiers_themselves(register: Register) -> None:
    drawn = {kind: [register.draw(kind) for _ in range(120)] for kind in LABELS}
    for kind, pseudonyms in drawn.items():
        assert len(set(pseudonyms)) == 120
        assert pseudonyms != sorted(pseudonyms, key=lambda each: int(each.split()[-1][:-1])), kind
        assert all(PSEUDONYM.fullmatch(each) for each in pseudonyms)
        assert [each for each in pseudonyms if identifiers(f"It was {each} then.")] == []


def test_what_somebody_decides_on_must_be_there_and_all_that_is_not_is_told(register: Register) -> None:
    register.add("Ann Lee", "person", by="Ruth")
    with pytest.raises(InputError, match=r"no entry 9[\s\S]*no form 'Ann Le'. Did you mean 'Ann Lee'\?"):
        register.accept([1, 9, "Ann Le"], by="Ruth")
    with pytest.raises(InputError, match="no pseudonym of the kind 'person'"):
        register.add("Tom", "person", by="Ruth", pseudonym="[Place 3]")
    with pytest.raises(InputError, match="'persn' is not known"):
        register.add("Tom", "persn", by="Ruth")
    with pytest.raises(InputError, match="nobody has the pseudonym"):
        register.join("Ann Lee", "[Person 0]", by="Ruth")
    assert len(register) == 1


def test_a_name_is_revealed_from_the_key_only(register: Register) -> None:
    known = register.add("David Miller", "person", by="Ruth").pseudonym
    register.add("Dave", "person", by="Ruth", pseudonym=known)
    assert register.original(known) == ["David Miller", "Dave"]
    with pytest.raises(InputError, match="nobody has the pseudonym"):
        register.original("[Person 100000]")


def test_a_form_that_is_added_again_keeps_its_pseudonym_unless_its_kind_changes(register: Register) -> None:
    waiting = register.propose("Kelverton", "person", why="names model")
    assert waiting is not None
    assert register.add("Kelverton", "person", by="Ruth").pseudonym == waiting.pseudonym
    place = register.add("Kelverton", "place", by="Ruth")
    assert (place.id, place.kind, place.pseudonym[:7]) == (waiting.id, "place", "[Place ")
    assert set(DECISIONS) == {"waiting", "accepted", "rejected"}
