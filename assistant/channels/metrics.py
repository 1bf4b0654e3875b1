"""Figures for whoever watches over Seintje: how many, how long, how much waits. Never who or what."""

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

REGISTRY = CollectorRegistry()
ARRIVED = Counter(
    "seintje_arrived_total", "Events platforms brought, repeats included.", ["channel"], registry=REGISTRY
)
DELIVERED = Counter(
    "seintje_delivered_total", "How deliveries ended.", ["channel", "outcome"], registry=REGISTRY
)
ANSWERED = Histogram(
    "seintje_webhook_seconds",
    "From a webhook's first byte to our answer, stored and all.",
    ["channel"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2),
    registry=REGISTRY,
)
TURNS = Histogram(
    "seintje_handled_seconds",
    "To carry out what waited in one chat; of several at once, the time of all shared out.",
    ["channel"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2),
    registry=REGISTRY,
)


class Backlog(Collector):
    """What waits, counted in the database when somebody looks."""

    def __init__(self, counted: Callable[[], dict[str, float]]) -> None:
        self._counted = counted

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """One gauge with a kind each: waiting, owed, failed, refused, blocked, oldest_waiting_s, oldest_owed_s."""
        gauge = GaugeMetricFamily("seintje_backlog", "What waits or is stuck, now.", labels=["kind"])
        for kind, value in self._counted().items():
            gauge.add_metric([kind], value)
        return [gauge]


def page(counted: Callable[[], dict[str, float]]) -> bytes:
    """Everything, in the text form of Prometheus. Raises what `counted` raises."""
    backlog = CollectorRegistry()
    backlog.register(Backlog(counted))
    return generate_latest(REGISTRY) + generate_latest(backlog)
