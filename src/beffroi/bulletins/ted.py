"""TED, the Official Journal of the European Union, series S: daily and monthly packages, search and single notices.

In: windows, numbers and TED's answers. Out: slices and requests.

| way | a slice | what is asked |
|---|---|---|
| `packages` | an issue of the release calendar | its total from the search, then its package |
| `days` | a day | total and issue from the search, then the issue's package; needs no calendar |
| `months` | a month | its total from the search, then its package |
| `api` | a day | the search, page by page, and each notice's XML |

Issue numbers are never guessed: the calendar states them, and for days after its last row (a year whose calendar is not
out yet) the search does, as the way `days` asks it. The search reaches ten years back: for an earlier issue or month
its zero is no total, and an earlier day is refused. The address of the XML takes the number without leading zeros.

>>> number("00047522-2024"), number("2020/S 074-175835")
('47522-2024', '175835-2020')
>>> [ask.url for ask in wanted("175835-2020", BULLETIN.addresses)]
['https://ted.europa.eu/en/notice/175835-2020/xml']
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from beffroi.bulletins.bulletin import Bulletin, Page, Promise, Size, Slice, Window
from beffroi.bulletins.holidays import european
from beffroi.bulletins.official_journal import Issue, issue_number, issues, notice_number
from beffroi.bulletins.ted_search import REACH, answer_of, counted, listed, next_page, own_number, reach, search_of
from beffroi.errors import Garbled, NotThere
from beffroi.fetch.ask import Ask, Manners

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from beffroi.bulletins.ted_search import Answer, Search
    from beffroi.fetch.ask import Response
    from beffroi.notices import Notice

BULLETIN = Bulletin(
    name="ted",
    source="ted",
    title={
        "fr": "TED, Journal officiel de l'Union européenne, série S",
        "en": "TED, Official Journal of the European Union, series S",
    },
    publisher="Office des publications de l'Union européenne",
    homepage="https://ted.europa.eu",
    licence="Commission Decision 2011/833/EU (CC BY 4.0)",
    licence_url="https://ted.europa.eu/en/legal-notice",
    attribution={
        "fr": "Avis : TED, © Union européenne, réutilisation libre avec mention de la source (décision 2011/833/UE)",
        "en": "Notices: TED, © European Union, free to reuse with acknowledgement of the source (Decision 2011/833/EU)",
    },
    addresses={"api": "https://api.ted.europa.eu", "site": "https://ted.europa.eu"},
    ways=("packages", "days", "months", "api"),
    # 3 downloads at once, 600 in 6 minutes, 700 requests a minute (TED, for reusers); a 429 bears no Retry-After
    manners=Manners(concurrency=3, interval=0.6, attempts=8, first_wait=2.0, read=120.0),
    promise=Promise(
        notices=(1_800, 1_800, 1_800, 1_800, 1_800, 0, 0),  # quiet days 1,800, busy ones 4,000
        silence=5,  # Good Friday to Easter Monday, and a day
        settles=1,  # a package may be replaced until 09:30 of its day
        holidays=european,
    ),
    begins=date(2014, 1, 1),  # packages go back to 1993, as XML to 2011; R2.0.8 and later can be read
    month=Size(notices=72_000, megabytes=420, minutes=10),
)

_ISSUE = re.compile(r'ojs-number="(\d+/\d+)"')
_MONTH = re.compile(r"publication-date>=(\d{4})(\d{2})(\d{2}) AND ")
_ONE_DAY = re.compile(r"publication-date=(\d{4})(\d{2})(\d{2})")
_PROCEDURE = re.compile(r"[0-9A-Za-z-]{8,64}")


def calendars(window: Window, way: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the requests for the release calendars of the window's years; none where the way needs none."""
    if way != "packages":
        return ()
    site = addresses["site"].rstrip("/")
    years = range(window.since.year, window.until.year + 1)
    return tuple(Ask(f"{site}/en/release-calendar/-/download/file/CSV/{year}") for year in years)


def slices(window: Window, way: str, answers: tuple[Response, ...]) -> Iterator[Slice]:
    """Return the slices that cover a window, the earliest first; raises Garbled for a calendar that cannot be read.

    Months that the window cuts are covered by days.
    """
    if way == "packages":
        yield from _issued(window, answers)
    elif way == "months":
        for month in window.months():
            if window.since <= month.since and month.until <= window.until:
                yield Slice(f"months:{month.since:%Y-%m}", way, month.since, month.until)
            else:
                cut = Window(max(month.since, window.since), min(month.until, window.until))
                yield from (_day("days", day) for day in cut.days())
    else:
        yield from (_day(way, day) for day in window.days())


def _day(way: str, day: date) -> Slice:
    return Slice(f"{way}:{day}", way, day, day)


def _issued(window: Window, answers: tuple[Response, ...]) -> Iterator[Slice]:
    """Return the planned issues of a window, and for days beyond the calendars those days."""
    planned: dict[date, Issue] = {one.day: one for answer in answers for one in issues(answer.body)}
    ends: dict[int, date] = {}
    for day in planned:
        ends[day.year] = max(day, ends.get(day.year, day))
    for day in window.days():
        if day in planned:
            yield Slice(f"packages:{planned[day].year}-{planned[day].number:03}", "packages", day, day)
        elif day > ends.get(day.year, date.min):
            yield _day("days", day)


