"""Fictional people and the contacts that police had with them."""

import numpy as np
import pandas as pd

from workbench.demo.records.plan import COHORT_END, ETHNIC_CODES, EXTRACT_DAY, FIRST_DAY, OFFICER_SEES, Plan

FIRST_NAMES = (
    "Aldwen", "Bramley", "Corvin", "Dashel", "Elmory", "Fenwick", "Garrow", "Hestia", "Ivolo", "Jessamy", "Kelvo",
    "Lorcan", "Mirelle", "Nadir", "Orsolo", "Perrin", "Quillan", "Rosamel", "Sorrell", "Tamsyn", "Ulvic", "Vashti",
    "Wendrel", "Yarrow", "Zennor", "Abiso", "Brisca", "Calder", "Dunmore", "Esmay", "Farouko", "Gwendry", "Hollis",
    "Isandro", "Jorvik", "Kasimo", "Leofwen", "Mabyn", "Nuri-Ann", "Osric",
)  # fmt: skip
LAST_NAMES = (
    "Ashgrave", "Bellweather", "Crowmarsh", "Dunthorpe", "Everlode", "Fallowby", "Greenhythe", "Harrowgill",
    "Inkberrow", "Jollicot", "Kestrelby", "Larkhanger", "Mossgrove", "Nettlecombe", "Oxshade", "Pennyquick",
    "Quarrendon", "Ravensholt", "Saltmarch", "Thornaby-Vale", "Underwick", "Vellacourt", "Wintersgill", "Yaxmere",
    "Zealwood", "Abberwyn", "Brackenthwaite", "Coldmarsh", "Dovecliffe", "Elderkin", "Fernsby", "Gristwell",
    "Hobblethorn", "Ironmoor", "Jarrowfell", "Kittlewick", "Lowerdale", "Meadowcroft-Iyo", "Northam-Oke",
    "Oldcastle-Amin", "Pellowdene", "Quickfall", "Rookhanger", "Silverlake", "Tanglewood", "Upperthong",
    "Van der Moss", "Whistlecraft", "Yewbarrow", "Zouchley",
)  # fmt: skip

DRUGS = (
    ("possession-cannabis", "cannabis", 0.81),
    ("possession-cocaine", "cocaine", 0.09),
    ("possession-mdma", "MDMA", 0.02),
    ("possession-ketamine", "ketamine", 0.03),
    ("possession-heroin", "heroin", 0.03),
    ("possession-crack", "crack cocaine", 0.02),
)
GROUP_2 = (("theft-from-shop", 0.45), ("assault", 0.25), ("damage", 0.20), ("theft", 0.10))


def choose(rng: np.random.Generator, n: int, options: tuple[str, ...], shares: tuple[float, ...]) -> np.ndarray:
    """Draw n options with these shares."""
    share = np.asarray(shares, dtype=float)
    return np.asarray(options, dtype=object)[rng.choice(len(options), size=n, p=share / share.sum())]


def draw_people(plan: Plan, suspects: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return one row per fictional person: names, a number like no real one, force, sex, ethnicity, first contact."""
    scheme = rng.choice(len(plan.schemes), size=suspects, p=[one.share for one in plan.schemes])
    year = pd.date_range(FIRST_DAY, COHORT_END)
    after = pd.date_range(COHORT_END, EXTRACT_DAY)[1:]
    day = np.where(rng.random(suspects) < plan.recent, rng.choice(after, suspects), rng.choice(year, suspects)).astype(
        "datetime64[D]"
    )
    adult = 18.2 + rng.gamma(1.6, 7.0, suspects)
    age = np.where(rng.random(suspects) < plan.under_18, rng.uniform(15, 18, suspects), np.minimum(adult, 84))
    serial = rng.permutation(suspects) * 7 + 1_000_003
    letters = rng.choice(list("ABCDEFGHJKLM"), suspects)
    people = pd.DataFrame(
        {
            "person": np.arange(suspects),
            "scheme": scheme,
            "first_name": choose(rng, suspects, FIRST_NAMES, (1.0,) * len(FIRST_NAMES)),
            "last_name": choose(rng, suspects, LAST_NAMES, (1.0,) * len(LAST_NAMES)),
            # Letters stand first, where a real number has its year: nobody can hold one of these.
            "pnc": [f"FIC/{number:07d}{letter}" for number, letter in zip(serial, letters, strict=True)],
            "dob": day - np.round(age * 365.25).astype("timedelta64[D]"),
            "sex": choose(rng, suspects, ("Male", "Female", "Unknown", "Indeterminate"), (0.865, 0.12, 0.012, 0.003)),
            "day": day,
        }
    )  # fmt: skip
    return people.assign(**_ethnicity(plan, scheme, rng))


def _ethnicity(plan: Plan, scheme: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    group = np.empty(len(scheme), dtype=object)
    code = np.empty(len(scheme), dtype=object)
    officer = np.empty(len(scheme), dtype=object)
    for number, one in enumerate(plan.schemes):
        here = scheme == number
        group[here] = choose(rng, int(here.sum()), tuple(one.ethnicity), tuple(one.ethnicity.values()))
    for name, (codes, shares) in ETHNIC_CODES.items():
        here = group == name
        n = int(here.sum())
        code[here] = choose(rng, n, codes, shares)
        officer[here] = choose(rng, n, tuple(OFFICER_SEES[name]), tuple(OFFICER_SEES[name].values()))
    return {"group": group, "ethnicity_self": code, "ethnicity_officer": officer}


def draw_contacts(plan: Plan, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return one row per contact, some people twice, in order of day: what was found, and the time."""
    again = people[rng.random(len(people)) < plan.repeats]
    later = again["day"] + pd.to_timedelta(rng.integers(20, 520, len(again)), unit="D")
    again = again.assign(day=later)[later <= pd.Timestamp(EXTRACT_DAY)]
    contacts = pd.concat([people.assign(second=False), again.assign(second=True)], ignore_index=True)
    contacts = contacts.sort_values(["day", "person"], kind="stable", ignore_index=True)
    n = len(contacts)
    offence = choose(rng, n, tuple(code for code, _, _ in DRUGS), tuple(share for _, _, share in DRUGS))
    drug = pd.Series(offence).map({code: drug for code, drug, _ in DRUGS}).to_numpy(dtype=object)
    chance = np.array([one.group_2 for one in plan.schemes])[contacts["scheme"]]
    wider = rng.random(n) < chance
    offence[wider] = choose(rng, int(wider.sum()), tuple(code for code, _ in GROUP_2), tuple(s for _, s in GROUP_2))
    drug[wider] = None
    born = contacts["dob"]
    birthday_ahead = (contacts["day"].dt.month, contacts["day"].dt.day)
    before = (birthday_ahead[0] < born.dt.month) | (
        (birthday_ahead[0] == born.dt.month) & (birthday_ahead[1] < born.dt.day)
    )
    arrest = np.array([one.arrested for one in plan.schemes])[contacts["scheme"]]
    number = contacts.groupby("scheme").cumcount() + 1
    prefix = np.array([one.prefix for one in plan.schemes])[contacts["scheme"]]
    return contacts.assign(
        offence=offence,
        drug=drug,
        offence_group=np.where(wider, "2", "1"),
        age=contacts["day"].dt.year - born.dt.year - before,
        arrested=rng.random(n) < arrest,
        case=[f"{letters}-{count:06d}" for letters, count in zip(prefix, number, strict=True)],
        at=contacts["day"] + pd.to_timedelta(rng.integers(10 * 60, 23 * 60, n), unit="min"),
    )
