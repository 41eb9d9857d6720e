#include "simulator/interconnection/tap.hpp"

#include <algorithm>

#include "core/hex.hpp"
#include "simulator/interconnection/line.hpp"
#include "simulator/terminal/purchase.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Byte;
using core::Bytes;
using core::BytesView;

/// Listens on both lines to what the record of a purchase does not hold: key index, random number and MAC1, and the
/// status words that the card refuses with.
class Listener {
public:
    explicit Listener(Outcome& outcome) : outcome_(outcome) {}

    void card(BytesView command, BytesView answer) {
        if (command[0] != 0x80 || answer.size() < 2)
            return;
        const auto sw = static_cast<std::uint16_t>(core::read_big_endian(answer.last(2)));
        if (command[1] == 0x50) { // INITIALIZE FOR PURCHASE: key index first; random 4 last
            outcome_.key_index = command[5];
            if (sw == 0x9403)
                outcome_.verdict = Verdict::no_such_key;
            if (answer.size() == 17)
                std::ranges::copy(answer.subspan(11, 4), outcome_.random.begin());
        } else if (command[1] == 0x54 && sw == 0x9302) {
            outcome_.verdict = Verdict::mac1_refused;
        }
    }
    void psam(BytesView command, BytesView answer) {
        if (command[0] == 0x80 && command[1] == 0x70 && answer.size() == 10) {
            std::ranges::copy(answer.first(4), outcome_.terminal_serial.begin());
            std::ranges::copy(answer.subspan(4, 4), outcome_.mac1.begin());
        }
    }

private:
    Outcome& outcome_;
};

core::Result<Bytes> read_public_data(const Transmit& card) {
    TONGKA_CHECK(ask(card, "card", "SELECT the application", "00A4040009A0000000038698070100"_hex));
    return ask(card, "card", "READ BINARY 0015", "00B095001E"_hex, 30);
}

Verdict judge(MemberCard& card, const PurchaseRecord& record, const Outcome& outcome) {
    if (!record.unconfirmed.empty())
        return Verdict::mac2_refused;
    if (const auto found = card.home->check(record, outcome); found != Verdict::accepted)
        return found;
    return record.balance_before == card.balance ? Verdict::accepted : Verdict::balance_wrong;
}

} // namespace

Outcome tap(MemberCard& card, MemberTerminal& terminal, const MemberTapRequest& request) {
    Outcome outcome{.amount = request.amount};
    Listener listener(outcome);
    const Transmit card_line = terminal_line(*card.card);
    const Transmit psam_line = terminal_line(*terminal.psam);
    (void)card.card->reset();

    const auto public_data = read_public_data(card_line);
    if (!public_data) {
        outcome.detail = public_data.error().message;
        return outcome;
    }
    const auto today = BytesView(request.date_time).first<4>();
    BcdDate date{};
    std::ranges::copy(today, date.begin());
    if (const auto against = find_against(terminal.tables, *public_data, date)) {
        outcome.verdict = *against;
        return outcome;
    }

    const auto paid = purchase(
        [&](BytesView command) {
            auto answer = card_line(command);
            if (answer)
                listener.card(command, *answer);
            return answer;
        },
        [&](BytesView command) {
            auto answer = psam_line(command);
            if (answer)
                listener.psam(command, *answer);
            return answer;
        },
        {.amount = request.amount, .date_time = request.date_time});
    if (!paid) {
        if (outcome.verdict == Verdict::refused)
            outcome.detail = paid.error().message;
        return outcome;
    }
    outcome.paid = true;
    outcome.key_version = paid->key_version;
    outcome.counter = paid->counter;
    outcome.tac = paid->tac;
    outcome.mac2 = paid->mac2;
    outcome.detail = paid->unconfirmed;
    outcome.verdict = judge(card, *paid, outcome);
    card.balance -= request.amount;
    return outcome;
}

} // namespace tongka::simulator
