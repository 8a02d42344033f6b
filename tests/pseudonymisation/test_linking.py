"""One person, one pseudonym: whole names, nicknames, surnames, possessives, families, and people who share a name."""

import re

import pytest
from fictional_talk import corpus_of, document

from workbench.language.names import Mention
from workbench.pseudonymisation import Entry, Register, find, pseudonymise

pytestmark = pytest.mark.usefixtures("few")


def _known(register: Register, form: str, name: str = "") -> Entry:
    found = register.entry(form, name)
    assert found is not None, form
    return found


def test_every_form_of_one_person_has_one_pseudonym(register: Register) -> None:
    talk = corpus_of(
        document("one", ("Int", "Was it David Miller? Mr Miller's lad, Dave, or DAVID as they say.")),
        document("two", ("Int", "i saw dave miller’s car, and david was in it with the millers")),
    )
    find(talk, register)
    assert len({entry.pseudonym for entry in register.entries}) == 1
    who = register.entries[0].pseudonym
    done = pseudonymise(talk, register).corpus
    assert done.text("one") == f"Int: Was it {who}? Mr {who}'s lad, {who}, or {who} as they say."
    assert done.text("two") == f"Int: i saw {who}’s car, and {who} was in it with the {who}"


def test_a_name_that_could_be_two_people_in_one_transcript_is_left_for_a_person(register: Register) -> None:
    talk = corpus_of(
        document("both", ("Int", "David Miller met David Shaw. Then David left.")),
        document("miller", ("Int", "David Miller rang. David was late.")),
        document("shaw", ("Int", "David Shaw rang. David was late.")),
    )
    find(talk, register)
    miller, shaw = _known(register, "David Miller"), _known(register, "David Shaw")
    unclear = _known(register, "David", "both")
    assert unclear.pseudonym not in (miller.pseudonym, shaw.pseudonym)
    assert "could be David Miller or David Shaw (in both): settle with join" in unclear.why
    assert _known(register, "David", "miller").pseudonym == miller.pseudonym
    assert _known(register, "David", "shaw").pseudonym == shaw.pseudonym
    register.join("David", shaw.pseudonym, by="Ruth", document="both")
    assert pseudonymise(talk, register).corpus.text("both").count(shaw.pseudonym) == 2


def test_a_family_shares_a_surname_and_no_pseudonym(register: Register) -> None:
    talk = corpus_of(document("one", ("Int", "Ann Miller and Tom Miller, so the Millers, and Miller again.")))
    find(talk, register)
    names = [_known(register, form).pseudonym for form in ("Ann Miller", "Tom Miller", "Miller")]
    assert len(set(names)) == 3
    assert "could be Ann Miller or Tom Miller" in _known(register, "Miller").why


def test_a_plural_that_the_search_passed_over_is_replaced_after_an_article(register: Register) -> None:
    register.add("Rigby", "person", by="Ruth")
    who = register.entries[0].pseudonym
    assert register.replaced("The Rigbys came; Rigbys' pies.") == f"The {who}s came; Rigbys' pies."


def test_titles_and_ranks_stay(register: Register) -> None:
    talk = corpus_of(document("one", ("DC Miller", "Hello."), ("Int", "Thanks, DC Miller.")))
    find(talk, register)
    who = _known(register, "Miller").pseudonym
    done = pseudonymise(talk, register).corpus
    assert done.text("one") == f"DC {who}: Hello.\nInt: Thanks, DC {who}."
    assert done.document("one").turns[0].speaker == f"DC {who}"


def test_two_people_of_one_name_are_split_by_transcript(register: Register) -> None:
    talk = corpus_of(document("one", ("Int", "So, David?")), document("two", ("Int", "So, David?")))
    find(talk, register)
    shared = _known(register, "David").pseudonym
    assert register.split("David", "two", by="Ruth").pseudonym != shared
    done = pseudonymise(talk, register).corpus
    assert done.text("one") == f"Int: So, {shared}?"
    assert done.text("two") != done.text("one")


def test_what_was_decided_is_not_asked_again(register: Register) -> None:
    talk = corpus_of(document("one", ("Int", "So, David in Durham?")), document("two", ("Int", "So, Durham?")))
    find(talk, register)
    register.reject(["Durham"], by="Ruth")
    register.accept(["David"], by="Ruth")
    assert find(talk, register) == 0
    assert pseudonymise(talk, register).corpus.text("two") == "Int: So, Durham?"


