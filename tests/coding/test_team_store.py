"""The whole store on a real PostgreSQL server, by leads, coders and readers of a team."""

from copy import deepcopy
from pathlib import Path

import pytest
from postgresql import Team
from tiny_corpus import TALK, TinyCorpus

from workbench.coding import Store, open_store
from workbench.coding.acts import KINDS
from workbench.coding.roles import FREE, ON_OWN
from workbench.corpus import WITHDRAWN
from workbench.corpus.span import Span
from workbench.errors import InputError

pytestmark = pytest.mark.xdist_group("postgresql")

THINK, EASY = Span("wm-user-01", 23, 36), Span("wm-officer-01", 21, 31)
LEADS_ONLY = {
    "withdraw", "restore", "settle", "rename-code", "merge-code", "split-code", "move-code", "retire-code",
}  # fmt: skip


def corrected() -> TinyCorpus:
    """The corpus with a pseudonym in one transcript, and a voice withdrawn from the other."""
    talk = deepcopy(TALK)
    talk["wm-user-01"][1] = ("Lee", "service_user", "Well, it made me [Person 1] think twice.")
    talk["wm-officer-01"][1] = ("Amy", "officer", WITHDRAWN)
    return TinyCorpus(talk)


def suggested(store: Store) -> str:
    import pandas as pd

    rows = pd.DataFrame([{"document": "wm-user-01", "start": 23, "end": 36, "code": "M09"}])
    store.replace_suggestions(rows, source="rules")
    return str(store.suggestions()["id"][0])


def test_every_kind_of_act_is_free_to_coders_or_on_their_own_or_for_leads() -> None:
    groups = [set(FREE), set(ON_OWN), LEADS_ONLY]
    assert set.union(*groups) == set(KINDS)
    assert sum(map(len, groups)) == len(KINDS)


def test_a_coder_codes_changes_takes_back_and_finishes(team: Team) -> None:
    anna = team.store("anna")
    first = anna.code(THINK, "M09", coder="anna", memo="turning point", stance="supports")
    second = anna.code(EASY, "M01", coder="anna")
    anna.set_stance(first.id, "contradicts", coder="anna")
    anna.set_memo(first.id, "later", coder="anna")
    anna.uncode(second.id, coder="anna")
    assert anna.undo("anna") is not None  # the uncoding
    assert len(anna.codings()) == 2
    assert anna.redo("anna") is not None
    anna.read("wm-user-01", coder="anna")
    anna.review("wm-user-01", coder="anna")
    held = team.store("ray").codings()
    assert held[["id", "coder", "stance", "memo"]].values.tolist() == [[first.id, "anna", "contradicts", "later"]]
    assert team.store("kim").read_by().values.tolist() == [["anna", "wm-user-01"]]
    assert team.store("kim").reviewed() == {"wm-user-01"}
    assert team.store("ray").verify() == []


def test_a_coder_accepts_corrects_and_rejects_what_a_lead_suggested(team: Team) -> None:
    identity = suggested(team.store("lee"))
    anna, ben = team.store("anna"), team.store("ben")
    made = anna.accept(identity, coder="anna", memo="yes", start=21)
    ben.accept(identity, coder="ben")
    ben.reject(identity, coder="ben")
    assert anna.codings()[["id", "start", "memo", "origin"]].values.tolist() == [[made.id, 21, "yes", "rule"]]
    assert anna.suggestions()[["accepted_by", "rejected_by"]].values.tolist() == [["anna", "ben"]]
    with pytest.raises(InputError, match="you are anna"):
        suggested(anna)


def test_corrections_withdrawal_and_guards_hold_on_a_server(team: Team) -> None:
    lee = team.store("lee")
    kept = team.store("anna").code(THINK, "M09", coder="anna", memo="turning point")
    team.store("ben").code(EASY, "M01", coder="ben")
    assert lee.add_corpus(corrected(), by="kim") == 2
    assert lee.codings()[["id", "quote"]].values.tolist() == [[kept.id, "made me [Person 1] think"]]
    assert (lee.unplaced().empty, lee.verify()) == (True, [])
    lee.withdraw("wm-user-01", coder="lee", why="asked to")
    assert (lee.codings().empty, lee.verify()) == (True, [])
    assert lee.withdrawn()[["by", "codings"]].values.tolist() == [["lee", 1]]
    assert "turning point" not in set(lee.acts()["memo"])
    lee.restore("wm-user-01", coder="lee")
    lee.add_corpus(corrected())
    assert len(lee.documents()) == 2


