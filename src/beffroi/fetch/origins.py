"""The addresses that may be asked: an allow-list of origins (scheme, host, port), and nothing else.

In: base addresses. Out: a checked URL, the very object that is sent, so that no second reading of it can differ.

>>> origins = Origins(["https://example.org"])
>>> str(origins.checked("https://example.org/a?b=1#c"))
'https://example.org/a?b=1'
>>> origins.checked("https://example.org@10.0.0.1/")
Traceback (most recent call last):
beffroi.errors.Refused: https://example.org@10.0.0.1/: an address with a user name is not asked
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.errors import Refused, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import httpx

Origin = tuple[str, bytes, int | None]


class Origins:
    """Which origins may be asked; plain http only where the origin itself is declared with http."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._allowed = {_origin(_parsed(address)): address for address in addresses}
        for scheme, host, _ in self._allowed:
            if scheme not in {"https", "http"} or not host:
                raise UsageError(f"{', '.join(self._allowed.values())}: a base address begins with https://")

    @property
    def secure(self) -> bool:
        """Whether any of them is asked over TLS."""
        return any(scheme == "https" for scheme, _, _ in self._allowed)

    def checked(self, address: str) -> httpx.URL:
        """Return a URL that may be asked; raises Refused for any other."""
        return self._allowed_only(_parsed(address), address)

    def moved(self, came: httpx.URL, location: str) -> httpx.URL:
        """Return where a redirect leads; raises Refused where it leaves the allow-list, or https."""
        import httpx

        try:
            url = came.join(location)
        except (httpx.InvalidURL, ValueError) as error:
            raise Refused(f"{came}: redirects to what is no address ({error})") from error
        if came.scheme == "https" and url.scheme != "https":
            raise Refused(f"{came}: redirects from https to {_shown(url)}; it is not followed")
        return self._allowed_only(url, f"{came}: redirects to {_shown(url)}, which")

    def _allowed_only(self, url: httpx.URL, said: str) -> httpx.URL:
        if url.userinfo:
            raise Refused(f"{said}: an address with a user name is not asked")
        if _origin(url) not in self._allowed:
            raise Refused(f"{said}: not at an address that may be asked ({', '.join(self._allowed.values())})")
        return url.copy_with(fragment=None) if url.fragment else url


def _parsed(address: str) -> httpx.URL:
    import httpx

    try:
        return httpx.URL(address)
    except httpx.InvalidURL as error:
        raise Refused(f"{address}: not an address ({error})") from error


def _origin(url: httpx.URL) -> Origin:
    return url.scheme, url.raw_host, url.port


def _shown(url: httpx.URL) -> str:
    return str(url.copy_with(userinfo=b"", fragment=None))[:200]
