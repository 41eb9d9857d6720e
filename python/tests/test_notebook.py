"""What a notebook shows: well-formed, escaped, decoded."""

import xml.etree.ElementTree as tree

import tongka
from tongka.html import exchange_html


def parsed(html):
    return tree.fromstring("<div>" + html.replace("&nbsp;", " ") + "</div>")


def text_of(html):
    return " ".join("".join(parsed(html).itertext()).split())


def test_a_run_and_its_failures():
    run = tongka.run("purchase-*", card="sim:card", deviation="balance-not-debited")
    shown = text_of(run._repr_html_())
    assert "profile city-union" in shown and "purchase-debits-amount" in shown and "purchase-initialize-answer" not in shown
    [failure] = run["purchase-debits-amount"].failures
    case = text_of(run["purchase-debits-amount"]._repr_html_())
    assert failure.check.expected in case and "GET BALANCE" in case


def test_an_exchange_is_decoded():
    card = tongka.connect("sim:card")
    card.keep(1)
    card.select_application()
    card.balance()
    shown = card.exchanges[0]._repr_html_()
    assert "0.00 CNY" in text_of(shown) and 'title="余额"' in shown and "<td>SW</td>" in shown


def test_a_lost_answer_and_markup_do_no_harm():
    class Lost:
        device = "<b>card</b>"
        command, response, sw = "00", "", ""
        reason = tongka.decode(b"\x00").status

        def decoded(self):
            return tongka.decode(b"\x00")

    shown = exchange_html(Lost())  # type: ignore[arg-type]
    assert "&lt;b&gt;" in shown and "lost" in text_of(shown)


def test_a_matrix():
    right = tongka.run("purchase-debits-amount", card="sim:card")
    wrong = tongka.run("purchase-debits-amount", card="sim:card", deviation="balance-not-debited")
    matrix = tongka.Matrix({"right": right, "wrong": wrong})
    assert matrix.row("purchase-debits-amount") == ["pass", "fail"]
    assert matrix.differing() == ["purchase-debits-amount"] and "1 differ" in repr(matrix)
    cells = [cell.text or "".join(cell.itertext()) for cell in parsed(matrix._repr_html_()).iter("td")]
    assert cells == ["purchase-debits-amount", "pass", "fail"]
