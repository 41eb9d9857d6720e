"""Cases in Python, which run beside those in YAML."""

from __future__ import annotations

import inspect
import traceback
from typing import Any, Callable, Mapping, NoReturn, Sequence, TypeVar

from ._tongka import Hands, Key
from .case_devices import CASE_DEVICES, CaseDevice, Value, place_of_caller, requirement_list, told_path
from .errors import CheckFailed, Error

Function = TypeVar("Function", bound=Callable[..., Any])
STANDARDS = {"304": "cjt304", "333": "cjt333", "31778": "gbt31778"}


class Open(Exception):
    """The case cannot tell; the run has recorded why."""


def shown(value: object) -> str:
    return value.hex().upper() if isinstance(value, (bytes, bytearray)) else str(value)


class Context:
    """What a case asks of its run; a parameter named `case` receives it.

    `given` is what the case's setup returned.
    """

    def __init__(self, hands: Hands, given: Any) -> None:
        self._hands = hands
        self.given = given

    def check(
        self,
        passed: bool,
        message: str,
        *,
        expected: object = "true",
        received: object = "false",
        because: str = "",
        requirement: str | Sequence[str] = (),
    ) -> None:
        """Records a check; where it does not hold, the case ends there with `message`."""
        self._hands.check(
            bool(passed), shown(expected), shown(expected if passed else received), "" if passed else message,
            place_of_caller(), because, requirement_list(requirement),
        )  # fmt: skip
        if not passed:
            raise CheckFailed(message)

    def equal(
        self, received: object, expected: object, what: str, *, because: str = "", requirement: str | Sequence[str] = ()
    ) -> None:
        """Checks that two values are equal; `what` names the one received: "the balance"."""
        message = f"{what} is {shown(received)}, not {shown(expected)}"
        self.check(
            received == expected, message, expected=expected, received=received, because=because, requirement=requirement
        )

    def call(self, procedure: str, **values: Value) -> dict[str, bytes]:
        """Runs a procedure of the suite (testcases/procedures) and gives what it returns, by name.

        Hyphens in its name stay; parameters are bytes.
        """
        return self._hands.call(procedure, values, place_of_caller())

    def inconclusive(self, reason: str) -> NoReturn:
        """What the case needs did not come about: it ends without a verdict."""
        self._hands.leave_open(reason)
        raise Open(reason)

    def value(self, name: str) -> bytes:
        """`today`, `now`, `card.asn`, `card.city`, `psam.terminal`, `ixit.NAME`… (docs/cases.md)."""
        return self._hands.value(name)

    def rule(self, name: str) -> str:
        """The choice in force of a rule of the profile."""
        return self._hands.rule(name)

    def key(self, kind: str, index: int | None = None) -> Key:
        """The card's own key by the profile."""
        return self._hands.key(kind, index)

    def random(self, count: int) -> bytes:
        """Bytes of the run's generator: the same for the same seed."""
        return self._hands.random(count)


