"""Contracts Finder on loopback: release packages by day of publication, one process as a record package.

In: a `Plan`. Out: its API at `/Published`. Run it with `python -m tests.servers.contracts_finder`.
"""

from __future__ import annotations

from typing import Any

from beffroi.bulletins import Window
from tests.servers.contract import Contract
from tests.servers.loopback import Answer, main
from tests.servers.release_packages import Names, Plan, ReleasePackages

API = "/Published"


class ContractsFinder(ReleasePackages):
    """Contracts Finder's API."""

    names = Names(
        search=f"{API}/Notices/OCDS/Search",
        since="publishedFrom",
        until="publishedTo",
        others=frozenset({"stages"}),
        ocid="ocds-b5fd17-{:08x}-0000-4000-8000-000000000000",
        id="{:08x}-1111-4000-8000-00000000{}-7",
        host="https://www.contractsfinder.service.gov.uk",
    )

    def one(self, path: str, found: list[dict[str, Any]]) -> Answer:
        """Return a process as a record that holds its releases."""
        if not path.startswith(f"{API}/OCDS/Record/"):
            return Answer(404, {}, b"nothing here")
        record = {"ocid": found[0]["ocid"], "releases": found, "compiledRelease": {**found[-1], "tag": ["compiled"]}}
        return Answer.json({"uri": path, "version": "1.1", "records": [record]})


def contract() -> Contract:
    """Return what the contract of all bulletins asks of a server."""
    plan = Plan()
    server = ContractsFinder(plan)
    return Contract(server, {"api": server.address + API}, Window(plan.begins, plan.until))


if __name__ == "__main__":
    main(lambda faults, port: ContractsFinder(faults=faults, port=port))
