"""Find a Tender on loopback: release packages by day of update, one notice by its number, one process by its ocid.

In: a `Plan`. Out: its API at `/api/1.0`. Run it with `python -m tests.servers.fts`.
"""

from __future__ import annotations

from beffroi.bulletins import Window
from tests.servers.contract import Contract
from tests.servers.loopback import main
from tests.servers.release_packages import Names, Plan, ReleasePackages

API = "/api/1.0"


class Fts(ReleasePackages):
    """Find a Tender's API."""

    names = Names(
        search=f"{API}/ocdsReleasePackages",
        since="updatedFrom",
        until="updatedTo",
        others=frozenset({"stages"}),
        ocid="ocds-h6vhtk-{:06x}",
        id="{:06}-{}",
        host="https://www.find-tender.service.gov.uk",
    )


def contract() -> Contract:
    """Return what the contract of all bulletins asks of a server."""
    plan = Plan()
    server = Fts(plan)
    return Contract(server, {"api": server.address + API}, Window(plan.begins, plan.until))


if __name__ == "__main__":
    main(lambda faults, port: Fts(faults=faults, port=port))
