"""Laws of the ledger: people count and not quotes, order does not matter, and the fast settling is the known one."""

from itertools import permutations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.coding.settle import DIFFER, settle
from workbench.theory_testing.sensitivity import leave_out
from workbench.theory_testing.sides import SIDES, between, settle_sides, together
from workbench.theory_testing.verdict import Rule, judge
from workbench.theory_testing.voices import Heard, hear, independent

SAID = st.sampled_from(["for", "against", "qualifies", "silent", None])
ROLES, SCHEMES = ("officer", "provider", "service_user"), ("durham", "thames-valley")


@st.composite
def ledgers(draw: st.DrawFn, most: int = 14) -> pd.DataFrame:
    rows = []
    for number in range(draw(st.integers(0, most))):
        person = draw(st.integers(0, 5))
        side = draw(SAID)
        rows.append(
            {
                "link": draw(st.sampled_from(["A→B", "B→C"])), "stream": "talk", "side": side,
                "person": f"d{person}:P", "role": ROLES[person % 3], "scheme": SCHEMES[person % 2],
                "document": f"d{person}", "turn": draw(st.integers(1, 2)), "start": number, "end": number + 1,
                "coder": draw(st.sampled_from(["anna", "ben"])),
                "source": draw(st.sampled_from(["not stated", "hearsay"])),
                "group": draw(st.sampled_from([f"d{person}", "club"])),
                "disposition": draw(st.sampled_from([None, "limits", "refutes", "error", "rival", "disputed"]))
                if side == "against" else None,
                "disposed_by": None, "id": f"{number:032x}", "quote": "words", "quote_sha256": "",
            }
        )  # fmt: skip
    columns = ["link", "stream", "side", "person", "role", "scheme", "document", "turn", "coder", "source", "group",
               "disposition", "id"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"side": "object", "disposition": "object"})


def verdicts(rows: pd.DataFrame) -> dict[str, tuple[str, str]]:
    return {link: judge(heard.counts(), Rule()) for link, heard in sorted(hear(rows).items())}


@settings(deadline=None)
@given(ledgers())
def test_the_fast_settling_gives_what_the_settling_of_the_coding_store_gives(rows: pd.DataFrame) -> None:
    rows = rows.assign(passage=rows["turn"])
    for who in (["link", "person", "role", "scheme"], ["link", "person", "passage"]):
        fast = settle_sides(rows, who)
        stated = rows.drop(columns="stance", errors="ignore").rename(columns={"side": "stance"})
        known = settle(stated, who, together=together, between=between).rename(columns={"stance": "side"})
        assert sorted(map(tuple, fast.to_numpy().tolist())) == sorted(
            map(tuple, known[[*who, "side"]].to_numpy().tolist())
        )
        assert set(fast["side"]) <= set(SIDES)


@settings(deadline=None)
@given(ledgers(), st.data())
def test_saying_it_again_changes_nothing_and_neither_does_the_order(rows: pd.DataFrame, data: st.DataObject) -> None:
    before = {link: (status, heard(rows, link)) for link, (status, _) in verdicts(rows).items()}
    again = rows.iloc[data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=5))] if len(rows) else rows
    mixed = pd.concat([rows, again], ignore_index=True).sample(frac=1, random_state=1).reset_index(drop=True)
    assert {link: (status, heard(mixed, link)) for link, (status, _) in verdicts(mixed).items()} == before


def heard(rows: pd.DataFrame, link: str) -> dict[str, int]:
    counts = vars(hear(rows)[link].counts())
    return {name: number for name, number in counts.items() if name != "coded"}


@settings(deadline=None)
@given(ledgers())
def test_nothing_is_supported_by_one_role_scheme_or_group_or_while_a_case_waits(rows: pd.DataFrame) -> None:
    for link, (status, why) in verdicts(rows).items():
        voices = [voice for voice in hear(rows)[link].voices if voice.side == "for"]
        assert why
        if status == "supported":
            assert len({voice.role for voice in voices}) >= 2
            assert len({voice.scheme for voice in voices}) >= 2
            assert independent(voice.groups for voice in voices) >= 2
            assert not hear(rows)[link].counts().unresolved


@settings(deadline=None)
@given(ledgers())
def test_leaving_out_is_judging_again_without(rows: pd.DataFrame) -> None:
    told = leave_out(rows, hear(rows), Rule())
    for link, one in told.items():
        verdict = judge(hear(rows)[link].counts(), Rule())[0]
        of_link = rows[rows["link"] == link]
        tries = [of_link[of_link["person"] != person] for person in of_link["person"].unique()]
        tries += [of_link[of_link["coder"] != coder] for coder in of_link["coder"].unique()]
        now = [judge(hear(kept).get(link, Heard()).counts(), Rule())[0] for kept in tries]
        changed = sum(each != verdict for each in now)
        assert one.flips >= changed - sum(len(hear(kept).get(link, Heard()).voices) == 0 for kept in tries)
        assert one.tried >= one.flips
        assert not any(person in what for person in of_link["person"] for what, _ in one.changes)


@given(st.lists(st.frozensets(st.sampled_from("abcde"), min_size=1), max_size=6))
def test_groups_that_share_somebody_are_one_in_whatever_order(groups: list[frozenset[str]]) -> None:
    number = independent(groups)
    assert all(independent(order) == number for order in list(permutations(groups))[:20])
    assert number <= len(groups)
    assert independent([*groups, frozenset("abcde")]) == 1


def test_coders_who_hear_silence_and_speech_in_one_turn_differ() -> None:
    assert between(frozenset({"for", "silent"})) == DIFFER
    assert together(frozenset({"for", "silent"})) == "for"
    assert together(frozenset({"against", "qualifies"})) == "against"