def test_a_coder_brings_back_a_coding_onto_a_corrected_text_and_places_only_their_own(team: Team) -> None:
    kim, anna, ben = (team.store(login) for login in ("kim", "anna", "ben"))
    hers = anna.code(Span("wm-user-01", 17, 40), "M01", coder="anna")
    gone = anna.code(THINK, "M09", coder="anna")
    anna.uncode(gone.id, coder="anna")
    mine = ben.code(Span("wm-user-01", 17, 40), "M01", coder="ben")
    talk = deepcopy(TALK)
    talk["wm-user-01"][1] = ("Lee", "service_user", "No comment, thank you.")
    kim.add_corpus(TinyCorpus(talk))
    assert anna.undo("anna") is not None  # what comes back means the former text, and is anchored anew
    assert set(kim.unplaced()["id"]) == {mine.id, hers.id, gone.id}
    ben.place(mine.id, 20, 30, coder="ben")
    with pytest.raises(InputError, match="not ben's own"):
        ben.place(hers.id, 20, 30, coder="ben")
    with pytest.raises(InputError, match="not ben's own"):
        ben.lift(hers.id, coder="ben", why="no")
    kim.place(hers.id, 20, 30, coder="kim")
    anna.lift(gone.id, coder="anna", why="no longer said")
    assert sorted(kim.codings()[["coder", "start"]].itertuples(index=False, name=None)) == [("anna", 20), ("ben", 20)]
    assert (kim.unplaced().empty, kim.verify()) == (True, [])


def test_a_lead_merges_what_others_coded_on_their_own_machines_and_a_coder_only_their_own(
    team: Team, tmp_path: Path, corpus: TinyCorpus
) -> None:
    with open_store(tmp_path / "away.sqlite") as away:
        away.add_corpus(corpus)
        away.code(THINK, "M09", coder="anna")
        away.code(EASY, "M01", coder="ben")
    with pytest.raises(InputError, match="does not take codings of ben from anna"):
        team.store("anna").merge(tmp_path / "away.sqlite")
    assert team.store("kim").codings().empty
    assert team.store("lee").merge(tmp_path / "away.sqlite") == 2
    assert team.store("lee").merge(tmp_path / "away.sqlite") == 0
    with open_store(tmp_path / "alone.sqlite") as alone:
        alone.add_corpus(corpus)
        alone.code(THINK, "M12", coder="anna")
    assert team.store("anna").merge(tmp_path / "alone.sqlite") == 1
    assert sorted(team.store("kim").codings()["code"]) == ["M01", "M09", "M12"]
    assert team.store("kim").verify() == []


def test_a_teams_store_is_taken_home_as_a_file(team: Team, tmp_path: Path) -> None:
    team.store("anna").code(THINK, "M09", coder="anna")
    with open_store(tmp_path / "home.sqlite") as home:
        home.merge(team.store("ray"))
        assert home.fingerprint() == team.store("kim").fingerprint()


def test_a_lead_changes_codes_and_settles_and_a_coder_does_not(team: Team) -> None:
    kim, anna = team.store("kim"), team.store("anna")
    coded = anna.code(THINK, "M09", coder="anna")
    team.store("ben").code(THINK, "M09", coder="ben")
    with pytest.raises(InputError, match=r"does not allow this \(rename-code\): you are anna"):
        anna.rename_code("M09", "M10", by="anna")
    with pytest.raises(InputError, match=r"does not allow this \(settle\): you are anna"):
        anna.settle("wm-user-01", 23, 36, "M09", by="anna", decision="coded", why="clear")
    kim.rename_code("M09", "M10", by="kim")
    kim.settle("wm-user-01", 23, 36, "M10", by="kim", decision="coded", why="clear")
    assert sorted(anna.codings()["code"]) == ["M10", "M10"]
    kim.split_code("M10", ["M11", "M12"], by="kim")
    anna.recode(coded.id, "M11", coder="anna")
    theirs = str(kim.to_recode()["id"].iloc[0])
    with pytest.raises(InputError, match="ben"):
        anna.recode(theirs, "M12", coder="anna")
    assert sorted(kim.codings()["code"]) == ["M10", "M11"]
    assert kim.verify() == []


def test_the_store_as_it_was_is_there_for_readers(team: Team) -> None:
    team.store("kim").code_many(
        [{"document": "wm-user-01", "start": 23, "end": 36}], code="M09", coder="anna", at="2024-02-01"
    )
    team.store("anna").code(EASY, "M01", coder="anna", at="2024-03-01")
    ray = team.store("ray")
    assert ray.as_of("2024-02-15").codings()["code"].tolist() == ["M09"]
    assert sorted(ray.codings()["code"]) == ["M01", "M09"]


def test_a_reader_reads_everything_and_writes_nothing(team: Team, corpus: TinyCorpus) -> None:
    coded = team.store("anna").code(THINK, "M09", coder="anna", memo="note")
    ray = team.store("ray")
    assert ray.coded_document("wm-user-01").codings[0]["id"] == coded.id
    assert ray.counts()["codings"].tolist() == [1]
    assert (len(ray.turns()), len(ray.acts()), ray.unplaced().empty) == (4, 1, True)
    assert ray.add_corpus(corpus) == 0  # what is there already need not be written
    for write in (
        lambda: ray.code(THINK, "M09", coder="ray"),
        lambda: ray.read("wm-user-01", coder="ray"),
        lambda: ray.withdraw("wm-user-01", coder="ray"),
        lambda: ray.guid("code", "M09"),
    ):
        with pytest.raises(InputError, match=r"you are ray .*a reader reads everything and writes nothing"):
            write()
    assert team.store("kim").acts().shape[0] == 1
