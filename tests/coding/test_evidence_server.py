"""What people decide on evidence, on a real PostgreSQL server: each in their own name, readers not at all."""

import pytest
from postgresql import Team

from workbench.coding import Store
from workbench.coding.settle import speakers
from workbench.corpus.span import Span
from workbench.errors import WorkbenchError

pytestmark = pytest.mark.xdist_group("postgresql")

THINK = Span("wm-user-01", 23, 36)


def decide(store: Store, coding: str, by: str) -> None:
    store.weigh(coding, by=by, source="hearsay", group="pair", why="told by a friend")
    store.dispose(coding, "limits", by=by, why="only here")
    store.register({"A1→M1": "0" * 64}, by=by)
    store.summarise("A1→M1", "wm-user-01:Lee", "made to think", by=by)


def test_a_coder_weighs_disposes_seals_and_summarises_and_a_lead_and_a_reader_see_it(team: Team) -> None:
    anna = team.store("anna")
    made = anna.code(THINK, "A1→M1", coder="anna", stance="contradicts")
    decide(anna, made.id, "anna")
    for login in ("kim", "ray"):
        seen = team.store(login)
        assert seen.weighed()[["coding", "source", "group", "by"]].values.tolist() == [
            [made.id, "hearsay", "pair", "anna"]
        ]
        assert seen.dispositions()[["coding", "disposition", "by", "why"]].values.tolist() == [
            [made.id, "limits", "anna", "only here"]
        ]
        assert seen.registered()["element"].tolist() == ["A1→M1"]
        assert seen.summaries()["text"].tolist() == ["made to think"]


def test_nobody_decides_in_anothers_name_and_a_reader_decides_nothing(team: Team) -> None:
    anna = team.store("anna")
    made = anna.code(THINK, "A1→M1", coder="anna", stance="contradicts")
    for login, name in (("ben", "anna"), ("ray", "ray"), ("ray", "anna")):
        store = team.store(login)
        before = store.fingerprint()
        for act in (
            lambda: store.weigh(made.id, by=name, source="opinion"),  # noqa: B023
            lambda: store.dispose(made.id, "error", by=name, why="x"),  # noqa: B023
            lambda: store.register({"A1→M1": "1" * 64}, by=name),  # noqa: B023
            lambda: store.summarise("A1→M1", "wm-user-01:Lee", "x", by=name),  # noqa: B023
        ):
            with pytest.raises(WorkbenchError):
                act()
        assert store.fingerprint() == before
    assert anna.dispositions().empty


def test_two_people_may_differ_and_only_the_own_decision_is_taken_back(team: Team) -> None:
    anna, ben = team.store("anna"), team.store("ben")
    made = anna.code(THINK, "A1→M1", coder="anna", stance="contradicts")
    anna.dispose(made.id, "limits", by="anna", why="only here")
    ben.dispose(made.id, "rival", by="ben", why="it was the weather")
    assert sorted(anna.dispositions()["disposition"]) == ["limits", "rival"]
    ben.take_back_disposition(made.id, by="ben")
    assert anna.dispositions()["by"].tolist() == ["anna"]
    with pytest.raises(WorkbenchError):
        ben.take_back_disposition(made.id, by="anna")


def test_who_speaks_is_what_the_turns_say_on_a_server_too(team: Team) -> None:
    store = team.store("anna")
    columns = ["document", "person", "role", "scheme"]
    told = store.turns()[columns].drop_duplicates().reset_index(drop=True)
    assert store.speaking().to_dict(orient="records") == told.to_dict(orient="records")
    store.read("wm-user-01", coder="anna")
    assert speakers(store)["person"].tolist() == ["wm-user-01:Lee"]
