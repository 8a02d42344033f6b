"""However a file is damaged, it is read as far as can be or refused in words; never anything else."""

import contextlib
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refi_files import ANN, BOOK, RISK, TRUST, USERS, guid, passage, project, qdpx, text_source

from workbench.errors import InputError
from workbench.exchange.refi import read_codebook_file, read_project, read_tagged, write_project

EASY = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
WHOLE = project(
    text_source(passage(1, 0, 3, name="Ann") + f'<NoteRef targetGUID="{guid(51)}"/>'),
    before=f'{USERS}{BOOK}'
    f'<Variables><Variable guid="{guid(31)}" name="age" typeOfVariable="Integer"/></Variables>'
    f'<Cases><Case guid="{guid(41)}"><CodeRef targetGUID="{RISK}"/><VariableValue>'
    f'<VariableRef targetGUID="{guid(31)}"/>'
    "<IntegerValue>41</IntegerValue></VariableValue></Case></Cases>",
    after=f'<Notes><Note guid="{guid(51)}" creationDateTime="2024-03-01T10:00:00Z" creatingUser="{ANN}"/></Notes>'
    f'<Links><Link guid="{guid(71)}" direction="OneWay" originGUID="{TRUST}"/></Links>'
    f'<Sets><Set guid="{guid(81)}" name="s"><MemberCode targetGUID="{TRUST}"/></Set></Sets>',
)  # fmt: skip
WORDS = st.sampled_from(
    ["", "x", "-1", "99999999999999999999", "{", "}", "\x00", "é😀", "true", TRUST, "2024", "&#0;", "<", "/"]
)


def tried(path: Path) -> None:
    """Read it; whatever can be read can be written, and read again."""
    try:
        found = read_project(path)
    except InputError:
        return
    write_project(found, path.with_name("again.qdpx"))
    again = read_project(path.with_name("again.qdpx"))
    assert (again.codes, again.users, again.cases) == (found.codes, found.users, found.cases)


@EASY
@given(st.integers(0, len(WHOLE)), st.integers(0, 60), WORDS)
def test_xml_with_a_piece_replaced(tmp_path: Path, at: int, length: int, put: str) -> None:
    tried(qdpx(tmp_path / "a.qdpx", WHOLE[:at] + put + WHOLE[at + length :], {"sources/one.txt": b"Ann said so."}))


@EASY
@given(st.data(), WORDS)
def test_xml_with_a_value_replaced(tmp_path: Path, data: st.DataObject, put: str) -> None:
    parts = WHOLE.split('"')
    number = 2 * data.draw(st.integers(0, len(parts) // 2 - 1)) + 1
    parts[number] = put.replace("<", "&lt;")
    tried(qdpx(tmp_path / "a.qdpx", '"'.join(parts), {"sources/one.txt": b"Ann said so."}))


@EASY
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=4))
def test_a_zip_with_bytes_replaced(tmp_path: Path, at: int, put: bytes) -> None:
    path = qdpx(tmp_path / "a.qdpx", WHOLE, {"sources/one.txt": b"Ann said so."})
    raw = path.read_bytes()
    at %= len(raw)
    path.write_bytes(raw[:at] + put + raw[at + len(put) :])
    tried(path)


@EASY
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=100).map(lambda text: f"<p>{text}<strong>".encode("utf-8", "replace"))
    )
)
def test_any_bytes(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(raw)
    for reader in (read_project, read_codebook_file, read_tagged):
        with contextlib.suppress(InputError):
            reader(path)
