"""The solver stays behind its door, and brings nothing along that nobody needs."""

import subprocess
import sys
from pathlib import Path

import outreach

ROOT = Path(outreach.__file__).parent


def test_one_module_knows_the_solver() -> None:
    knowing = [path.name for path in ROOT.rglob("*.py") if "pyvrp" in path.read_text("utf-8")]
    assert knowing == ["solving.py"]


def test_what_the_solver_draws_with_is_never_loaded() -> None:
    look = "import sys, outreach.planning.solving; print('matplotlib' in sys.modules)"
    command = [sys.executable, "-c", look]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.strip() == "False"
