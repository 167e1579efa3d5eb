"""The house stands as it was drawn: imports point down, modules stay small."""

import ast
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = [p for p in (ROOT / "outreach").rglob("*.py") if "migrations" not in p.parts]


def _lint_imports(where: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)  # noqa: S603


def test_a_forbidden_import_is_found(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "outreach",
        tmp_path / "outreach",
        ignore=shutil.ignore_patterns("static", "__pycache__"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert _lint_imports(tmp_path).returncode == 0
    planted = tmp_path / "outreach" / "visits" / "rounds.py"
    planted.write_text(planted.read_text() + "\nimport outreach.handover.models\n")
    found = _lint_imports(tmp_path)
    assert found.returncode != 0
    assert "outreach.visits is not allowed to import outreach.handover" in found.stdout


def _lines(path: Path) -> int:
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def test_modules_stay_small() -> None:
    sizes = sorted(_lines(path) for path in MODULES)
    assert statistics.median(sizes) <= 80
    assert sizes[int(len(sizes) * 0.9)] <= 200
    assert [str(p) for p in MODULES if _lines(p) > 300] == []


def test_functions_stay_small() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []
