#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "simulator/psam/commands.hpp"

namespace tongka::simulator {
namespace {

// random 4, card's offline counter 2, amount 4, TTI 1, date 4, time 3, key version 1, algorithm 1; then the factors
constexpr std::size_t fixed_size = 20;
constexpr std::size_t factor_size = 8;
constexpr std::size_t most_levels = 3;

constexpr Reason not_authenticated{0x6985, "80CA has not accepted a user card", "standards.md 9 row 26"};
constexpr Reason not_authenticated_state{0x6901, "80CA has not accepted a user card", "standards.md 9 row 26"};
constexpr Reason not_authenticated_code{0x6300, "80CA has not accepted a user card", "standards.md 9 row 26"};
constexpr Reason unknown_key{0x9403, "no purchase key has this version and algorithm", "standards.md 4.3, 12"};
constexpr Reason wrong_levels{0x6700, "the key takes another number of factors", "standards.md 4.3"};
constexpr const Reason* reasons[] = {
    &common::wrong_parameters, &common::wrong_lc, &not_authenticated, &not_authenticated_state,
    &not_authenticated_code,   &unknown_key,      &wrong_levels,      &common::memory_failure};

const Reason& unauthenticated(const Psam& psam) {
    const auto choice = psam.rules().value(core::Rule::psam_purchase_before_authentication);
    return choice == "6901" ? not_authenticated_state : choice == "6300" ? not_authenticated_code : not_authenticated;
}

const MasterKey* find_key(const Psam& psam, core::Byte version, core::Byte algorithm) {
    for (const auto& key : psam.purchase_keys())
        if (key.version == version && static_cast<core::Byte>(key.key.algorithm()) == algorithm)
            return &key;
    if (psam.deviates(Deviation::psam_version_ignored) && !psam.purchase_keys().empty())
        return &psam.purchase_keys().front();
    return nullptr;
}

/// The card's key: the factors lie in the data with the card's first and the city's last; the outermost, the last, is
/// used first unless the profile says otherwise (standards.md 5.1, 9 row 13).
core::Key card_key(const Psam& psam, const MasterKey& master, core::BytesView factors) {
    std::vector<std::array<core::Byte, factor_size>> order;
    for (std::size_t at = 0; at < factors.size(); at += factor_size)
        std::ranges::copy(factors.subspan(at, factor_size), order.emplace_back().begin());
    if (psam.rule(core::Rule::factor_order, "outer-last"))
        std::ranges::reverse(order);
    if (psam.deviates(Deviation::psam_level_skipped))
        order.pop_back();
    return core::diversify(master.key, order);
}

Reply execute(Psam& psam, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    const auto data = command.data;
    const bool whole_factors = data.size() > fixed_size && (data.size() - fixed_size) % factor_size == 0;
    const std::size_t levels = whole_factors ? (data.size() - fixed_size) / factor_size : 0;
    if (levels == 0 || levels > most_levels)
        return refuse(common::wrong_lc);
    if (!psam.authenticated && !psam.deviates(Deviation::psam_authentication_skipped))
        return refuse(unauthenticated(psam));
    const MasterKey* master = find_key(psam, data[18], data[19]);
    if (!master)
        return refuse(unknown_key);
    if (master->levels != levels)
        return refuse(wrong_levels);

    const auto amount = data.subspan(6, 4);
    const auto type = data.subspan(10, 1);
    const auto date_time = data.subspan(11, 7);
    const core::Bytes serial = core::to_bytes(psam.terminal_counter());
    // Session key input: random 4, offline counter 2, right two bytes of the terminal's serial (standards.md 5.1).
    std::array<core::Byte, 8> input{};
    std::ranges::copy(data.first(6), input.begin());
    std::ranges::copy(core::BytesView(serial).last(2), input.begin() + 6);
    auto& purchase = psam.purchase.emplace(
        Psam::Purchase{core::session_key(card_key(psam, *master, data.subspan(fixed_size)), input), {}});
    std::ranges::copy(amount, purchase.amount.begin());
    const core::Mac mac1 = core::transaction_mac(purchase.session, {amount, type, psam.terminal(), date_time});
    psam.authenticated = false;
    if (!psam.count_transaction())
        return refuse(common::memory_failure);

    core::append(answer, serial);
    core::append(answer, mac1);
    return success();
}

} // namespace

const Instruction init_sam_for_purchase{"INIT_SAM_FOR_PURCHASE", 0x80, 0x70, {}, on<Psam, execute>, reasons};

} // namespace tongka::simulator
