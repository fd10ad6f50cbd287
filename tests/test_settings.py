"""Settings are read once: the home's file, the environment over it; what nobody reads is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from beffroi.bulletins import bulletin
from beffroi.collect.opening import in_force, opened
from beffroi.errors import UsageError
from beffroi.settings import FILE, Settings


def test_the_home_s_file_is_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        'contact = "desk@example.org"\n[addresses]\n"boamp.api" = "http://127.0.0.1:8"\n[manners.boamp]\ninterval = 2\n'
    )
    settings = Settings.of({}, home=str(tmp_path))
    assert settings.contact == "desk@example.org"
    assert settings.addresses == {"boamp.api": "http://127.0.0.1:8"}
    assert settings.manners == {"boamp": {"interval": 2}}


def test_the_environment_is_stronger_than_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('contact = "a@example.org"\n[addresses]\n"boamp.api" = "http://127.0.0.1:8"\n')
    variables = {"BEFFROI_CONTACT": "b@example.org", "BEFFROI_ADDRESSES": "boamp.api=http://127.0.0.1:9"}
    settings = Settings.of(variables, home=str(tmp_path))
    assert (settings.contact, settings.addresses["boamp.api"]) == ("b@example.org", "http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contacts = 1", "contacts is no setting"),
        ("contact = 1", "contact is no setting, or not of its kind"),
        ("contact = ", "Invalid value"),
        ('[addresses]\n"boamp.api" = "ftp://a"', "write it as"),
        ('[addresses]\nboamp = "https://a"', "write it as"),
        ('[addresses]\n"boamp.api" = "https://user@host"', "write it as"),
    ],
)
def test_what_means_nothing_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(UsageError, match=said):
        Settings.of({}, home=str(tmp_path))


@pytest.mark.parametrize("wrong", [{"read": 1e300}, {"patience": float("inf")}, {"concurrency": 10_000}])
def test_manners_that_no_clock_or_machine_can_keep_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError, match=f"manners of boamp: .*{next(iter(wrong))}"):
        opened("boamp", Settings(Path("home"), manners={"boamp": wrong}))


def test_an_address_with_a_slash_at_its_end_is_the_same_address() -> None:
    assert in_force(
        bulletin("fts").BULLETIN, Settings(Path("home"), addresses={"fts.api": "https://b.example/1.0/"})
    ) == {"api": "https://b.example/1.0"}


@pytest.mark.parametrize(
    "wrong",
    [
        Settings(Path("home"), manners={"bamp": {}}),
        Settings(Path("home"), addresses={"bamp.api": "https://b.example"}),
    ],
)
def test_a_misspelt_source_is_refused(wrong: Settings) -> None:
    with pytest.raises(UsageError, match="bamp: no such source"):
        opened("boamp", wrong)


def test_manners_that_are_no_table_are_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[manners]\nboamp = 3\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"\[manners\.boamp\]"):
        Settings.of({}, home=str(tmp_path))
