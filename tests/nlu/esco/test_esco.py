"""A list taken over from ESCO widens what is recognised, and what is our own goes first."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nlu import Context, Reader, esco, taxonomy

DOWNLOAD = Path(__file__).parent / "download"  # made up, in the shape of the public files


@pytest.fixture
def extended(tmp_path: Path) -> Iterator[Path]:
    target = tmp_path / esco.FILE
    assert esco.take_over(DOWNLOAD, target) == (3, 2)
    taxonomy.extend(target)
    yield target
    taxonomy.extend(tmp_path / "nothing.json")


@pytest.mark.parametrize(
    ("said", "canonical"),
    [
        ("projecttrekker", "projectleider"),
        ("project head", "projectleider"),
        ("cloud weaver", "wolkenwever"),
        ("wolkenweefsters", "wolkenwever"),
        ("kaarster", "kaarser/kaarster"),
        ("wolken maken", "wolken weven"),
        ("python (programmeertaal)", "python"),
    ],
)
@pytest.mark.usefixtures("extended")
def test_a_label_leads_to_its_concept(said: str, canonical: str) -> None:
    assert taxonomy.canonical(said) == canonical


@pytest.mark.usefixtures("extended")
def test_a_concept_has_both_names_and_its_kind() -> None:
    assert taxonomy.display("cloud weaver", "nl") == "wolkenwever"
    assert taxonomy.display("wolkenweefster", "en") == "cloud weaver"
    assert taxonomy.kind_of("wolken weven") == "skill"


@pytest.mark.usefixtures("extended")
def test_roles_are_found_in_a_text_and_skills_are_not() -> None:
    lead = (
        Reader()
        .read(
            "zoek een wever van wolken om in de lucht werken te doen",
            Context(date(2026, 11, 21), form="lead"),
        )
        .lead
    )

    assert lead is not None
    assert lead.roles == ("wever van wolken",)
    assert lead.skills == ()


def test_without_the_list_nothing_of_it_is_known(extended: Path) -> None:
    taxonomy.extend(extended.with_name("nothing.json"))

    assert taxonomy.kind_of("wolkenwever") is None
    assert taxonomy.canonical("projecttrekker") == "projecttrekker"


@pytest.mark.parametrize("name", ["occupations_nl", "occupations_en", "skills_nl", "skills_en"])
def test_a_missing_file_is_named_and_the_old_list_stays(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "download"
    shutil.copytree(DOWNLOAD, folder)
    (folder / f"{name}.csv").unlink()
    target = tmp_path / esco.FILE
    target.write_text("[]", encoding="utf-8")

    with pytest.raises(esco.EscoError, match=f"{name}.csv is not there"):
        esco.take_over(folder, target)
    assert target.read_text(encoding="utf-8") == "[]"


def test_each_language_may_lie_in_a_folder_of_its_own_as_it_was_unpacked(tmp_path: Path) -> None:
    for code in ("nl", "en"):
        own = tmp_path / f"ESCO dataset - v1.2.0 - classification - {code} - csv"
        own.mkdir()
        for file in DOWNLOAD.glob(f"*_{code}.csv"):
            shutil.copy(file, own)

    assert esco.take_over(tmp_path, tmp_path / esco.FILE) == (3, 2)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "download"
    shutil.copytree(DOWNLOAD, folder)
    (folder / "occupations_en.csv").write_text("conceptUri,preferredLabel\n", encoding="utf-8")

    with pytest.raises(esco.EscoError, match="no column altLabels, iscoGroup"):
        esco.take_over(folder, tmp_path / esco.FILE)
