"""The rate a client set for a pool: for work at that client, and shown to members of that pool only (mission row B8).

Never a rate that members agree on: competition law forbids it, in a cooperative too.
"""

LEAST_CENTS, MOST_CENTS = 1_000, 500_000  # below and above it is a slip of the pen


def is_of_client(lead_client: str | None, pool_client: str) -> bool:
    """Whether work is at the client of a pool: the same name, or one that holds the other as whole words."""
    if lead_client is None:
        return False
    one, other = lead_client.casefold().split(), pool_client.casefold().split()
    short, long = sorted((one, other), key=len)
    return bool(short) and any(long[at : at + len(short)] == short for at in range(len(long)))


def can_be(cents: int) -> bool:
    """Whether an amount per hour or day can be a rate."""
    return LEAST_CENTS <= cents <= MOST_CENTS
