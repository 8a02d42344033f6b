"""What people say: each counted once, coders settled first."""

import pytest
from event_tables import events, manual, records, store

from workbench.fidelity import check_fidelity
from workbench.fidelity.people import Voices, compare_streams, hear


def counts(table: str) -> tuple[int, ...]:
    """Return delivered, adapted, not delivered, mixed, coders differ."""
    voices = hear(manual(""), store(table))["R1"]
    assert voices is not None
    return voices.delivered, voices.adapted, voices.not_delivered, voices.mixed, voices.coders_differ


def test_a_person_who_says_two_things_counts_once_as_mixed() -> None:
    said = "code stance person\nR1 supports a\nR1 contradicts a\nR1 supports b\nR1 supports b\nR1 qualifies c"

    assert counts(said) == (1, 1, 0, 1, 0)


def test_delivered_here_and_adapted_there_is_mixed_too() -> None:
    assert counts("code stance person\nR1 supports a\nR1 qualifies a") == (0, 0, 0, 1, 0)


def test_coders_who_agree_on_a_turn_say_one_thing() -> None:
    assert counts("code stance person turn coder\nR1 qualifies a 1 anna\nR1 qualifies a 1 ben") == (0, 1, 0, 0, 0)


def test_coders_who_differ_on_a_turn_say_nothing_yet() -> None:
    differ = "code stance person turn coder\nR1 supports a 1 anna\nR1 contradicts a 1 ben"

    assert counts(differ) == (0, 0, 0, 0, 1)
    assert counts(f"{differ}\nR1 supports a 2 anna") == (1, 0, 0, 0, 0)


def test_interviewers_unknown_roles_unread_transcripts_and_suggestions_do_not_count() -> None:
    said = """
    code  stance    person  role         document  read  origin
    R1    supports  a       officer      d1        yes   human
    R1    supports  b       interviewer  d1        yes   human
    R1    supports  c       unknown      d1        yes   human
    R1    supports  d       officer      d2        no    human
    R1    supports  e       officer      d1        yes   model
    """

    assert counts(said) == (1, 0, 0, 0, 0)


def test_sentences_tell_who_says_both_and_where_coders_differ() -> None:
    said = """
    code  stance       person  turn  coder
    R1    supports     a       1     anna
    R1    contradicts  a       2     anna
    R1    supports     b       3     anna
    R1    contradicts  b       3     ben
    """
    book = manual("", observability=["interview"])
    finding = check_fidelity(records(events("case at activity\nc 2022-01-01 offer")), book, as_of="2022-03-31",
                             store=store(said))  # fmt: skip

    assert (
        finding.statements[-1] == "R1 in interviews: 0 people say it was delivered as written, 0 people say adapted, "
        "0 people say not delivered, 1 person says both; coders differ on what 1 person says."
    )
    assert finding.table[["delivered", "adapted", "not_delivered", "mixed", "coders_differ"]].iloc[0].tolist() == [
        0, 0, 0, 1, 1,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("share", "late", "voices", "words"),
    [
        (0.65, False, Voices(delivered=3, mixed=1), "records: kept in most cases; people: most say delivered"),
        (0.5, False, Voices(adapted=3), "records: kept in most cases; people: all say adapted"),
        (0.1, False, Voices(not_delivered=1), "records: kept in few cases; people: the one heard says not delivered"),
        (0.1, True, Voices(delivered=3), "records: kept in few cases, most others late; people: all say delivered"),
        (0.9, False, Voices(not_delivered=1, delivered=1), "records: kept in most cases; people: divided"),
        (0.9, False, Voices(delivered=1, adapted=1),
         "records: kept in most cases; people: some say delivered, some adapted"),
        (0.9, False, Voices(mixed=2, adapted=1), "records: kept in most cases; people: most say both"),
        (0.9, False, Voices(mixed=1, adapted=1), "records: kept in most cases; people: no view shared by most"),
        (0.9, False, Voices(), ""),
        (0.9, False, Voices(coders_differ=2), ""),
        (None, False, Voices(delivered=3), ""),
    ],
)  # fmt: skip
def test_streams_are_compared_in_words(share: float | None, late: bool, voices: Voices, words: str) -> None:
    assert compare_streams(share, late, voices) == words
