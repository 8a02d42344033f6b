"""A store made by an earlier version opens, keeps everything, and can do what the new version can."""

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from workbench.coding import open_store
from workbench.corpus.span import Span
from workbench.errors import InputError

FIELDS = [
    "id", "coder", "at", "kind", "target", "document", "start", "end", "code", "stance", "origin", "memo", "quote",
    "previous", "hash",
]  # fmt: skip
VERSION_1 = """
CREATE TABLE documents (document TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, sha256 VARCHAR(64) NOT NULL,
  text TEXT NOT NULL, attributes JSON NOT NULL);
CREATE TABLE turns (document TEXT NOT NULL, turn INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  attributes JSON NOT NULL, PRIMARY KEY (document, turn), FOREIGN KEY(document) REFERENCES documents (document));
CREATE TABLE suggestions (id TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL, start INTEGER NOT NULL,
  "end" INTEGER NOT NULL, turn INTEGER, code TEXT NOT NULL, source TEXT NOT NULL, score FLOAT, why TEXT, model TEXT,
  at TEXT, FOREIGN KEY(document) REFERENCES documents (document));
CREATE TABLE acts (id VARCHAR(32) NOT NULL PRIMARY KEY, coder TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL,
  target TEXT, document TEXT, start INTEGER, "end" INTEGER, code TEXT, stance TEXT, origin TEXT, memo TEXT,
  quote TEXT, previous VARCHAR(64) NOT NULL, hash VARCHAR(64) NOT NULL,
  FOREIGN KEY(document) REFERENCES documents (document));
CREATE INDEX acts_by_coder ON acts (coder, id);
CREATE INDEX acts_by_document ON acts (document, coder);
CREATE TRIGGER acts_refuse_update BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'acts are only ever added'); END;
CREATE TRIGGER acts_refuse_delete BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'acts are only ever added'); END;
"""