def first(piece: Slice, addresses: Mapping[str, str]) -> Ask:
    """Return the request that begins a slice: how many notices it holds, or with `api` its first page."""
    if piece.way == "packages":
        year, _, issue = piece.key.partition(":")[2].partition("-")
        return counted(f'ojs-number="{int(issue)}/{year}"', addresses)
    since, until = (f"{day:%Y%m%d}" for day in (piece.since, piece.until))
    if piece.way == "months":
        return counted(f"publication-date>={since} AND publication-date<={until}", addresses)
    asking = counted if piece.way == "days" else listed
    return asking(f"publication-date={since}", addresses)


def page(ask: Ask, response: Response) -> Page:
    """Return what an answer says: a calendar, a total with the package it is of, or a page of notices.

    Raises Garbled for what can be none, and NotThere for a day the search does not reach.
    """
    if ask.body is None:
        issues(response.body)
        return Page(holds=False)
    search, answer = search_of(ask), answer_of(response.body)
    if search.limit == 1:
        return _package(ask, search, answer, response)
    if not answer.total_notice_count:
        _reached(search, response)
    return _notices(ask, search, answer)


def _package(ask: Ask, search: Search, answer: Answer, response: Response) -> Page:
    """Return the total and the package of an issue, a month or a day."""
    total = answer.total_notice_count
    if total and not answer.notices:
        raise Garbled(f"TED's search announces {total:,} notices and names none")
    issue, month = _ISSUE.search(search.query), _MONTH.match(search.query)
    if month:
        since = date(int(month[1]), int(month[2]), int(month[3]))
        announced = None if since <= reach(response) else total
        return Page(announced, members=(_monthly(ask.base, since),), holds=False)
    stated = issue_number(answer.notices[0].ojs_number or "") if answer.notices else None
    if issue:
        asked = issue_number(issue[1])
        assert asked is not None
        if stated is not None and stated != asked:
            raise Garbled(f"TED's search answers for issue {stated[1]}/{stated[0]}, not for {asked[1]}/{asked[0]}")
        announced = None if not total and asked[0] <= reach(response).year else total
        return Page(announced, members=(_daily(ask.base, asked),), holds=False)
    if not total:
        _reached(search, response)
        return Page(0, holds=False)
    if stated is None:
        raise Garbled("TED's search does not say in which issue the notices of a day are")
    return Page(total, members=(_daily(ask.base, stated),), holds=False)


def _notices(ask: Ask, search: Search, answer: Answer) -> Page:
    """Return a page of notices: the last one is empty, though it may bear a token, or bears none."""
    numbers, total = answer.numbers, answer.total_notice_count
    sent, token = search.iteration_next_token, answer.iteration_next_token
    if not sent and len(numbers) < total and not (numbers and token):
        raise Garbled(f"TED's search announces {total:,} notices and stops after {len(numbers):,}")
    if sent and numbers and token == sent:
        raise Garbled("TED's search repeats its token: the next page would be this one again")
    following = next_page(ask, token) if numbers and token else None
    members = tuple(_document(ask.base, one) for one in numbers)
    return Page(total, numbers, following, members, holds=False)


def _reached(search: Search, response: Response) -> None:
    day = _ONE_DAY.match(search.query)
    if day and date(int(day[1]), int(day[2]), int(day[3])) <= reach(response):
        raise NotThere(
            f"TED's search reaches {REACH} years back and knows nothing of {day[1]}-{day[2]}-{day[3]}: "
            "collect it with `--via packages`"
        )


def _daily(site: str, issue: tuple[int, int]) -> Ask:
    return Ask(f"{site}/packages/daily/{issue[0]}{issue[1]:05}", what="package")


def _monthly(site: str, month: date) -> Ask:
    """Return the request for a month's package, whose address bears no leading zero; older clients write one."""
    url = f"{site}/packages/monthly/{month.year}-"
    padded = Ask(f"{url}{month.month:02}", what="package")
    return padded if month.month > 9 else Ask(f"{url}{month.month}", what="package", otherwise=padded)  # noqa: PLR2004


def _document(site: str, number: str) -> Ask:
    return Ask(f"{site}/en/notice/{number}/xml", what="document", number=number)


def number(text: str) -> str | None:
    """Return the number of the notice a person means, without leading zeros, or None if it is none of TED's."""
    return notice_number(text)


def wanted(number: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the request for one notice; the search has no field for notices that name it: see `related`."""
    return (_document(addresses["site"].rstrip("/"), own_number(number) or number),)


def related(notice: Notice, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the requests for the notices of its procedure (BT-04) and for those of TED it names."""
    procedure = notice.procedure.id if notice.procedure else None
    found: list[Ask] = []
    if procedure and _PROCEDURE.fullmatch(procedure):
        found.append(listed(f'procedure-identifier="{procedure}"', addresses))
    targets = (link.target for link in notice.links if link.target.startswith("ted:"))
    numbers = dict.fromkeys(known for target in targets if (known := notice_number(target)))
    return (*found, *(_document(addresses["site"].rstrip("/"), one) for one in numbers))
