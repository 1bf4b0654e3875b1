"""What the linters cannot see."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from db import tables

ROOT = Path(__file__).parents[1]
ROOMS = ("assistant", "dialogs", "nlu", "db")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
BUILD_TOOLS = {Path("nlu/build_places.py")}  # run by developers only, who have the `dev` extra
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MAKE = re.compile(r"^(?:make (\w+))|`make (\w+)", re.MULTILINE)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_protocol(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and "Protocol" in {ast.unparse(base) for base in node.bases}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_only_channels_are_async(path: Path) -> None:
    """A protocol may promise what channels do."""
    module = ast.parse(path.read_text())
    promised = {inner for node in ast.walk(module) if is_protocol(node) for inner in ast.walk(node)}
    found = [
        node.name
        for node in ast.walk(module)
        if isinstance(node, ast.AsyncFunctionDef) and node not in promised
    ]

    assert "channels" in path.parts or found == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_opens_with_a_sentence(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text()))

    assert docstring is not None
    assert docstring.split("\n\n")[0].endswith((".", "?", "!", ":"))


def test_a_file_imports_only_what_is_installed_with_seintje() -> None:
    """A library that comes along with another one may go away with it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {re.split(r"[^\w.-]", line)[0].lower() for line in project["dependencies"]}
    brought = packages_distributions()
    undeclared = {
        f"{named(path)}: {name}"
        for path in FILES
        if path.relative_to(ROOT) not in BUILD_TOOLS
        for name in libraries(path)
        if declared.isdisjoint(each.lower().replace("_", "-") for each in brought.get(name, []))
    }

    assert undeclared == set()


def libraries(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names} - set(ROOMS) - sys.stdlib_module_names


def test_every_language_knows_every_intent() -> None:
    languages = [path for path in (ROOT / "nlu" / "languages").iterdir() if path.is_dir()]
    intents = {
        language.name: {path.stem for path in (language / "intents").iterdir()} for language in languages
    }

    assert intents["nl"]
    assert intents == dict.fromkeys(intents, intents["nl"])


def test_alembic_folder_is_no_package() -> None:
    assert not (ROOT / "alembic" / "__init__.py").exists()


@pytest.mark.parametrize("path", sorted((ROOT / "db").glob("*.py")), ids=named)
def test_every_table_is_known_to_migrations(path: Path) -> None:
    found = {
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and "__tablename__" in ast.unparse(node)
    }

    assert found <= set(tables.__all__), "add it to db/tables.py"


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_documents_name_only_targets_that_exist(path: Path) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    asked = {one or other for one, other in MAKE.findall(path.read_text())}

    assert asked <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_documents_link_to_files_that_exist(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text())

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_lock_files_hold_versions_only() -> None:
    for path in ROOT.glob("requirements*.lock"):
        lines = path.read_text().splitlines()
        assert lines, path.name
        assert [line for line in lines if not re.match(r"[\w.-]+==[\w.]+( ; .+)?$", line)] == []


def test_the_two_locks_agree() -> None:
    ours, tests = (
        (ROOT / name).read_text().splitlines() for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert set(ours) <= set(tests)