def sealed(number: int, previous: str, **what: Any) -> dict[str, Any]:
    """Return an act as version 1 sealed it: its words within the seal."""
    act = {"id": f"01900000000070008000{number:012x}", "at": "2026-01-15T10:00:00.000Z", "previous": previous, **what}
    act = {name: act.get(name) for name in FIELDS if name != "hash"}
    canonical = json.dumps(act, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return act | {"hash": hashlib.sha256(canonical.encode()).hexdigest()}


@pytest.fixture
def old(tmp_path: Path, corpus: Any) -> Path:
    path = tmp_path / "old.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(VERSION_1)
    for position, (document, text) in enumerate(corpus.texts.items()):
        row = (document, position, hashlib.sha256(text.encode()).hexdigest(), text, json.dumps({"document": document}))
        connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", row)
    about = {"coder": "anna", "document": "wm-user-01"}
    first = sealed(
        1, "", **about, kind="code", start=23, end=36, code="M09", origin="human", memo="", quote="made me think"
    )
    second = sealed(2, first["hash"], **about, kind="memo", target=first["id"], memo="turning point")
    for act in (first, second):
        row = tuple(act[name] for name in FIELDS)
        connection.execute(f"INSERT INTO acts VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
    connection.commit()
    connection.close()
    return path


def test_an_old_store_opens_with_its_codings_seals_and_fingerprint(old: Path, corpus: Any) -> None:
    connection = sqlite3.connect(old)
    seals = connection.execute("SELECT id, hash FROM acts ORDER BY id").fetchall()
    connection.close()
    for _ in range(2):
        with open_store(old) as store:
            assert store.codings()[["quote", "memo"]].values.tolist() == [["made me think", "turning point"]]
            assert store.acts()[["id", "hash"]].values.tolist() == [list(row) for row in seals]
            assert store.revisions()[["document", "revision"]].values.tolist() == [
                ["wm-officer-01", 1], ["wm-user-01", 1]
            ]  # fmt: skip
            assert store.verify() == []
            assert store.text("wm-user-01", revision=1) == corpus.text("wm-user-01")


def test_in_an_old_store_codings_move_and_words_can_be_erased(old: Path, corpus: Any) -> None:
    corpus.texts["wm-user-01"] = corpus.texts["wm-user-01"].replace("made me think", "made me really think")
    corpus.turns = corpus.turns[corpus.turns["document"] != "wm-user-01"]
    with open_store(old) as store:
        store.add_corpus(corpus)
        assert store.codings()[["quote", "memo"]].values.tolist() == [["made me really think", "turning point"]]
        store.code(Span("wm-user-01", 0, 3), "M12", coder="anna", memo="new words")
        store.withdraw("wm-user-01", coder="lead")
        assert store.verify() == []
        assert store.withdrawn()["codings"].tolist() == [2]
    assert not any(word in old.read_bytes() for word in (b"me think", b"really think", b"turning point", b"new words"))


def test_an_act_of_an_old_store_that_was_touched_still_shows(old: Path) -> None:
    with open_store(old) as store:
        connection = sqlite3.connect(old)
        connection.execute("DROP TRIGGER acts_refuse_update")
        connection.execute("UPDATE acts SET quote = 'made me laugh' WHERE kind = 'code'")
        connection.commit()
        connection.close()
        assert [problem.what.split(": ")[-1] for problem in store.verify()] == ["it was changed after it was written"]


def test_a_store_of_a_later_version_is_refused_in_plain_words(old: Path) -> None:
    open_store(old).close()
    connection = sqlite3.connect(old)
    connection.execute("INSERT INTO version VALUES (99)")
    connection.commit()
    connection.close()
    with pytest.raises(InputError, match="this coding store is of version 99"):
        open_store(old)


VERSION_2 = """
ALTER TABLE acts ADD COLUMN revision VARCHAR(64);
ALTER TABLE acts ADD COLUMN words VARCHAR(64);
CREATE INDEX acts_by_kind ON acts (kind, document);
CREATE TABLE revisions (document TEXT NOT NULL, revision INTEGER NOT NULL, sha256 VARCHAR(64) NOT NULL, text TEXT,
  turns JSON, at TEXT NOT NULL, "by" TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (document, revision),
  FOREIGN KEY(document) REFERENCES documents (document));
CREATE TABLE version (version INTEGER NOT NULL PRIMARY KEY);
INSERT INTO version VALUES (2);
DROP TRIGGER acts_refuse_update;
UPDATE acts SET revision = (SELECT sha256 FROM documents WHERE documents.document = acts.document);
INSERT INTO revisions SELECT document, 1, sha256, NULL, NULL, '2026-01-15T09:00:00.000Z', 'import', '' FROM documents;
CREATE TRIGGER acts_refuse_update BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'acts are only ever added'); END;
"""


@pytest.fixture
def second(old: Path) -> Path:
    connection = sqlite3.connect(old)
    connection.executescript(VERSION_2)
    connection.close()
    return old


def test_a_store_of_version_2_gets_its_codings_in_force_and_goes_on(second: Path) -> None:
    for _ in range(2):
        with open_store(second) as store:
            assert store.codings()[["quote", "memo"]].values.tolist() == [["made me think", "turning point"]]
            assert store.counts().values.tolist() == [["M09", "anna", 1, 1]]
            assert [coding["memo"] for coding in store.coded_document("wm-user-01").codings] == ["turning point"]
            assert store.verify() == []
    with open_store(second) as store:
        store.code(Span("wm-user-01", 0, 3), "M12", coder="ben")
        undone = store.undo("anna")
        assert undone is not None
        assert undone.kind == "memo"
        assert store.codings()["memo"].tolist() == ["", ""]
        assert store.verify() == []
    connection = sqlite3.connect(second)
    assert connection.execute("SELECT version FROM version ORDER BY version").fetchall() == [(2,), (3,)]
    indexes = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    connection.close()
    assert {"suggestions_by_document", "in_force_by_document", "in_force_by_code", "acts_by_kind"} <= indexes
