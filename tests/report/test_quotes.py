import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.report.conftest import PHONE
from workbench.disclosure import Release, Rules
from workbench.report.quotes import EVERYBODY, Groups, chosen, groups


def _turns(people: dict[tuple[str, str], int]) -> pd.DataFrame:
    rows = [
        {"person": f"{role} {scheme} {number}", "role": role, "scheme": scheme}
        for (role, scheme), count in people.items()
        for number in range(count)
    ]
    return pd.DataFrame(rows, columns=["person", "role", "scheme"])


def _rows(*quotes: tuple[str, str, str]) -> pd.DataFrame:
    rows = [
        {
            "id": f"c{at}",
            "quote": quote,
            "person": person,
            "role": role,
            "scheme": "durham",
            "document": "d",
            "turn": at,
        }
        for at, (quote, person, role) in enumerate(quotes)
    ]
    return pd.DataFrame(rows)


PEOPLE = Groups(labels={("officer", "durham"): "Police officer", ("provider", "durham"): EVERYBODY}, sizes={})


def test_a_single_leftover_of_a_role_is_not_named_by_that_role() -> None:
    found = groups(
        _turns({("officer", "durham"): 4, ("officer", "thames-valley"): 1, ("provider", "durham"): 3}), Rules()
    )

    assert found.label({"role": "officer", "scheme": "thames-valley"}) == EVERYBODY
    assert min(found.sizes.values()) >= 3


def test_people_of_a_role_who_are_not_named_by_scheme_are_said_to_be_elsewhere() -> None:
    people = {("officer", "durham"): 4, ("officer", "thames-valley"): 2, ("officer", "west-midlands"): 2}

    assert groups(_turns(people), Rules()).sizes == {"Police officer, Durham": 4, "Police officer, elsewhere": 4}


ROLES = st.sampled_from(["officer", "provider", "service_user", "stakeholder"])
SCHEMES = st.sampled_from(["durham", "thames-valley", "west-midlands"])


@given(st.dictionaries(st.tuples(ROLES, SCHEMES), st.integers(1, 6), min_size=1))
def test_no_name_fits_fewer_people_than_the_rule_unless_all_are_one_group(people: dict[tuple[str, str], int]) -> None:
    found = groups(_turns(people), Rules())

    assert sum(found.sizes.values()) == sum(people.values())
    assert len(found.sizes) == 1 or min(found.sizes.values()) >= 3


def test_a_quote_with_an_identifier_is_refused_and_named_in_the_record() -> None:
    gate = Release(Rules())
    found = chosen(_rows((f"Ring {PHONE}.", "Ann", "officer"), ("It went well.", "Bob", "officer")), gate, PEOPLE)

    assert len(found) == 1
    assert PHONE not in found[0]
    assert [(entry.name, entry.decision) for entry in gate.entries] == [("c0", "refuse"), ("c1", "pass")]


def test_each_person_is_quoted_once_and_different_groups_come_first() -> None:
    rows = _rows(
        ("a" * 180, "Ann", "officer"),
        ("b" * 180, "Ann", "officer"),
        ("c" * 181, "Bob", "officer"),
        ("d" * 300, "Cem", "provider"),
    )
    found = chosen(rows, Release(Rules()), PEOPLE)

    assert ["a" * 180 in found[0], "d" * 300 in found[1], len(found)] == [True, True, 2]


def test_a_long_quote_is_cut_between_words_and_says_so() -> None:
    found = chosen(_rows(("word " * 200, "Ann", "officer")), Release(Rules()), PEOPLE)

    assert "word \\[…\\]”" in found[0]
