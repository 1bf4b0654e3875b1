"""Teaches the assistant what messages are for, from our templates: `python -m nlu.training`.

Some templates are set aside first, whole, to measure with and to learn how far the model may be believed; the
model that is kept then learns from all of them. Seeded and repeatable; a few minutes on two cores.
`python -m nlu.training HAND` writes nothing: it learns from all other hands and is judged by that one.
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlu.components.intent import (
    BUCKETS,
    CONFIDENT,
    MODEL,
    Indices,
    IntentModel,
    Weights,
    features,
    shares_of,
)
from nlu.templates import Template, digest, draw, fits, read_slots, read_templates

SEED = 20261121
DRAWS = 4  # messages a template: more of them hardly help, more templates do
EPOCHS, BATCH, RATE, DECAY = 5, 128, 8.0, 1e-6
HELD_OUT = 6  # one in so many templates is set aside


@dataclass(frozen=True, slots=True)
class Example:
    """A message, as its buckets, with the column of its intent."""

    buckets: Indices
    column: int


@dataclass(frozen=True, slots=True)
class Report:
    """How a model reads wordings it has not seen; all figures are shares of 1."""

    accuracy: float
    top_two: float
    acted_on: float  # messages with a reading above CONFIDENT
    right_when_acted_on: float
    templates: int


def train(
    path: Path = MODEL, also: Sequence[Template] = (), ours: Sequence[Template] | None = None
) -> Report:
    """Measure, calibrate, learn from everything and write the artefact; return the measurement.

    `also` are what an installation adds; one of an intent or with a slot we do not have is left out. `ours` are all
    the templates written here.
    """
    templates, slots = list(ours or read_templates()), read_slots()
    known = {template.intent for template in templates}
    templates += [each for each in also if each.intent in known and fits(each, slots[each.language])]
    intents, examples = _examples(templates)
    report, temperature = _measure(intents, examples)
    model = _fit(intents, examples)
    # Not compressed: that would save a tenth of the file, and every start would pay for it.
    beside = path.with_name(
        f"new-{path.name}"
    )  # at once: a process that starts now reads the old or the new one
    np.savez(
        beside,
        intents=np.array(intents),
        rarity=model.rarity.astype(np.float16),
        weights=model.weights.astype(np.float16),
        bias=model.bias,
        temperature=np.float32(temperature),
        digest=np.array(digest()),
        base=np.array(digest()),
    )
    beside.replace(path)
    return report


def judge(hand: str) -> Report:
    """Measure a model that learned from all hands but this one; writes nothing. ValueError for an unknown hand."""
    templates = read_templates()
    intents = tuple(sorted({template.intent for template in templates}))
    held = _examples([t for t in templates if t.hand == hand], intents)[1]
    if not held:
        raise ValueError(f"no hand is called {hand}")
    model = _fit(intents, _examples([t for t in templates if t.hand != hand], intents)[1])
    scores = _scores(model, held)
    columns = np.array([example.column for example in held])
    return _report(_softmax(scores / _temperature(scores, columns)), columns, len(held) // DRAWS)


def learn(templates: list[Template]) -> IntentModel:
    """Return a model, not yet calibrated, of these templates; the same one every time."""
    return _fit(*_examples(templates))


def evaluate() -> Report:
    """Measure on templates that are held out; writes nothing."""
    return _measure(*_examples(read_templates()))[0]


def _measure(intents: tuple[str, ...], examples: list[Example]) -> tuple[Report, float]:
    """Learn from most templates, judge by the others; return the temperature that suits them as well."""
    # Every HELD_OUT-th template of every file: all its messages stand next to each other.
    aside = [(number // DRAWS) % HELD_OUT == HELD_OUT - 1 for number in range(len(examples))]
    model = _fit(intents, [e for e, out in zip(examples, aside, strict=True) if not out])
    held = [e for e, out in zip(examples, aside, strict=True) if out]
    scores = _scores(model, held)
    columns = np.array([example.column for example in held])
    temperature = _temperature(scores, columns)
    return _report(_softmax(scores / temperature), columns, len(held) // DRAWS), temperature


def _report(shares: Weights, columns: Indices, templates: int) -> Report:
    order = np.argsort(-shares, axis=1)
    right = order[:, 0] == columns
    acted = shares.max(axis=1) > CONFIDENT
    return Report(
        accuracy=float(right.mean()),
        top_two=float((order[:, :2] == columns[:, None]).any(axis=1).mean()),
        acted_on=float(acted.mean()),
        right_when_acted_on=float(right[acted].mean()),
        templates=templates,
    )


def _examples(
    templates: list[Template], intents: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], list[Example]]:
    """Draw DRAWS messages a template."""
    rng, slots = random.Random(SEED), read_slots()  # noqa: S311 - noise, not secrets
    intents = intents or tuple(sorted({template.intent for template in templates}))
    examples = [
        Example(features(draw(template, slots[template.language], rng)), intents.index(template.intent))
        for template in templates
        for _ in range(DRAWS)
    ]
    return intents, examples


def _fit(intents: tuple[str, ...], examples: list[Example]) -> IntentModel:
    """Learn by multinomial logistic regression with Adagrad, on the buckets that occur in each batch."""
    rng = np.random.default_rng(SEED)
    rarity = _rarity(examples)
    shares = [shares_of(example.buckets, rarity) for example in examples]
    weights = np.zeros((BUCKETS, len(intents)), np.float32)
    bias = np.zeros(len(intents), np.float32)
    steps = np.full_like(weights, 1e-3)
    for _ in range(EPOCHS):
        order = rng.permutation(len(examples))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            used, table = _table([examples[i].buckets for i in chosen], [shares[i] for i in chosen])
            wrong = _softmax(table @ weights[used] + bias)
            wrong[np.arange(len(chosen)), [examples[i].column for i in chosen]] -= 1
            slope = table.T @ wrong / len(chosen) + DECAY * weights[used]
            steps[used] += slope**2
            weights[used] -= RATE * slope / np.sqrt(steps[used])
            bias -= 0.01 * wrong.mean(axis=0)
    return IntentModel(intents, rarity, weights, bias, 1.0)


def _rarity(examples: list[Example]) -> Weights:
    """Return how much a bucket tells: the logarithm of how few messages hold it, as a search engine weighs words."""
    held = np.bincount(np.concatenate([example.buckets for example in examples]), minlength=BUCKETS)
    return (np.log((1 + len(examples)) / (1 + held)) + 1).astype(np.float16).astype(np.float32)


def _table(buckets: list[Indices], shares: list[Weights]) -> tuple[Indices, Weights]:
    """Return the buckets of a batch and, a message a row, how much of each it holds."""
    used, columns = np.unique(np.concatenate(buckets), return_inverse=True)
    table = np.zeros((len(buckets), len(used)), np.float32)
    table[np.repeat(np.arange(len(buckets)), [len(each) for each in buckets]), columns] = np.concatenate(
        shares
    )
    return used, table


def _scores(model: IntentModel, examples: list[Example]) -> Weights:
    return np.array(
        [shares_of(e.buckets, model.rarity) @ model.weights[e.buckets] + model.bias for e in examples],
        np.float32,
    )


def _softmax(scores: Weights) -> Weights:
    shares: Weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _temperature(scores: Weights, columns: Indices) -> float:
    """Return the divisor of the scores under which the held-out messages are likeliest."""
    rows = np.arange(len(columns))

    def surprise(temperature: float) -> float:
        return float(-np.log(_softmax(scores / temperature)[rows, columns] + 1e-9).mean())

    return min((t / 20 for t in range(5, 81)), key=surprise)


if __name__ == "__main__":
    print(judge(sys.argv[1]) if len(sys.argv) > 1 else train())  # noqa: T201 - a command reports
