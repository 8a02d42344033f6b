"""Findings on the theory leave without talk, ids, and groups that are too small; how a page shows the lenses."""

import re
from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.conftest import LINK, LINK_NAMES, WEIGHED, finding_of, negative_case, part_of
from workbench.disclosure import Rules
from workbench.finding import Finding
from workbench.report.places import ELSEWHERE, Places, places
from workbench.report.quotes import EVERYBODY, Groups, Talk
from workbench.report.released import release
from workbench.report.views import view
from workbench.report.write import talk_of
from workbench.study import Study


class TestRelease:
    def test_cases_leave_without_words_ids_and_small_groups(self, study: Study) -> None:
        case = negative_case(study, "opened their eyes", why="Fay has it from others.", by="ben")
        shown = release(
            {"negative-cases": finding_of("negative-cases", [case])}, Rules(), LINK_NAMES, talk_of(study, Rules())
        ).findings["negative-cases"]

        assert list(shown.table.columns) == ["link", "case", "group", "source", "coder", "disposition", "by"]
        assert shown.table["group"].tolist() == ["Somebody who was interviewed"]
        assert case["case"] not in shown.table.to_csv()

    def test_records_beside_a_verdict_are_told_from_what_is_shown(self, fidelity: Finding) -> None:
        exact = {**WEIGHED, "records": "DU-06: 803 of 1,207 (66.5%); DU-07: 7 of 23", "note": ""}
        found = release(
            {"theory": finding_of("theory", [exact]), fidelity.name: fidelity}, Rules(), LINK_NAMES, Talk()
        ).findings["theory"]
        told = found.table["records"].iloc[0]

        assert "803" not in told
        assert "7 of 23" not in told
        assert re.search(r"DU-06.*: met in 66\.\d% of cases", told)
        assert "DU-07: withheld." in told

    def test_records_without_a_released_table_say_nothing(self) -> None:
        exact = {**WEIGHED, "records": "DU-06: 803 of 1,207", "note": ""}
        found = release({"theory": finding_of("theory", [exact])}, Rules(), LINK_NAMES, Talk()).findings["theory"]

        assert found.table["records"].tolist() == [""]

    def test_a_role_or_a_scheme_of_few_people_is_not_named_in_words(self, study: Study) -> None:
        exact = "without role officer: untested; without scheme durham: untested; without role service_user: contested"
        people = Groups(labels={("service_user", "durham"): "Person on the scheme"}, sizes={})
        talk = replace(talk_of(study, Rules()), speakers=people, places=Places(labels={"durham": ELSEWHERE}))
        found = release({"theory": finding_of("theory", [{**WEIGHED, "sensitive": exact}])}, Rules(), LINK_NAMES, talk)

        assert found.findings["theory"].table["sensitive"].tolist() == [
            "without a role of few people: untested; without a scheme of few people: untested; "
            "without role service user: contested"
        ]

    def test_configurations_of_small_schemes_are_counted_together(self) -> None:
        exact = finding_of("configurations", [part_of("a", 2), part_of("b", 1), part_of("c", 9)])
        talk = Talk(places=Places(labels={"a": ELSEWHERE, "b": ELSEWHERE, "c": "Sea"}))
        found = release({exact.name: replace(exact, statements=["a: 2."])}, Rules(), LINK_NAMES, talk)
        shown = found.findings["configurations"]

        assert shown.table[["scheme", "n", "total"]].to_numpy().tolist() == [[ELSEWHERE, 3, 6], ["Sea", 9, 18]]
        assert list(shown.statements) == []

    def test_saturation_of_small_groups_is_left_out_and_counted(self) -> None:
        exact = finding_of(
            "saturation",
            [
                {"role": "officer", "scheme": "durham", "n": 9, "status": "reached"},
                {"role": "officer", "scheme": "sea", "n": 1, "status": "too few interviews"},
                {"role": "provider", "scheme": "durham", "n": 2, "status": "not reached"},
                {"role": "provider", "scheme": "sea", "n": 2, "status": "not reached"},
            ],
        )
        labels = {
            ("officer", "durham"): "Police officer, Durham", ("officer", "sea"): EVERYBODY,
            ("provider", "durham"): "Provider", ("provider", "sea"): "Provider",
        }  # fmt: skip
        talk = Talk(speakers=Groups(labels=labels, sizes={}))
        shown = release({"saturation": replace(exact, statements=["sea: 1."])}, Rules(), LINK_NAMES, talk)
        found = shown.findings["saturation"]

        assert found.table.to_dict(orient="records") == [
            {"group": "Police officer, Durham", "n": 9, "status": "reached"}
        ]
        assert list(found.statements) == ["Of 1 group of role and scheme that can be shown: reached 1."]
        assert list(found.notes) == ["3 groups of too few people are left out."]

    def test_a_clue_names_nobody_and_no_coding(self, study: Study) -> None:
        coding = study.store.codings()["id"].iloc[0]
        row = {"link": LINK, "coder": "all", "n": 1, "total": 1, "clues": "Cem told it", "note": f"on {coding}"}
        exact = replace(finding_of("lens-tracing", [row]), statements=["Cem told it twice."])
        found = release({"lens-tracing": exact}, Rules(), LINK_NAMES, talk_of(study, Rules())).findings["lens-tracing"]
        told = found.table.to_csv() + " ".join(found.statements)

        assert "Cem" not in told
        assert coding not in told
        assert "[name] told it" in told


