#include <algorithm>

#include "core/crypto/derivation.hpp"
#include "simulator/psam/commands.hpp"
#include "simulator/psam/grey_lock_record.hpp"
#include "simulator/psam/transaction.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t asn_size = 8;

/// SESGLK: the session key of a purchase, and from that one with the terminal's random number (standards.md 5.1).
core::Key grey_session(const core::Key& card_key, core::Factor card_input, core::BytesView terminal_random) {
    std::array<core::Byte, 8> terminal_input{};
    std::ranges::copy(terminal_random, terminal_input.begin());
    terminal_input[4] = 0x80;
    return core::session_key(core::session_key(card_key, card_input), terminal_input);
}

/// The balance stands where a purchase has its amount. Behind the fixed data come the ASN, then the factors, the card's
/// first: with one level that is the ASN once more (standards.md 4.3; how many factors may follow is inferred).
Reply execute(Psam& psam, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    const auto data = command.data;
    constexpr std::size_t head = psam::fixed_size + asn_size;
    const std::size_t behind = data.size() > head ? data.size() - head : 0;
    const std::size_t levels = behind / factor_size;
    if (levels == 0 || behind % factor_size != 0 || levels > most_factors)
        return refuse(common::wrong_lc);
    auto record = GreyLockRecord::read(psam);
    if (!record)
        return refuse(psam::reasons::no_counter);
    const auto begun = psam::begin(psam, data, levels);
    if (!begun)
        return begun.error();

    std::array<core::Byte, 4> terminal_random{};
    psam.fill_random(terminal_random);
    const core::Key card_key = psam.derive(begun->key, psam.factors(data.subspan(head)));
    const core::Key session = grey_session(card_key, psam::session_input(data, *begun), terminal_random);
    *record = {.state = GreyLockRecord::State::begun,
               .version = data[18],
               .algorithm = data[19],
               .session_algorithm = static_cast<core::Byte>(session.algorithm())};
    std::ranges::copy(data.subspan(psam::fixed_size, asn_size), record->asn.begin());
    std::ranges::copy(data.subspan(4, 2), record->counter.begin());
    std::ranges::copy(data.subspan(6, 4), record->balance.begin());
    std::ranges::copy(session.bytes(), record->session.begin());
    const core::Mac mac1 = core::transaction_mac(session, {data.subspan(10, 1), psam.terminal(), data.subspan(11, 7)});
    psam.authenticated = false;
    Transaction transaction(psam.memory());
    psam::count(transaction, psam, *begun);
    record->write(transaction, psam);
    psam.has_new_lock = true;
    if (!transaction.commit())
        return refuse(common::memory_failure);

    core::append(answer, begun->serial);
    core::append(answer, terminal_random);
    core::append(answer, mac1);
    return success();
}

} // namespace

const Instruction init_sam_for_grey_lock{"INIT_SAM_FOR_GREY_LOCK",    0xE0, 0x40, {}, on<Psam, execute>,
                                         psam::reasons::of_initialize};

} // namespace tongka::simulator
