"""Processes that are killed while they write, and clocks that go backwards: nothing acknowledged is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from workbench.coding import Store, open_store
from workbench.coding.in_force import codings_in_force
from workbench.corpus.span import Span
from workbench.errors import InputError

ROOT = Path(__file__).parents[2]
ROUNDS, CODERS = 3, ("anna", "anna", "ben", "cara")
BUSY_CODER = """
import random, sys
from workbench.coding import open_store
from workbench.corpus.span import Span
where, coder, seed = sys.argv[1], sys.argv[2], sys.argv[3]
chance = random.Random(seed)
store = open_store(where)
print("open", flush=True)
while True:
    what = chance.choice(["code", "code", "many", "memo", "undo"])
    start = chance.randrange(40)
    if what == "code":
        acknowledged = [store.code(Span("wm-officer-01", start, start + 2), f"C{chance.randrange(99)}", coder=coder).id]
    elif what == "many":
        code = f"B{seed}-{chance.random()}"
        rows = [{"document": "wm-user-01", "start": n, "end": start + 3, "code": code} for n in range(3)]
        acknowledged = [coding.id for coding in store.code_many(rows, coder=coder)]
    elif what == "memo":
        made = store.code(Span("wm-user-01", start, start + 2), "M09", coder=coder)
        store.set_memo(made.id, f"note {chance.random()}", coder=coder)
        acknowledged = [made.id]
    else:
        taken_back = store.undo(coder)
        acknowledged = [taken_back.id] if taken_back else []
    print(*acknowledged, flush=True)
"""


def busy(where: Path, coder: str, says: Path) -> "subprocess.Popen[bytes]":
    with says.open("wb") as out:
        return subprocess.Popen([sys.executable, "-c", BUSY_CODER, str(where), coder, says.name], cwd=ROOT, stdout=out)


def test_acts_acknowledged_before_a_kill_are_there_whole_round_after_round(
    store: Store, where: Path, tmp_path: Path
) -> None:
    chance, told = random.Random(4), set[str]()  # noqa: S311 -- when to kill, not a secret
    for number in range(ROUNDS):
        said = [tmp_path / f"{number}-{writer}" for writer in range(len(CODERS))]
        writers = [busy(where, coder, path) for path, coder in zip(said, CODERS, strict=True)]
        deadline = time.monotonic() + 60
        while any(path.read_text().count("\n") < 3 for path in said) and time.monotonic() < deadline:
            time.sleep(0.05)
        for process in writers:
            time.sleep(chance.random() / 4)
            os.kill(process.pid, signal.SIGKILL)
            process.wait(timeout=60)
        told |= {word for path in said for word in path.read_text().rpartition("\n")[0].split()} - {"open"}
        with open_store(where) as reopened:
            acts = reopened.acts()
            assert told <= set(acts["id"])
            assert reopened.verify() == []  # chains, texts, the file itself, and codings in force
            together = acts[acts["code"].str.startswith("B", na=False)].groupby("code").size()
            assert set(together) == {3}, "of codings made at once there are all or none"
            reopened.code(Span("wm-user-01", 0, 3), f"R{number}", coder="anna")
    assert len(told) > ROUNDS * len(CODERS)


def test_two_tabs_on_one_file_see_each_other_and_neither_undoes_the_others_coder(store: Store, where: Path) -> None:
    with open_store(where) as tab:
        seen = tab.latest()
        made = store.code(Span("wm-user-01", 23, 36), "M09", coder="anna")
        assert tab.latest() != seen
        tab.set_memo(made.id, "from the other tab", coder="anna")
        assert store.codings()["memo"].tolist() == ["from the other tab"]
        store.uncode(made.id, coder="anna")
        with pytest.raises(InputError, match="no such coding in force"):
            tab.set_stance(made.id, "supports", coder="anna")
        assert tab.undo("ben") is None
        undone = tab.undo("anna")
        assert undone is not None
        assert undone.kind == "uncode"
        assert len(store.codings()) == 1
        assert store.verify() == []


def test_with_a_clock_that_goes_back_acts_keep_their_order(
    store: Store, where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time_ns()
    made = list[str]()
    for hours, coder in ((0, "anna"), (-30, "ben"), (-60, "anna"), (24, "ben"), (-90, "anna")):
        monkeypatch.setattr(time, "time_ns", lambda hours=hours: now + hours * 3_600_000_000_000)
        made.append(store.code(Span("wm-user-01", len(made), 20), "M09", coder=coder).id)
        assert store.latest() == made[-1]
    store.uncode(made[0], coder="anna")
    assert store.codings()["id"].tolist() == made[1:] == sorted(made[1:])
    undone = store.undo("anna")
    assert undone is not None
    assert undone.kind == "uncode"
    assert store.verify() == []
    with open_store(where) as again:
        pd.testing.assert_frame_equal(again.codings(), store.codings())


def test_as_of_goes_by_the_time_that_acts_were_dated_with(store: Store) -> None:
    early = store.code(Span("wm-user-01", 0, 3), "M09", coder="anna", at="2026-01-20T12:00:00Z")
    late = store.code(Span("wm-user-01", 4, 9), "M12", coder="anna", at="2026-01-20T11:00:00Z")  # the clock went back
    assert store.codings(as_of="2026-01-20T11:30:00Z")["id"].tolist() == [late.id]
    assert store.codings(as_of="2026-01-20")["id"].tolist() == [early.id, late.id]
    with store._database.reading() as connection:
        assert codings_in_force(connection, "2026-01-19T00:00:00.000Z", None).empty
