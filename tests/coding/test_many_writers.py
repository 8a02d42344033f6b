"""Several processes, and processes that die: nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbench.coding import Store, identity, open_store
from workbench.coding.identity import new_id
from workbench.corpus.span import Span

WRITER = """
import sys
from workbench.coding import open_store
from workbench.corpus.span import Span
where, coder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = open_store(where)
for start in range(count):
    store.code(Span("wm-officer-01", start % 40, start % 40 + 2 + start // 40), "M01", coder=coder)
    print(start + 1, flush=True)
"""
ROOT = Path(__file__).parents[2]


def writer(where: Path, coder: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, str(where), coder, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_four_processes_writing_at_once_lose_nothing(store: Store, where: Path) -> None:
    writers = [writer(where, coder, 40) for coder in ("anna", "anna", "ben", "cara")]
    for process in writers:
        process.communicate(timeout=120)
    assert [process.returncode for process in writers] == [0, 0, 0, 0]
    assert store.codings()["coder"].value_counts().to_dict() == {"anna": 40, "ben": 40, "cara": 40}
    assert store.verify() == []


def test_what_a_process_had_stored_is_there_after_it_was_killed(store: Store, where: Path) -> None:
    process = writer(where, "anna", 400)
    assert process.stdout is not None
    reported = [int(process.stdout.readline()) for _ in range(5)][-1]
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=60)
    process.stdout.close()
    with open_store(where) as reopened:
        assert len(reopened.codings()) >= reported
        assert reopened.verify() == []
        reopened.code(Span("wm-user-01", 0, 3), "M09", coder="anna")
        assert reopened.verify() == []


def test_a_reader_does_not_wait_for_a_writer(store: Store, where: Path) -> None:
    with open_store(where) as other, other._database.writing():
        begun = time.monotonic()
        assert store.codings().empty
        assert time.monotonic() - begun < 5


def test_ids_rise_within_a_process_and_are_version_7(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_last", (0, 0))  # another test may have met a clock that runs ahead
    ids = [new_id() for _ in range(3000)]
    assert ids == sorted(set(ids))
    assert {each[12] for each in ids} == {"7"}
    assert {each[16] for each in ids} <= set("89ab")
    assert abs(int(ids[0][:12], 16) / 1000 - time.time()) < 60


def test_an_id_follows_one_from_a_clock_that_runs_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_last", (0, 0))  # and put back afterwards
    ahead = f"{int(time.time() * 1000) + 86_400_000:012x}7fff{'b':f<16}"
    assert ahead < new_id(ahead)
    assert new_id(ahead)[12] == "7"