def test_a_form_rejected_in_one_transcript_is_still_proposed_for_the_others(register: Register) -> None:
    register.add("Durham", "place", by="Ruth", document="one")
    register.reject(["Durham"], by="Ruth")
    talk = corpus_of(document("one", ("Int", "So, Durham?")), document("two", ("Int", "So, Durham?")))
    assert find(talk, register) == 1
    done = pseudonymise(talk, register).corpus
    assert done.text("one") == "Int: So, Durham?"
    assert done.text("two").startswith("Int: So, [Place ")


def test_one_number_has_one_pseudonym_however_it_is_written(register: Register) -> None:
    talk = corpus_of(document("one", ("Int", "It is 07700 900123, so 07700900123, or +44 7700 900123.")))
    find(talk, register)
    assert len({entry.pseudonym for entry in register.entries}) == 1
    who = register.entries[0].pseudonym
    assert pseudonymise(talk, register).corpus.text("one") == f"Int: It is {who}, so {who}, or {who}."


def test_parts_of_a_whole_name_are_sought_where_it_stands(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fictional_talk.NAMES", ["David Miller"])
    talk = corpus_of(
        document("one", ("Int", "David Miller came. Later Miller left.")),
        document("two", ("Int", "A Miller grinds corn.")),
    )
    find(talk, register)
    assert "part of David Miller" in _known(register, "Miller").why


def test_a_name_in_a_label_is_found_and_a_role_is_not(register: Register) -> None:
    labels = ("Nicole (P15)", "Interviewer 2", "Peer researcher", "P03", "Officer A", "INT", "unknown", "Will")
    talk = corpus_of(document("one", *((label, "Yes.") for label in labels)))
    find(talk, register)
    assert sorted(entry.form for entry in register.entries) == ["Nicole", "Will"]
    speakers = [turn.speaker for turn in pseudonymise(talk, register).corpus.document("one").turns]
    assert speakers[0] == f"{_known(register, 'Nicole').pseudonym} (P15)"
    assert speakers[1:-1] == list(labels[1:-1])


def test_words_that_name_nobody_are_not_proposed(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fictional_talk.NAMES", ["I’ve", "So", "Fridays", "Sergeant", "P11", "Zoë"])
    talk = corpus_of(document("one", ("Zoë (P11)", "So I’ve told the Sergeant on Fridays, as P11 said.")))
    find(talk, register)
    assert [entry.form for entry in register.entries] == ["Zoë"]


def test_numbers_that_a_transcript_has_already_are_not_drawn_again(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter([6, 8])
    monkeypatch.setattr("secrets.randbelow", lambda _top: next(numbers))
    talk = corpus_of(document("one", ("Int", "[Person 7] knew David.")))
    find(talk, register)
    assert pseudonymise(talk, register).corpus.text("one") == "Int: [Person 7] knew [Person 9]."


def test_what_the_study_names_anyway_and_what_stands_nowhere_is_not_proposed(register: Register) -> None:
    talk = corpus_of(document("one", ("Zoë (University)", "It was Shaw in Kelverton, not Durham.")))
    find(talk, register, spared=["durham", "Durham Checkpoint"])
    assert {entry.form for entry in register.entries} == {"Zoë", "Shaw", "Kelverton"}


def test_an_unusual_short_form_in_another_transcript_is_somebody_else_until_a_person_says_so(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.language.names.find_names", lambda documents, **_: find_these(documents))
    talk = corpus_of(
        document("durham", ("Int", "Lee Cornforth was there.")),
        document("birmingham", ("Int", "Leroy said no.")),
    )
    find(talk, register)
    assert _known(register, "Leroy").pseudonym != _known(register, "Lee Cornforth").pseudonym
    assert "could be Lee Cornforth (in birmingham): settle with join" in _known(register, "Leroy").why


def find_these(documents: list[list[str]]) -> list[list[list[Mention]]]:
    pattern = re.compile("Lee Cornforth|Leroy")
    return [
        [
            [Mention(start=it.start(), end=it.end(), kind="person", why="few") for it in pattern.finditer(passage)]
            for passage in passages
        ]
        for passages in documents
    ]


def test_a_name_that_is_known_is_hidden_in_small_letters_and_a_place_that_is_a_word_is_not(register: Register) -> None:
    register.add("Dave Sugden", "person", by="Ruth")
    register.add("Sugden", "person", by="Ruth", pseudonym=register.entries[0].pseudonym)
    register.add("Reading", "place", by="Ruth")
    who = register.entries[0].pseudonym
    text = "So my officer was dave sugden. I like reading at sugden's house."
    assert register.replaced(text) == f"So my officer was {who}. I like reading at {who}'s house."
