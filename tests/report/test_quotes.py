import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.report.conftest import PHONE
from workbench.disclosure import Release, Rules
from workbench.report.aliases import Aliases
from workbench.report.masking import names_in
from workbench.report.quotes import EVERYBODY, HELD_BACK, Groups, Quoting, Talk, chosen, groups


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
LABELS = ["Craig", "Officer A", "Nicole (P15)", "Drug worker", "INT", "Callum (Response)", "MEENA", "Officer Durham"]
NAMES = names_in(LABELS, places=["durham", "Durham Checkpoint"])


def _quoting(gate: Release) -> Quoting:
    return Quoting(gate=gate, talk=Talk(speakers=PEOPLE, names=NAMES), aliases=Aliases())


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
    found = chosen(_rows((f"Ring {PHONE}.", "Ann", "officer"), ("It went well.", "Bob", "officer")), _quoting(gate))

    assert len(found) == 1
    assert PHONE not in found[0]
    assert [entry.decision for entry in gate.entries] == ["refuse", "pass"]
    assert gate.entries[1].name in found[0]


def test_each_person_is_quoted_once_and_different_groups_come_first() -> None:
    rows = _rows(
        ("a" * 180, "Ann", "officer"),
        ("b" * 180, "Ann", "officer"),
        ("c" * 181, "Bob", "officer"),
        ("d" * 300, "Cem", "provider"),
    )
    found = chosen(rows, _quoting(Release(Rules())))

    assert ["a" * 180 in found[0], "d" * 300 in found[1], len(found)] == [True, True, 2]


def test_a_long_quote_is_cut_between_words_and_says_so() -> None:
    found = chosen(_rows(("word " * 200, "Ann", "officer")), _quoting(Release(Rules())))

    assert "word \\[…\\]”" in found[0]


def test_a_quote_that_asks_for_review_is_held_back_and_stands_in_the_record() -> None:
    gate = Release(Rules())
    found = chosen(_rows(("My sister had to drive me there.", "Ann", "officer")), _quoting(gate))

    assert "sister" not in found[0]
    assert HELD_BACK in found[0].replace("\\", "")
    assert [entry.decision for entry in gate.entries] == ["review"]
    assert gate.entries[0].name in found[0]


def test_quotes_that_need_no_review_come_before_a_line_that_one_is_held_back() -> None:
    rows = _rows(
        ("My sister " + "a" * 170, "Ann", "officer"), ("b" * 90, "Bob", "officer"), ("c" * 80, "Cem", "officer")
    )
    found = chosen(rows, _quoting(Release(Rules())))

    assert ["b" * 90 in found[0], "c" * 80 in found[1], len(found)] == [True, True, 2]


def test_names_of_speakers_are_masked_and_words_for_roles_and_places_are_not() -> None:
    gate = Release(Rules())
    said = "Craig's mate asked Nicole, Meena and the Officer in Durham. Craigs went on."
    (found,) = chosen(_rows((said, "Ann", "officer")), _quoting(gate))

    assert "[name]'s mate asked [name], [name] and the Officer in Durham. Craigs went on." in found.replace("\\", "")
    assert gate.entries[0].reasons == ("a speaker's name was masked",)


def test_labels_without_names_mask_nothing() -> None:
    assert names_in(["Interviewer 1", "P07", "Q.", "Drug worker", "Peer researcher", "FAC", "Officers"]) is None


def test_a_quote_carries_an_alias_and_not_the_id_of_its_coding() -> None:
    rows = _rows(("a" * 180, "Ann", "officer")).assign(id="01a20a6875f177e39d3e8d321e7145f6")
    quoting = _quoting(Release(Rules()))
    (found,) = chosen(rows, quoting)

    assert "01a20a68" not in found
    assert f"`{quoting.aliases.of('01a20a6875f177e39d3e8d321e7145f6')}`" in found
