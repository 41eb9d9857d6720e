"""What happened, as text for a person at a terminal."""

from __future__ import annotations

from typing import Iterable

from ._tongka import CaseRecord, Exchange, Field


def _fields(way: str, hexadecimal: str, fields: Iterable[Field]) -> Iterable[str]:
    for field in fields:
        digits = hexadecimal[2 * field.offset : 2 * (field.offset + field.size)]
        meaning = f" = {field.meaning.en}" if field.meaning else ""
        yield f"      {way} {'  ' * field.depth}{field.name.en}: {digits}{meaning}"


def exchange_text(exchange: Exchange, fields: bool = False) -> str:
    """A command and its answer on two lines, and, if asked for, what their bytes say."""
    decoded = exchange.decoded()
    told = f"{exchange.response} ({decoded.status.en})" if exchange.response else "no answer"
    if exchange.reason:
        told += f": {exchange.reason.en}"
    lines = [f"{exchange.device} {decoded.command.en}", f"    > {exchange.command}", f"    < {told}"]
    if fields:
        lines += _fields(">", exchange.command, decoded.sent)
        lines += _fields("<", exchange.response, decoded.received)
    return "\n".join(lines)


def case_text(case: CaseRecord) -> str:
    """Why a case did not pass, what was expected and received, and all of its exchanges."""
    lines = [f"{case.id}: {case.verdict}: {case.reason.en}"]
    for failure in case.failures:
        check = failure.check
        lines += [f"at {check.place}", f"  expected {check.expected}", f"  received {check.received}"]
        if check.because:
            lines.append(f"  because {check.because.en}")
        if failure.exchange is not None:
            lines.append(exchange_text(failure.exchange, fields=True))
    if case.cleanup:
        lines.append(f"cleanup: {case.cleanup.en}")
    lines.append("exchanges:")
    lines += [exchange_text(exchange) for exchange in case.exchanges]
    return "\n".join(lines)
