"""What README's commands do, done with the built wheel while the source tree is out of the way."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from closed_command import run

pytestmark = pytest.mark.xdist_group("wheel")
ROOT = Path(__file__).parents[2]
NOT_HERE = ("shape", "journeys")  # they look at the repository, or would run themselves


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment that has the wheel and the lock's packages, and no source tree."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    environment = folder / "venv"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))
    shutil.unpack_archive(next(folder.glob("*.whl")), packages, format="zip")
    # A path file adds the lock's packages; the editable install's own path file beside them is not read.
    (packages / "lock.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_the_package_is_the_wheels(installed: Path, tmp_path: Path) -> None:
    where = "import workbench; print(workbench.__file__)"
    done = subprocess.run([str(installed), "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert str(installed.parents[1]) in done.stdout


def test_make_demo_by_the_wheel(installed: Path, tmp_path: Path) -> None:
    done = run("demo", "build/demo", "--suspects", "1500", cwd=tmp_path, python=str(installed))
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.splitlines()[-1]).is_file()


def test_make_test_by_the_wheel(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__", *NOT_HERE))
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [str(installed), "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
