#include "simulator/card/transaction_data.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte public_short_id = 0x15;
constexpr std::size_t enable_offset = 8;

bool is_in_use(Card& card) {
    if (card.rule(core::Rule::enable_flag, "opaque"))
        return true;
    const auto file = card.files().child_by_short_id(card.selection().directory, public_short_id);
    return !file || card.files().at(*file).size <= enable_offset || card.files().content(*file)[enable_offset] != 0;
}

} // namespace

Initialization begin_initialize(Card& card, core::Byte purse_id, KeyType key_type, core::Byte key_index,
                                Counter counter) {
    const auto refused = [](const Reason& reason) {
        return Initialization{.refused = refuse(reason), .purse = {}, .key = {}};
    };
    const auto purse = card.purse(static_cast<PurseId>(purse_id));
    if (!purse)
        return refused(counter == Counter::online ? transaction::no_purse_online : transaction::no_purse);
    if (!card.allows(card.purse_right(purse->id())) && !card.deviates(Deviation::access_rights_ignored))
        return refused(common::no_right);
    if (!card.admitted() && purse->lock_state() != LockState::locked)
        return refused(transaction::not_locked);
    if (!card.admitted() && !card.deviates(Deviation::locked_purse_pays))
        return refused(card.rule(core::Rule::locked_purchase, "6985") ? transaction::locked
                                                                      : transaction::locked_either);
    if (!is_in_use(card))
        return refused(transaction::not_enabled);
    const auto key = card.transaction_key(key_type, key_index);
    if (!key)
        return refused(transaction::unknown_key);
    if (!card.tac_cipher())
        return refused(transaction::no_tac_key);
    if (purse->counter(counter) == Purse::counter_end && !card.deviates(Deviation::counter_wraps))
        return refused(transaction::counter_at_end);
    if (card.deviates(Deviation::initialize_forgets_proof))
        forget_proof(card, *purse, counter);
    return {.refused = {}, .purse = purse, .key = *key};
}

PendingTransaction& begin_transaction(Card& card, State state, core::Byte type, PurseId purse, const StoredKey& key,
                                      std::uint32_t amount, core::BytesView terminal) {
    if (!card.deviates(Deviation::composite_cache_survives))
        card.composite_cache().clear();
    auto& pending = card.pending().emplace();
    pending.state = state;
    pending.transaction_type = type;
    pending.directory = card.selection().directory;
    pending.purse = purse;
    pending.key_type = key.type;
    pending.key_index = key.id;
    pending.amount = amount;
    std::ranges::copy(terminal, pending.terminal.begin());
    card.fill_random(pending.random);
    return pending;
}

std::optional<Reply> refuse_completion(const Card& card) {
    if (card.admitted())
        return std::nullopt;
    return refuse(card.rule(core::Rule::completion_without_init, "6901") ? transaction::not_initialized
                                                                         : transaction::not_initialized_either);
}

std::array<core::Byte, 4> shown_balance(const Card& card, const Purse& purse, std::uint32_t available) {
    if (card.rule(core::Rule::overdraft_balance, "separate"))
        available -= std::min(available, static_cast<std::uint32_t>(core::read_big_endian(purse.overdraft_limit())));
    std::array<core::Byte, 4> bytes{};
    core::write_big_endian(bytes, available);
    return bytes;
}

std::uint32_t balance_limit(const Card& card) {
    return card.rule(core::Rule::balance_limit, "FFFFFF") ? 0x00FFFFFF : 0xFFFFFFFF;
}

std::array<core::Byte, 8> online_session_input(const Card& card, const PendingTransaction& pending,
                                               const Purse& purse) {
    std::array<core::Byte, 8> input{};
    std::ranges::copy(pending.random, input.begin());
    if (!card.deviates(Deviation::session_without_counter))
        std::ranges::copy(purse.counter_bytes(Counter::online), input.begin() + 4);
    input[6] = 0x80;
    return input;
}

} // namespace tongka::simulator
