import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_rows import rows

from workbench.records import Records, read_records

Read = Callable[..., Records]
HEADER = "Force,Forename,Surname,DOB,PNC ID,Contact date,Contact reason,Outcome\n"


def people(records: Records) -> list[str]:
    return [person for (person,) in rows(records.incidents, "person")]


def test_the_same_person_has_the_same_id_however_written(read: Read) -> None:
    body = """Durham,Ann Mary,O'Testperson,03/11/1990,fic/0001-A,03/11/2021,,8
Durham,ANN MARY,OTESTPERSON,1990-11-03,FIC 0001A,04/11/2021,,8
Durham,Ann  Mary,O'Testperson,03/11/1990,Not recorded on PNC,05/11/2021,,8
Durham,Ann,Other,03/11/1990,FIC/0002B,06/11/2021,,8
"""
    first, second, third, other = people(read({"durham.csv": HEADER + body}))
    assert first == second == third
    assert other != first


def test_a_shared_name_and_birth_date_joins_nobody(read: Read) -> None:
    body = """Durham,Ann,Ex,03/11/1990,FIC/1,03/11/2021,,8
Durham,Ann,Ex,03/11/1990,FIC/2,04/11/2021,,8
Durham,Ann,Ex,03/11/1990,,05/11/2021,,8
Durham,Ann,Ex,,,06/11/2021,,8
"""
    records = read({"durham.csv": HEADER + body})
    assert len(set(people(records))) == 4
    assert records.quality.query("check == 'person not sure'")["n"].tolist() == [2]


def test_keys_give_the_same_ids_next_time_and_only_their_owner_reads_them(read: Read, tmp_path: Path) -> None:
    body = """Durham,Ann,Ex,03/11/1990,FIC/1,03/11/2021,,8
Durham,Ann,Ex,03/11/1990,FIC/2,04/11/2021,,8
Durham,Ann,Ex,03/11/1990,,05/11/2021,,8
Durham,Bob,,,,06/11/2021,,8
Durham,Cat,Wye,01/01/1980,,07/11/2021,,8
"""
    keys = tmp_path / "keys" / "people.csv"
    first = people(read({"durham.csv": HEADER + body}, keys=keys))
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    again = people(read({"durham.csv": HEADER + body}, keys=keys))
    assert again == first
    later = body.replace("Durham,Cat,Wye,01/01/1980,,", "Durham,Cat,Wye,01/01/1980,FIC/3,")
    assert people(read({"durham.csv": HEADER + later}, keys=keys)) == first


def test_without_keys_ids_are_new_each_time(read: Read) -> None:
    body = HEADER + "Durham,Ann,Ex,03/11/1990,FIC/1,03/11/2021,,8\n"
    assert people(read({"durham.csv": body})) != people(read({"durham.csv": body}))


def test_a_name_typed_into_free_text_is_taken_out_and_counted(read: Read) -> None:
    body = 'Durham,Ann,Testperson,03/11/1990,FIC/77,03/11/2021,"Stop of TESTPERSON, born 3/11/1990 (fic77)",8\n'
    log = "Case ref,PNC No,Activity,Date,Notes\nc1,FIC/77,contact,04/11/2021,Rang Ann twice\n"
    records = read({"durham.csv": HEADER + body, "durham-events.csv": log})
    assert rows(records.incidents, "contact_reason") == [("Stop of [removed] born [removed] ([removed])",)]
    assert rows(records.events, "note") == [("Rang [removed] twice",)]
    found = records.quality.query("check == 'identity in free text'")
    assert found[["place", "value", "n"]].values.tolist() == [["incidents", "contact_reason", 1], ["events", "note", 1]]


LETTERS = st.text("QXZJKVWY", min_size=4, max_size=8)
BIRTHS = st.dates(date(1940, 1, 1), date(2002, 12, 31))
SOMEBODY = st.tuples(LETTERS, LETTERS, BIRTHS, st.integers(10**6, 10**7 - 1))
EVERYBODY = st.lists(SOMEBODY, min_size=1, max_size=5, unique_by=lambda one: one[3])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVERYBODY)
def test_no_identifier_of_the_input_occurs_anywhere_in_the_tables(tmp_path: Path, everybody: list) -> None:  # type: ignore[type-arg]
    folder = tmp_path / "records"
    folder.mkdir(exist_ok=True)
    lines = [
        f"Durham,{first},{last},{born:%d/%m/%Y},FIC/{number}Q,03/11/2021,"
        f"{first} {last} seen; fic{number}q; {born:%d.%m.%Y},8"
        for first, last, born, number in everybody
    ]
    (folder / "durham.csv").write_text(HEADER + "\n".join(lines) + "\n")
    log = "Case ref,PNC No,Activity,Date,By,Notes\n" + "\n".join(
        f"case{place},FIC/{number}Q,encounter,03/11/2021,officer of {last},{first} is well"
        for place, (first, last, _, number) in enumerate(everybody)
    )
    (folder / "durham-events.csv").write_text(log + "\n")
    with read_records(folder) as records:
        shown = (
            " ".join(str(table.to_pylist()) for table in (records.stages.to_pyarrow(), records.events.to_pyarrow()))
            + records.quality.to_csv()
        )
    for first, last, born, number in everybody:
        hidden = [first, last, str(number), f"{born:%d/%m/%Y}", f"{born:%Y-%m-%d}", f"{born:%d.%m.%Y}"]
        assert [text for text in hidden if text.casefold() in shown.casefold()] == []
