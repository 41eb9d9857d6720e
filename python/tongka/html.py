"""Runs, exchanges and matrices as a notebook shows them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Iterable

from ._tongka import CaseRecord, Decoded, Exchange, Field, Words

if TYPE_CHECKING:
    from .matrix import Matrix
    from .run import Run

STYLE = """<style>
.tongka{font-size:13px;border-collapse:collapse;margin:.4em 0}
.tongka td,.tongka th{text-align:left;padding:2px 8px;border-bottom:1px solid #8884;vertical-align:top}
.tongka .hex{font-family:monospace;word-break:break-all}
.tongka .fail,.tongka .error{color:#b3261e;font-weight:600}
.tongka .inconclusive,.tongka .observation{color:#8a5a00;font-weight:600}
.tongka .pass{color:#1b6e3c}.tongka .not_run,.tongka .not_applicable{color:#777}
</style>"""


def both(words: Words) -> str:
    """English, with the Chinese beside it where it differs."""
    english = escape(words.en)
    return english if words.zh == words.en else f'<span title="{escape(words.zh)}">{english}</span>'


def row(*cells: str, tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def table(rows: Iterable[str]) -> str:
    return f'{STYLE}<table class="tongka">{"".join(rows)}</table>'


def spaced(hexadecimal: str) -> str:
    return " ".join(hexadecimal[i : i + 2] for i in range(0, len(hexadecimal), 2))


def field_rows(way: str, hexadecimal: str, fields: Iterable[Field]) -> Iterable[str]:
    for field in fields:
        digits = spaced(hexadecimal[2 * field.offset : 2 * (field.offset + field.size)])
        indent = "&nbsp;" * 4 * field.depth
        yield row(way, f'<span class="hex">{digits}</span>', indent + both(field.name), both(field.meaning))


def exchange_rows(exchange: Exchange, decoded: Decoded) -> Iterable[str]:
    outcome = both(decoded.status) if exchange.response else f"lost: {both(exchange.reason)}"
    yield row(f"{escape(exchange.device)}: {both(decoded.command)}", "", outcome, "", tag="th")
    yield from field_rows("→", exchange.command, decoded.sent)
    yield from field_rows("←", exchange.response, decoded.received)
    reason = both(exchange.reason) if exchange.response else ""
    yield row("←", f'<span class="hex">{spaced(exchange.sw)}</span>', "SW", f"{both(decoded.status)} {reason}")


def exchange_html(exchange: Exchange) -> str:
    """A command and its answer, field by field."""
    return table(exchange_rows(exchange, exchange.decoded()))


def case_html(case: CaseRecord) -> str:
    """A case: its verdict, and for each check that did not hold what was sent, received and expected."""
    rows = [
        row(f"<b>{escape(case.id)}</b>", f'<span class="{case.verdict}">{case.verdict}</span>', both(case.title)),
    ]
    if case.reason:
        rows.append(row("", "why", both(case.reason)))
    for failure in case.failures:
        check = failure.check
        rows.append(row("", "at", escape(check.place)))
        rows.append(row("", "expected", f'<span class="hex">{escape(check.expected)}</span>'))
        rows.append(row("", "received", f'<span class="hex">{escape(check.received)}</span>'))
    told = table(rows)
    return told + "".join(exchange_html(one.exchange) for one in case.failures if one.exchange is not None)


def run_html(run: Run) -> str:
    """A run: its totals, and the cases that did not pass."""
    totals = [row(f'<span class="{name}">{name}</span>', str(count)) for name, count in run.totals.items() if count]
    head = f"profile {escape(run.record.profile)}, seed {escape(run.record.seed)}, {run.record.exchange_count} exchanges"
    if run.stopped:
        head += f'<br><span class="error">stopped: {escape(run.stopped)}</span>'
    told = table([row(head, "", tag="th"), *totals])
    worst = [
        row(escape(case.id), f'<span class="{case.verdict}">{case.verdict}</span>', both(case.title), both(case.reason))
        for case in run.cases
        if case.verdict in ("fail", "error", "inconclusive", "observation")
    ]
    return told + (table([row("case", "verdict", "", "why", tag="th"), *worst]) if worst else "")


def matrix_html(matrix: Matrix) -> str:
    """Cases down, runs across, a verdict in each cell."""
    rows = [row("", *(escape(name) for name in matrix.names), tag="th")]
    for case in matrix.cases:
        cells = (f'<span class="{verdict}">{verdict}</span>' for verdict in matrix.row(case))
        rows.append(row(escape(case), *cells))
    return table(rows)


def give_html_to_objects() -> None:
    """What is made in C++ shows itself too."""
    setattr(Exchange, "_repr_html_", exchange_html)
    setattr(CaseRecord, "_repr_html_", case_html)
