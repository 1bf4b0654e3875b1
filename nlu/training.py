"""Teaches the assistant what messages are for, from our templates: `python -m nlu.training`.

Some templates are set aside first, whole, to measure with and to learn how far the model may be believed; the
model that is kept then learns from all of them. Seeded and repeatable; under two minutes on two cores.
"""

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlu.components.intent import BUCKETS, CONFIDENT, MODEL, Indices, IntentModel, Weights, features
from nlu.templates import Template, digest, draw, read_slots, read_templates

SEED = 20261121
DRAWS = 8  # messages a template: more of them hardly help, more templates do
EPOCHS, BATCH, RATE, DECAY = 6, 128, 2.0, 1e-5
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


def train(path: Path = MODEL) -> Report:
    """Measure, calibrate, learn from everything and write the artefact; return the measurement."""
    intents, examples = _examples(read_templates())
    report, temperature = _measure(intents, examples)
    model = _fit(intents, examples)
    # Not compressed: that would save a tenth of the file, and every start would pay for it.
    np.savez(
        path,
        intents=np.array(intents),
        weights=model.weights.astype(np.float16),
        bias=model.bias,
        temperature=np.float32(temperature),
        digest=np.array(digest()),
    )
    return report


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


def _examples(templates: list[Template]) -> tuple[tuple[str, ...], list[Example]]:
    """Draw DRAWS messages a template."""
    rng, slots = random.Random(SEED), read_slots()  # noqa: S311 - noise, not secrets
    intents = tuple(sorted({template.intent for template in templates}))
    examples = [
        Example(features(draw(template, slots[template.language], rng)), intents.index(template.intent))
        for template in templates
        for _ in range(DRAWS)
    ]
    return intents, examples


def _fit(intents: tuple[str, ...], examples: list[Example]) -> IntentModel:
    """Learn by multinomial logistic regression with Adagrad, on the buckets that occur in each batch."""
    rng = np.random.default_rng(SEED)
    weights = np.zeros((BUCKETS, len(intents)), np.float32)
    bias = np.zeros(len(intents), np.float32)
    steps = np.full_like(weights, 1e-3)
    for _ in range(EPOCHS):
        order = rng.permutation(len(examples))
        for start in range(0, len(order), BATCH):
            batch = [examples[i] for i in order[start : start + BATCH]]
            used, table = _table(batch)
            shares = _softmax(table @ weights[used] + bias)
            shares[np.arange(len(batch)), [example.column for example in batch]] -= 1
            slope = table.T @ shares / len(batch) + DECAY * weights[used]
            steps[used] += slope**2
            weights[used] -= RATE * slope / np.sqrt(steps[used])
            bias -= 0.01 * shares.mean(axis=0)
    return IntentModel(intents, weights, bias, 1.0)


def _table(batch: list[Example]) -> tuple[Indices, Weights]:
    """Return the buckets of a batch and, a message a row, how much of each it holds."""
    used, columns = np.unique(np.concatenate([example.buckets for example in batch]), return_inverse=True)
    sizes = np.array([len(example.buckets) for example in batch])
    table = np.zeros((len(batch), len(used)), np.float32)
    table[np.repeat(np.arange(len(batch)), sizes), columns] = np.repeat(1 / np.sqrt(sizes), sizes)
    return used, table


def _scores(model: IntentModel, examples: list[Example]) -> Weights:
    return np.array(
        [model.weights[e.buckets].sum(axis=0) / np.sqrt(len(e.buckets)) + model.bias for e in examples],
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
    print(train())  # noqa: T201 - a command reports
