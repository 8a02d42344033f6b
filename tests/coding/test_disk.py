"""Disks that are full, closed or damaged: a coder is told where and what to do, and nothing acknowledged is lost."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.coding import Store, open_store
from workbench.corpus.span import Span
from workbench.errors import InputError

ROOT = Path(__file__).parents[2]
SPAN = Span("wm-user-01", 23, 36)
FILL = """
import resource, sys
from workbench.coding import open_store
from workbench.corpus.span import Span
from workbench.errors import InputError
where = sys.argv[1]
store, acknowledged = open_store(where), []
def write(most):
    for number in range(most):
        made = store.code(Span("wm-user-01", number % 30, 36), f"C{number}", coder="anna", memo="x" * 2000)
        acknowledged.append(made.id)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
try:
    write(1000)
except InputError as error:
    print(error)
assert store.codings()["id"].tolist() == acknowledged, "a reader sees what was acknowledged, and no more"
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
before = len(acknowledged)
write(before + 5)
assert store.codings()["id"].tolist() == sorted(set(acknowledged))
assert len(set(acknowledged)) == before + 5
assert store.verify() == []
print(before)
"""


def run(code: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_when_files_may_not_grow_the_call_fails_and_goes_through_again_with_room(store: Store, where: Path) -> None:
    store.close()
    error, before = run(FILL, str(where))
    assert error.startswith(f"{where}: the disk")
    assert "Nothing of this call was written" in error
    assert int(before) > 3


def test_a_full_database_takes_nothing_half_and_everything_again_with_room(store: Store) -> None:
    made = store.code(SPAN, "M09", coder="anna", memo="before")
    with store._database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    rows = [{"document": "wm-user-01", "start": 0, "end": n, "code": "M12", "memo": "x" * 3000} for n in range(1, 40)]
    with pytest.raises(InputError, match=r"the disk is full .*Nothing of this call was written.*Make room"):
        store.code_many(rows, coder="anna")
    assert (store.codings()["id"].tolist(), store.latest(), store.verify()) == ([made.id], made.id, [])
    with store._database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert len(store.code_many(rows, coder="anna")) == 39
    assert store.verify() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    return disk


def test_on_a_disk_that_is_really_full_nothing_is_lost(small_disk: Path, corpus: object) -> None:
    try:
        with open_store(small_disk / "codings.sqlite") as store:
            store.add_corpus(corpus)  # type: ignore[arg-type]
            acknowledged = []
            with pytest.raises(InputError, match=r"the disk (is full|failed)"):
                for number in range(2000):
                    span = Span("wm-user-01", number % 30, 36)
                    acknowledged.append(store.code(span, f"C{number}", coder="anna", memo="x" * 2000).id)
            assert store.codings()["id"].tolist() == acknowledged
            subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
            acknowledged.append(store.code(SPAN, "again", coder="anna").id)
            assert store.codings()["id"].tolist() == acknowledged
            assert store.verify() == []
    finally:
        subprocess.run(["umount", "-l", str(small_disk)], check=True)


READ_ONLY = """
import os, sys
from pathlib import Path
from workbench.coding import open_store
from workbench.corpus.span import Span
from workbench.errors import InputError
def look(where):
    with open_store(where) as store:
        yield f"{store.codings()['code'].tolist()} {store.verify()} {store.counts()['codings'].tolist()}"
        try:
            store.code(Span("wm-user-01", 0, 3), "M12", coder="ben")
        except InputError as error:
            yield error
if os.getuid() == 0:
    list(look(sys.argv[2]))  # nobody cannot read the interpreter's own files everywhere, so all are read before
    os.setgid(65534)
    os.setuid(65534)
print(*look(sys.argv[1]), sep="\\n")
"""


@pytest.fixture
def shared(store: Store) -> Iterator[Path]:
    """A copy of a store with one coding, in a folder that every user may enter (those of pytest are closed)."""
    store.code(SPAN, "M09", coder="anna")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codings.sqlite"
        store.backup(path)
        open_store(path).close()
        path.parent.chmod(0o755)
        yield path
        path.parent.chmod(0o755)


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)])
def test_what_may_only_be_read_is_read_and_a_coder_is_told_where_to_code(
    shared: Path, tmp_path: Path, file: int, folder: int
) -> None:
    shared.chmod(file)
    shared.parent.chmod(folder)
    seen, error = run(READ_ONLY, str(shared), str(tmp_path / "rehearsal.sqlite"))
    assert seen == "['M09'] [] [1]"
    assert error.startswith(f"{shared}: it may only be read here")
    assert "copy the store to a place where you may" in error


@pytest.mark.skipif(os.getuid() != 0, reason="another user is needed to read what this one writes")
def test_what_may_only_be_read_is_read_while_its_owner_writes(shared: Path, tmp_path: Path) -> None:
    with open_store(shared) as store:
        store.code(Span("wm-user-01", 0, 3), "M12", coder="anna")
        seen, error = run(READ_ONLY, str(shared), str(tmp_path / "rehearsal.sqlite"))
        assert (seen, "it may only be read here" in error) == ("['M09', 'M12'] [] [1, 1]", True)
        store.code(Span("wm-user-01", 4, 9), "M12", coder="anna")
        assert store.verify() == []


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def scratch(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 10))


@pytest.mark.parametrize("damage", [cut, scratch])
def test_a_damaged_file_is_told_as_such(store: Store, where: Path, damage: Callable[[Path], None]) -> None:
    rows = [{"document": "wm-user-01", "start": 0, "end": n % 40 + 1, "code": f"C{n}"} for n in range(400)]
    store.code_many(rows, coder="anna", memo="x" * 200)
    store.close()
    damage(where)
    with pytest.raises(InputError, match=r"damaged .*Put back a copy"), open_store(where) as damaged:
        raise InputError(damaged.verify())


def test_a_store_in_use_elsewhere_for_too_long_is_told_as_such(
    store: Store, where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store._database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(where, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(InputError, match=r"another program holds it .*try again"):
        store.code(SPAN, "M09", coder="anna")
    assert store.codings().empty
    holder.execute("ROLLBACK")
    holder.close()
    store.code(SPAN, "M09", coder="anna")


def test_a_copy_is_a_store_of_one_moment_and_replaces_nothing(store: Store, tmp_path: Path) -> None:
    store.code(SPAN, "M09", coder="anna")
    copy = store.backup(tmp_path / "copies" / "today.sqlite")
    store.code(SPAN, "M12", coder="anna")
    with open_store(copy) as copied:
        assert copied.codings()["code"].tolist() == ["M09"]
        assert copied.verify() == []
        assert store.merge(copied) == 0
    with pytest.raises(InputError, match="a copy never replaces another"):
        store.backup(copy)
    with pytest.raises(InputError, match="no copy can be made there"):
        store.backup(copy / "below-a-file.sqlite")
    assert sorted(path.name for path in copy.parent.iterdir()) == ["today.sqlite"]


def test_each_act_waits_until_the_disk_has_it(store: Store) -> None:
    with store._database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
