"""The rules of the house: who may import whom, and how long a page may be."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(path for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py")


def test_import_contracts_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_are_thin(page: Path) -> None:
    assert len(page.read_text().splitlines()) <= 100


def test_no_file_is_a_drawer_for_everything() -> None:
    names = {path.stem for path in (ROOT / "core").rglob("*.py")}
    assert not names & {"utils", "util", "common", "helpers", "misc"}


def test_no_class_name_stands_for_two_things() -> None:
    modules: dict[str, list[str]] = {}
    for path in sorted((ROOT / "core").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                modules.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: found for name, found in modules.items() if len(found) > 1} == {}


@pytest.mark.parametrize("path", sorted((ROOT / "core").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_pickle_is_ever_loaded(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
            assert not {"pickle", "joblib", "dill", "marshal"} & {name.split(".")[0] for name in names}
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) != "torch.load"
            if ast.unparse(node.func) == "np.load":
                assert "allow_pickle=False" in ast.unparse(node)


def test_whoever_cannot_see_or_hear_what_is_shown_is_told() -> None:
    """Streamlit gives charts, pictures and players no name by themselves."""
    shown = {"echarts_chart", "plotly_chart", "image", "audio", "video"}
    nameless = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("core", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in shown
        if not {keyword.arg for keyword in call.keywords} & {"alt", None}
    ]
    assert not nameless
