"""An installation may learn more than we did: its model is used as long as it was made from the same lines as ours."""

from pathlib import Path

import numpy as np
import pytest

from nlu.components.intent import IntentModel
from nlu.templates import Template, digest, read_templates
from nlu.training import train

FEW = [t for t in read_templates() if t.intent in ("thanks", "vouch") and t.hand == "first"]
OWN = [
    Template("pluimpje voor de hele club", "thanks", "nl", "installation"),
    Template("no such intent", "dance", "nl", "installation"),
    Template("no such {slot}", "thanks", "nl", "installation"),
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("installation") / "intents.npz"
    report = train(path, OWN, FEW)
    assert report.accuracy > 0.9
    return path


def test_its_own_model_is_used(model: Path) -> None:
    assert IntentModel.of_installation(model).intents == ("thanks", "vouch")


def test_training_again_gives_the_same_model(model: Path, tmp_path: Path) -> None:
    train(tmp_path / "again.npz", OWN, FEW)

    one, other = IntentModel.load(model), IntentModel.load(tmp_path / "again.npz")
    assert np.array_equal(one.weights, other.weights)


def test_a_correction_changes_what_is_learned(model: Path, tmp_path: Path) -> None:
    train(tmp_path / "without.npz", (), FEW)
    said, thanks = "pluimpje voor de hele club", IntentModel.load(model).place["thanks"]

    without = IntentModel.load(tmp_path / "without.npz").scores(said)[thanks]
    assert IntentModel.load(model).scores(said)[thanks] > without


def test_a_model_of_an_older_seintje_is_left(model: Path, tmp_path: Path) -> None:
    with np.load(model) as data:
        np.savez(tmp_path / "old.npz", **{**data, "base": np.array("older")})

    assert len(IntentModel.of_installation(tmp_path / "old.npz").intents) > 2
    assert len(IntentModel.of_installation(tmp_path / "none.npz").intents) > 2


def test_the_model_carries_the_digest_of_its_lines(model: Path) -> None:
    with np.load(model) as data:
        assert str(data["base"]) == digest()