PEOPLE = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 6), min_size=1)


@given(PEOPLE)
@settings(deadline=None)
def test_no_name_of_a_scheme_fits_fewer_people_than_the_rule_unless_all_are_one(people: dict[str, int]) -> None:
    rows = [
        {"person": f"{scheme}{at}", "role": "officer", "scheme": scheme}
        for scheme, number in people.items()
        for at in range(number)
    ]
    found = places(pd.DataFrame(rows), Rules(), {})

    assert sum(found.sizes.values()) == sum(people.values())
    assert len(found.sizes) == 1 or min(found.sizes.values()) >= 3


def test_a_page_shows_the_pairs_of_codes_farthest_above_chance() -> None:
    rows = [
        {"code": "A", "other": str(at), "n": at, "low": 1.0, "high": 5.0, "lift": 2.0, "note": ""} for at in range(40)
    ]
    who, other, together, chance, lift = view(finding_of("cooccurrence", rows), LINK_NAMES)

    assert (len(who.cells), other.cells[0], together.cells[0]) == (25, "39", "39")
    assert (chance.cells[0], lift.cells[0]) == ("1.0 to 5.0", "2.0")


def test_a_chain_that_nobody_asserts_whole_stands_below_the_others() -> None:
    rows = [
        {"start": "A", "end": "B", "n": n, "value": n, "cross_source": 1, "chain": "A→B" if n else ""} for n in (0, 3)
    ]
    columns = view(finding_of("lens-causal-map", rows), LINK_NAMES)

    assert [column.cells for column in columns if column.heading == "By way of"] == [["A→B", "–"]]


def test_the_range_of_a_belief_is_a_share_and_none_where_it_was_not_computed() -> None:
    row = {"link": LINK, "coder": "all", "n": 2, "total": 3, "clues": "badge", "note": ""}
    told = {"low": 0.61, "high": 0.9, "decibels_low": 2.0, "decibels_high": 9.6}
    rows = [{**row, **told}, {**row, **dict.fromkeys(told)}]
    cells = {column.heading: column.cells for column in view(finding_of("lens-tracing", rows), LINK_NAMES)}

    assert cells["Belief that it holds"] == ["61.0% to 90.0%", "–"]
    assert cells["Decibels"] == ["2.0 to 9.6", "–"]
    assert cells["Clues"] == ["2 of 3", "2 of 3"]