class Case:
    """A case in Python, made by the decorator tongka.case()."""

    def __init__(self, function: Callable[..., Any], about: Mapping[str, Any]) -> None:
        self.function = function
        self.about = dict(about)
        self.id: str = self.about["id"]
        self.devices = self._devices_of(function)
        if not self.devices:
            raise TypeError(f"case {self.id}: it has no parameter that is a device: card, psam or isam")
        code = function.__code__
        self.about["place"] = f"{told_path(code.co_filename)}:{code.co_firstlineno}:1"
        self._setup: Callable[..., Any] | None = None
        self._cleanup: Callable[..., Any] | None = None
        self._given: Any = None

    def setup(self, function: Function) -> Function:
        """Decorates what is done before the case: what fails in it leaves the case inconclusive. What it returns is the
        case's `case.given`."""
        self._devices_of(function)
        self._setup = function
        return function

    def cleanup(self, function: Function) -> Function:
        """Decorates what is done after the case, whatever came of it."""
        self._devices_of(function)
        self._cleanup = function
        return function

    def _devices_of(self, function: Callable[..., Any]) -> list[str]:
        names = list(inspect.signature(function).parameters)
        for name in names:
            if name != "case" and name not in CASE_DEVICES:
                raise TypeError(f"case {self.id}: no parameter '{name}' is known; known are card, psam, isam, case")
        return [name for name in names if name != "case"]

    def run(self, hands: Hands, part: str) -> None:
        """Does one part of the case; the engine calls it."""
        function = {"setup": self._setup, "steps": self.function, "cleanup": self._cleanup}[part]
        if part == "setup":
            self._given = None
        if function is None:
            return
        devices: dict[str, Any] = {role: kind(hands, role) for role, kind in CASE_DEVICES.items()}
        devices["case"] = Context(hands, self._given)
        try:
            given = function(**{name: devices[name] for name in inspect.signature(function).parameters})
            if part == "setup":
                self._given = given
        except (CheckFailed, Open):
            pass
        except AssertionError as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            message = str(error).splitlines()[0] if str(error) else f"assert does not hold: {where.line}"
            place = f"{told_path(where.filename)}:{where.lineno}:1"
            hands.check(False, (where.line or "").removeprefix("assert "), "", message, place, "", [])
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            kind = "" if isinstance(error, Error) else f"{type(error).__name__}: "
            hands.give_up(f"{told_path(where.filename)}:{where.lineno}:1: {kind}{error}")

    def told(self) -> dict[str, Any]:
        """The case as the engine takes it."""
        title = self.about["title"]
        both = title if isinstance(title, Mapping) else {"zh": title, "en": title}
        parts = [part for part in (self._setup, self.function, self._cleanup) if part is not None]
        return {
            **self.about,
            "title_zh": both["zh"],
            "title_en": both["en"],
            "devices": list(dict.fromkeys(name for part in (self.function, *parts) for name in self._devices_of(part))),
            "run": self.run,
            "source": "".join(source_of(part) for part in parts),
        }

    def __repr__(self) -> str:
        return f"<tongka case {self.id}>"


def source_of(function: Callable[..., Any]) -> str:
    """What the record's hash of the suite is taken over: the text, or the code where there is none."""
    try:
        return inspect.getsource(function)
    except OSError:
        return function.__code__.co_code.hex()


def standard_of(requirement: str) -> str:
    standard = STANDARDS.get(requirement.split("-")[0])
    if standard is None:
        raise ValueError(f"'{requirement}' is no id of a requirement, such as 304-PUR-012")
    return standard


def case(
    *,
    id: str,
    title: str | Mapping[str, str],
    covers: Sequence[str],
    applies: str = "",
    tears: Sequence[str] = (),
    spends: Mapping[str, int] | None = None,
    destructive: str = "",
) -> Callable[[Callable[..., Any]], Case]:
    """Makes a function a case: tongka.run(cases=[…]) runs it as those in YAML (docs/cases.md tells the fields).

    Its parameters say what it works with: `card`, `psam`, `isam`, and `case`, its Context. `title` is one text, or
    {"zh": …, "en": …}; `covers` are ids of requirements; `applies` is a condition over ICS keys and rules; `tears` are
    devices whose power it takes away; `spends` are wrong tries ({"mac": 1}); `destructive` says what it destroys.

    >>> @case(id="balance-is-zero", title="A new card is empty", covers=["304-PUR-001"], applies="EP")
    ... def balance_is_zero(card: CaseDevice) -> None:
    ...     card.select(bytes.fromhex("A00000000386980701"))
    ...     card.expect("80 5C 00 02 04", "9000 00000000")
    >>> balance_is_zero
    <tongka case balance-is-zero>
    """
    if not covers:
        raise ValueError(f"case {id}: covers no requirement")
    about = {
        "id": id,
        "title": title,
        "covers": list(covers),
        "standard": standard_of(covers[0]),
        "applies": applies,
        "tears": list(tears),
        "spends": dict(spends or {}),
        "destructive": destructive,
    }
    return lambda function: Case(function, about)
